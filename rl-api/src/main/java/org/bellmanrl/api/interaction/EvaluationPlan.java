package org.bellmanrl.api.interaction;

import java.util.List;

/**
 * How a policy is to be judged.
 *
 * <p>Without given seeds, episode {@code i} takes the streams that the master seed derives for it;
 * with given seeds, the stream of Gymnasium's {@code reset(seed=...)}. Either way an episode's
 * course depends on its number alone, not on how many rows run side by side.
 *
 * @param episodes how many, at least 1
 * @param seed the master seed, at least 0
 * @param seeds a seed per episode, each at least 0; empty to derive them
 * @param maxEpisodeSteps where an episode is cut that has not ended by itself, at least 1; the
 *     task's own limit still holds when it is smaller
 */
public record EvaluationPlan(int episodes, long seed, List<Long> seeds, int maxEpisodeSteps) {
  /** Where an episode is cut unless something else is said. */
  public static final int DEFAULT_MAX_EPISODE_STEPS = 100_000;

  public EvaluationPlan {
    if (episodes < 1) {
      throw new IllegalArgumentException("episodes must be at least 1, was " + episodes);
    }
    if (maxEpisodeSteps < 1) {
      throw new IllegalArgumentException(
          "maxEpisodeSteps must be at least 1, was " + maxEpisodeSteps);
    }
    seeds = List.copyOf(seeds);
    if (!seeds.isEmpty() && seeds.size() != episodes) {
      throw new IllegalArgumentException(
          "seeds must be one per episode, were %d for %d episodes"
              .formatted(seeds.size(), episodes));
    }
    for (long given : seeds) {
      if (given < 0) {
        throw new IllegalArgumentException("a seed must be at least 0, was " + given);
      }
    }
    if (seed < 0) {
      throw new IllegalArgumentException("seed must be at least 0, was " + seed);
    }
  }

  /** So many episodes, from seed 0. */
  public static EvaluationPlan episodes(int episodes) {
    return new EvaluationPlan(episodes, 0, List.of(), DEFAULT_MAX_EPISODE_STEPS);
  }

  /** One episode per given seed. */
  public static EvaluationPlan seeds(List<Long> seeds) {
    return new EvaluationPlan(seeds.size(), 0, seeds, DEFAULT_MAX_EPISODE_STEPS);
  }

  /** Returns this plan with another master seed. */
  public EvaluationPlan withSeed(long master) {
    return new EvaluationPlan(episodes, master, seeds, maxEpisodeSteps);
  }

  /** Returns this plan with episodes that are cut after so many steps. */
  public EvaluationPlan withMaxEpisodeSteps(int steps) {
    return new EvaluationPlan(episodes, seed, seeds, steps);
  }
}
