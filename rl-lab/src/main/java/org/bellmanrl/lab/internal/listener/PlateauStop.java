package org.bellmanrl.lab.internal.listener;

import org.bellmanrl.api.Listener;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Stops training when the mean return of the latest episodes has not become better for a while.
 * Unlike trials it costs nothing, and it sees returns with exploration. Not thread-safe.
 */
public final class PlateauStop implements Listener, Stateful {
  private final Options options;
  private final double[] latest;
  private long episodes;
  private double sum;
  private double best = Double.NEGATIVE_INFINITY;
  private long bestStep;
  private boolean flat;

  /**
   * When there is a plateau.
   *
   * @param window over how many episodes the mean is taken, at least 1
   * @param patience transitions without a better mean after which training stops, at least 1
   * @param improvement by how much a mean must be above the best so far to be better, at least 0
   */
  public record Options(
      @Described(value = "episodes that the mean is taken over", range = Require.AT_LEAST_ONE)
          int window,
      @Described(
              value = "stop after so many steps without a better mean",
              range = Require.AT_LEAST_ONE)
          long patience,
      @Described(value = "a better mean is higher by that", range = Require.NOT_NEGATIVE)
          double improvement) {
    public Options {
      Require.atLeast("window", window, 1);
      Require.atLeast("patience", patience, 1);
      Require.notNegative("improvement", improvement);
    }

    /** A hundred episodes, and 50,000 steps. */
    public static Options defaults() {
      return new Options(100, 50_000, 0);
    }
  }

  /** Watches the returns of a run. */
  public PlateauStop(Options options) {
    this.options = options;
    this.latest = new double[options.window];
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    int at = (int) (episodes++ % latest.length);
    sum += episode.episodeReturn() - latest[at];
    latest[at] = episode.episodeReturn();
    if (episodes < latest.length) {
      bestStep = progress.steps();
      return;
    }
    double mean = sum / latest.length;
    if (mean > best + options.improvement) {
      best = mean;
      bestStep = progress.steps();
    }
    flat |= progress.steps() - bestStep >= options.patience;
  }

  @Override
  public boolean wantsStop() {
    return flat;
  }

  @Override
  public void carry(State state) {
    state.begin("plateau-stop", 1);
    state.carry("latest", latest);
    episodes = state.carry("episodes", episodes);
    sum = state.carry("sum", sum);
    best = state.carry("best", best);
    bestStep = state.carry("best_step", bestStep);
    flat = state.carry("flat", flat);
    state.end();
  }
}
