package org.bellmanrl.lab.internal.serve;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.lab.serve.RefusedException.Reason;

/** Episodes that are played elsewhere, each in a row of one {@link Interaction}. */
public final class EpisodeService implements Episodes {
  private static final int FREE = -1;

  private final EnvironmentSpec spec;
  private final Interaction interaction;
  private final Returns returns;
  private final long patienceNanos;
  private final Rows row;

  /** The episode in each row, or {@link #FREE}, and the time of its last request. */
  private final long[] episodes;

  private final long[] heard;
  private long begun;
  private long abandoned;

  /** The latest returns. */
  public static final class Returns implements Listener {
    private static final int LATEST = 100;

    private final double[] latest = new double[LATEST];
    private long count;

    @Override
    public void onEpisode(Episode episode, Progress progress) {
      latest[(int) (count++ % LATEST)] = episode.episodeReturn();
    }

    double mean() {
      int known = (int) Math.min(count, LATEST);
      double sum = 0;
      for (int i = 0; i < known; i++) {
        sum += latest[i];
      }
      return sum / known;
    }
  }

  /**
   * Serves an interaction, which nothing else may use from now on.
   *
   * @param returns one of the interaction's listeners
   * @param patienceSeconds after which an episode may be abandoned
   */
  public EpisodeService(
      EnvironmentSpec spec, Interaction interaction, Returns returns, double patienceSeconds) {
    this.spec = spec;
    this.interaction = interaction;
    this.returns = returns;
    this.patienceNanos = (long) (patienceSeconds * 1e9);
    this.row = new Rows(interaction.rows());
    this.episodes = new long[interaction.rows()];
    this.heard = new long[interaction.rows()];
    Arrays.fill(episodes, FREE);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public synchronized long begin(Observations first, Columns action) throws RefusedException {
    requireValid(first);
    int at = freeRow();
    interaction.observations().copyRow(first, 0, at);
    try {
      interaction.begin(row.only(at));
    } catch (EnvironmentException e) {
      throw new RefusedException(Reason.INVALID, String.valueOf(e.getMessage()));
    }
    episodes[at] = begun++;
    heard[at] = System.nanoTime();
    act(at, action);
    return episodes[at];
  }

  @Override
  public synchronized boolean step(long episode, Outcomes outcome, Columns action)
      throws RefusedException {
    int at = row(episode);
    double reward = outcome.reward()[0];
    if (!Double.isFinite(reward)) {
      throw new RefusedException(Reason.INVALID, "reward must be a finite number, was " + reward);
    }
    requireValid(outcome.observations());
    interaction.outcomes().copyRow(outcome, 0, at);
    try {
      interaction.observe(row.only(at));
    } catch (EnvironmentException e) {
      throw new RefusedException(Reason.INVALID, String.valueOf(e.getMessage()));
    }
    heard[at] = System.nanoTime();
    if (isIdle(at)) {
      episodes[at] = FREE;
      return false;
    }
    act(at, action);
    return true;
  }

  @Override
  public synchronized void abandon(long episode) throws RefusedException {
    abandonRow(row(episode));
  }

  @Override
  public synchronized Status status() {
    return new Status(
        interaction.learner().isPresent(),
        interaction.progress().steps(),
        interaction.progress().episodes(),
        running(),
        episodes.length,
        abandoned,
        returns.mean());
  }

  /** Saves what has been learned, if anything learns, for {@link #restore}. */
  public synchronized void save(Path file) {
    interaction
        .learner()
        .ifPresent(learner -> BinaryState.writeAtomically(file, learner, interaction.progress()));
  }

  /** Goes on where a service was that learned alike. */
  public synchronized void restore(Path file) {
    interaction
        .learner()
        .ifPresent(learner -> BinaryState.read(file, learner, interaction.progress()));
  }

  /** What learns, whose policy may be looked at while {@code this} is locked. */
  public Optional<Learner> learner() {
    return interaction.learner();
  }

  private void act(int at, Columns action) {
    interaction.act(row.only(at));
    action.copyRow(interaction.actions().values(), at, 0);
  }

  private void requireValid(Observations seen) throws RefusedException {
    if (!spec.observationSpace().contains(seen.values(), 0)) {
      throw new RefusedException(
          Reason.INVALID,
          "observation: expected a value in %s, was %s"
              .formatted(spec.observationSpace(), seen.values().text(0)));
    }
  }

  private int freeRow() throws RefusedException {
    long now = System.nanoTime();
    int oldest = 0;
    for (int at = 0; at < episodes.length; at++) {
      if (episodes[at] == FREE) {
        return at;
      }
      if (heard[at] - heard[oldest] < 0) {
        oldest = at;
      }
    }
    if (now - heard[oldest] < patienceNanos) {
      throw new RefusedException(
          Reason.FULL,
          "all %d episodes are being played; --clients N allows more".formatted(running()));
    }
    abandonRow(oldest);
    return oldest;
  }

  private void abandonRow(int at) {
    interaction.abandon(row.only(at));
    episodes[at] = FREE;
    abandoned++;
  }

  private int row(long episode) throws RefusedException {
    for (int at = 0; at < episodes.length; at++) {
      if (episodes[at] == episode && episode != FREE) {
        return at;
      }
    }
    throw new RefusedException(
        Reason.UNKNOWN,
        "no episode %d is being played: it has ended, or was abandoned".formatted(episode));
  }

  private boolean isIdle(int at) {
    Rows idle = interaction.idle();
    for (int i = 0; i < idle.count(); i++) {
      if (idle.at(i) == at) {
        return true;
      }
    }
    return false;
  }

  private int running() {
    int running = 0;
    for (long episode : episodes) {
      running += episode == FREE ? 0 : 1;
    }
    return running;
  }
}
