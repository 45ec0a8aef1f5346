package org.bellmanrl.lab.internal.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Base class of listeners that report now and then: at the end of an episode, every so many steps,
 * the mean return and length of the episodes since the last report and the latest of every other
 * number. Not thread-safe.
 */
abstract class PeriodicListener implements Listener, Stateful {
  private final long every;
  private final Map<String, Double> latest = new LinkedHashMap<>();
  private long next;
  private long episodes;
  private double returns;
  private double lengths;

  PeriodicListener(long every) {
    this.every = every;
    this.next = every;
  }

  /**
   * Reports.
   *
   * @param numbers by name: {@code return}, {@code length} and what the learner tells
   */
  abstract void report(Map<String, Double> numbers, Progress progress);

  @Override
  public final void onMetric(String name, double value, Progress progress) {
    latest.put(name, value);
  }

  @Override
  public final void onEpisode(Episode episode, Progress progress) {
    episodes++;
    returns += episode.episodeReturn();
    lengths += episode.length();
    if (progress.steps() >= next) {
      next = (progress.steps() / every + 1) * every;
      tell(progress);
    }
  }

  private void tell(Progress progress) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("return", returns / episodes);
    numbers.put("length", lengths / episodes);
    numbers.putAll(latest);
    episodes = 0;
    returns = 0;
    lengths = 0;
    report(numbers, progress);
  }

  @Override
  public void onStop(Progress progress) {
    if (episodes > 0) {
      tell(progress);
    }
  }

  @Override
  public void carry(State state) {
    state.begin("reports", 1);
    next = state.carry("next", next);
    episodes = state.carry("episodes", episodes);
    returns = state.carry("returns", returns);
    lengths = state.carry("lengths", lengths);
    state.end();
  }
}
