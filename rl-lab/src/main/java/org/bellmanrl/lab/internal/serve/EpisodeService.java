package org.bellmanrl.lab.internal.serve;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.jspecify.annotations.Nullable;

/**
 * Episodes that are played elsewhere, each in a row of one {@link Interaction}: a caller begins an
 * episode with its first observation, and for each outcome that it tells it gets the next action.
 *
 * <p>An episode whose caller has not been heard of for some time is abandoned when its row is
 * needed: it is not counted, and the learner is not told of an end. Thread-safe: callers take
 * turns, so that one waits while the learner learns from another's outcome.
 */
public final class EpisodeService {
  private static final int FREE = -1;

  private final EnvironmentSpec spec;
  private final Interaction interaction;
  private final Returns returns;
  private final long patienceNanos;
  private final Rows row;
  private final JsonValues observations;
  private final JsonValues actions;

  /** The episode in each row, or {@link #FREE}, and when its caller was last heard of. */
  private final long[] episodes;

  private final long[] heard;
  private long begun;
  private long abandoned;

  /** A request that can't be fulfilled. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    /** What HTTP calls such a case. */
    public int status() {
      return status;
    }
  }

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
    this.observations = new JsonValues(spec.observationSpace());
    this.actions = new JsonValues(spec.actionSpace());
    this.episodes = new long[interaction.rows()];
    this.heard = new long[interaction.rows()];
    Arrays.fill(episodes, FREE);
  }

  /** Begins an episode, and returns its number with its first action. */
  public synchronized Map<String, Object> begin(Map<String, @Nullable Object> told) throws Refused {
    only(told, "observation", "mask");
    int at = freeRow();
    write(told, at, true);
    try {
      interaction.begin(row.only(at));
    } catch (EnvironmentException e) {
      throw new Refused(400, String.valueOf(e.getMessage()));
    }
    episodes[at] = begun++;
    heard[at] = System.nanoTime();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("episode", episodes[at]);
    answer.put("action", act(at));
    return answer;
  }

  /** Takes the outcome of an episode's action, and returns the next action or the end. */
  public synchronized Map<String, Object> step(long episode, Map<String, @Nullable Object> told)
      throws Refused {
    only(told, "observation", "mask", "reward", "terminated", "truncated");
    int at = row(episode);
    if (!(told.get("reward") instanceof Number reward) || !Double.isFinite(reward.doubleValue())) {
      throw new Refused(400, "reward must be a finite number, was " + told.get("reward"));
    }
    boolean terminated = truth(told, "terminated");
    boolean truncated = truth(told, "truncated");
    write(told, at, false);
    Outcome outcome = interaction.outcome(at);
    outcome.reward(reward.doubleValue());
    if (terminated) {
      outcome.terminate();
    }
    if (truncated) {
      outcome.truncate();
    }
    try {
      interaction.observe(row.only(at));
    } catch (EnvironmentException e) {
      throw new Refused(400, String.valueOf(e.getMessage()));
    }
    heard[at] = System.nanoTime();
    Map<String, Object> answer = new LinkedHashMap<>();
    if (isIdle(at)) {
      episodes[at] = FREE;
      answer.put("ended", true);
    } else {
      answer.put("action", act(at));
    }
    return answer;
  }

  /** Abandons an episode. */
  public synchronized void abandon(long episode) throws Refused {
    abandonRow(row(episode));
  }

  /** What is served, and how far it is. */
  public synchronized Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("task", spec.name());
    status.put("observations", spec.observationSpace().toString());
    status.put("actions", spec.actionSpace().toString());
    status.put("learning", interaction.learner().isPresent());
    status.put("steps", interaction.progress().steps());
    status.put("episodes", interaction.progress().episodes());
    status.put("running", running());
    status.put("most", episodes.length);
    status.put("abandoned", abandoned);
    status.put("mean_return", returns.mean());
    return status;
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

  private Object act(int at) {
    interaction.act(row.only(at));
    return actions.read(interaction.actions().values(), at);
  }

  private void write(Map<String, @Nullable Object> told, int at, boolean first) throws Refused {
    var seen = first ? interaction.observations() : interaction.outcomes().observations();
    try {
      observations.write(told.get("observation"), seen.values(), at);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "observation: " + e.getMessage());
    }
    int width = spec.maskWidth();
    Object mask = told.get("mask");
    if (width == 0 && mask == null) {
      return;
    }
    if (!(mask instanceof List<?> list) || list.size() != width) {
      throw new Refused(
          400, "mask must be an array of %d truth values, was %s".formatted(width, mask));
    }
    for (int i = 0; i < width; i++) {
      seen.mask()[at * width + i] =
          Boolean.TRUE.equals(list.get(i))
              || (list.get(i) instanceof Number number && number.intValue() == 1);
    }
  }

  private int freeRow() throws Refused {
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
      throw new Refused(
          503, "all %d episodes are being played; --clients N allows more".formatted(running()));
    }
    abandonRow(oldest);
    return oldest;
  }

  private void abandonRow(int at) {
    interaction.abandon(row.only(at));
    episodes[at] = FREE;
    abandoned++;
  }

  private int row(long episode) throws Refused {
    for (int at = 0; at < episodes.length; at++) {
      if (episodes[at] == episode && episode != FREE) {
        return at;
      }
    }
    throw new Refused(
        404, "no episode %d is being played: it has ended, or was abandoned".formatted(episode));
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

  private static boolean truth(Map<String, @Nullable Object> told, String name) throws Refused {
    Object value = told.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw new Refused(400, name + " must be true or false, was " + value);
    }
    return Boolean.TRUE.equals(value);
  }

  private static void only(Map<String, @Nullable Object> told, String... names) throws Refused {
    for (String name : told.keySet()) {
      if (!List.of(names).contains(name)) {
        throw new Refused(
            400, "unknown entry '%s': there are %s".formatted(name, String.join(", ", names)));
      }
    }
  }
}
