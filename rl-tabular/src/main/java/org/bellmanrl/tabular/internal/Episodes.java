package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.schedule.Progress;

/**
 * The episodes of a task, for learners that keep one whole before they learn from it. An episode
 * without an end has no return to learn from, and would be kept until the memory is used up.
 */
public final class Episodes {
  /**
   * Steps of an episode without a limit after which no end is expected any more, some 20 MB of
   * them.
   */
  public static final int MOST_STEPS = 1 << 20;

  private final String learner;
  private final EnvironmentSpec spec;
  private final Progress progress;

  /**
   * The episodes of a learner's task.
   *
   * @param learner names the learner in messages
   * @throws IllegalArgumentException if they have no end
   */
  public Episodes(String learner, LearnerContext context) {
    this.learner = learner;
    this.spec = context.spec();
    this.progress = context.progress();
    check(learner, spec);
  }

  /**
   * Refuses a task whose episodes have no end.
   *
   * @throws IllegalArgumentException naming the learner and the task
   */
  public static void check(String learner, EnvironmentSpec spec) {
    if (!spec.terminates() && spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          "%s learns at the end of an episode, but those of %s have none; set an episode limit"
              .formatted(learner, spec.name()));
    }
  }

  /**
   * Refuses an episode that seems to have no end.
   *
   * @param steps its length so far
   * @throws LearningException if there is no limit and it is {@value #MOST_STEPS} steps or longer
   */
  public void checkLength(int steps) {
    if (steps >= MOST_STEPS && spec.maxEpisodeSteps() == 0) {
      throw new LearningException(
          ("%s learns at the end of an episode, but episode %d of %s has had %d steps without one:"
                  + " its policy may go in circles; set a limit, such as max_episode_steps=1000, or"
                  + " let it explore more")
              .formatted(learner, progress.episodes() + 1, spec.name(), steps));
    }
  }
}
