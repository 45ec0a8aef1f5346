package org.bellmanrl.api.interaction;

import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.Require;

/**
 * How a policy did, episode by episode, when it acted without learning. Immutable.
 *
 * <p>A return is the plain sum of an episode's rewards.
 */
public final class Evaluation {
  private final double[] returns;
  private final long[] lengths;
  private final int terminated;

  Evaluation(double[] returns, long[] lengths, int terminated) {
    this.returns = returns;
    this.lengths = lengths;
    this.terminated = terminated;
  }

  /** Evaluates a policy in one environment, which stays open. */
  public static Evaluation of(Environment environment, Policy policy, Plan plan) {
    return of(VectorEnvironment.of(environment), policy, plan);
  }

  /**
   * Evaluates a policy in environments stepped together, which stay open. The result is the same
   * for any number of rows, unless the policy remembers something across episodes. An episode that
   * the policy never ends is cut, see {@link Plan#maxEpisodeSteps()}.
   */
  public static Evaluation of(VectorEnvironment environment, Policy policy, Plan plan) {
    return of(environment, policy, plan, List.of());
  }

  /**
   * Evaluates a policy and notifies listeners, for callers that show progress or want other numbers
   * than those of an evaluation.
   *
   * @param listeners are notified of every step and every episode, in this order
   */
  public static Evaluation of(
      VectorEnvironment environment, Policy policy, Plan plan, List<? extends Listener> listeners) {
    return new Evaluating(environment, policy, plan, listeners).run();
  }

  /** Number of episodes. */
  public int episodes() {
    return returns.length;
  }

  /** Return of an episode. */
  public double episodeReturn(int episode) {
    return returns[episode];
  }

  /** Steps of an episode. */
  public long length(int episode) {
    return lengths[episode];
  }

  /** Returns the number of episodes that reached a terminal state; the others were truncated. */
  public int terminated() {
    return terminated;
  }

  /** A copy of all returns, in order of the episodes. */
  public double[] returns() {
    return returns.clone();
  }

  /** Mean return. */
  public double meanReturn() {
    double sum = 0;
    for (double value : returns) {
      sum += value;
    }
    return sum / returns.length;
  }

  /** Standard deviation of the returns: of the population, as NumPy's {@code std} has it. */
  public double stdReturn() {
    double mean = meanReturn();
    double sum = 0;
    for (double value : returns) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / returns.length);
  }

  /** Mean number of steps. */
  public double meanLength() {
    double sum = 0;
    for (long value : lengths) {
      sum += value;
    }
    return sum / lengths.length;
  }

  /**
   * How a policy is to be judged.
   *
   * <p>Without given seeds, episode {@code i} takes the streams that the master seed derives for
   * it; with given seeds, the stream of Gymnasium's {@code reset(seed=...)}. Either way an
   * episode's course depends on its number alone, not on how many rows run side by side.
   *
   * @param episodes how many, at least 1
   * @param seed the master seed, at least 0
   * @param seeds a seed per episode, each at least 0; empty to derive them
   * @param maxEpisodeSteps where an episode that has not ended is truncated, at least 1; the task's
   *     own limit still holds when it is smaller
   */
  public record Plan(int episodes, long seed, List<Long> seeds, int maxEpisodeSteps) {
    /** The default number of steps after which an episode is truncated. */
    public static final int DEFAULT_MAX_EPISODE_STEPS = 100_000;

    public Plan {
      Require.atLeast("episodes", episodes, 1);
      Require.atLeast("maxEpisodeSteps", maxEpisodeSteps, 1);
      seeds = List.copyOf(seeds);
      if (!seeds.isEmpty() && seeds.size() != episodes) {
        throw new IllegalArgumentException(
            "seeds must be one per episode, were %d for %d episodes"
                .formatted(seeds.size(), episodes));
      }
      for (long given : seeds) {
        Require.atLeast("a seed", given, 0);
      }
      Require.atLeast("seed", seed, 0);
    }

    /** Returns a plan of this number of episodes, with seed 0. */
    public static Plan episodes(int episodes) {
      return new Plan(episodes, 0, List.of(), DEFAULT_MAX_EPISODE_STEPS);
    }

    /** Returns a plan of one episode per given seed. */
    public static Plan seeds(List<Long> seeds) {
      return new Plan(seeds.size(), 0, seeds, DEFAULT_MAX_EPISODE_STEPS);
    }

    /** Returns this plan with another master seed. */
    public Plan withSeed(long master) {
      return new Plan(episodes, master, seeds, maxEpisodeSteps);
    }

    /** Returns this plan with episodes that are truncated after this number of steps. */
    public Plan withMaxEpisodeSteps(int steps) {
      return new Plan(episodes, seed, seeds, steps);
    }
  }
}
