package org.bellmanrl.deep.replay;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;

/**
 * Hyperparameters of learners that learn from a replay memory and towards target networks, by the
 * names of Stable-Baselines3.
 *
 * @param learningRate step size of Adam, above 0 at first and never below
 * @param bufferSize observations that are kept, over all rows; see {@link ReplayConfig#capacity}
 * @param learningStarts transitions before the first update, at least 0
 * @param batchSize transitions in an update, from 1 to bufferSize
 * @param tau how far a target network moves each time, in (0, 1]; 1 copies
 * @param gamma γ, in [0, 1]
 * @param trainFreq transitions between updates, at least 1
 * @param gradientSteps updates each time, at least 1, or −1 for one per transition
 * @param relabelledGoals share of drawn transitions whose goal is replaced by one that was achieved
 *     later in the episode, in [0, 1]: hindsight experience replay. For tasks with goals; 0.8 is
 *     usual there, and 0 anywhere else
 */
@RecordBuilder
public record OffPolicyConfig(
    @Described(value = "step size of Adam", range = Require.POSITIVE, aliases = "lr")
        Schedule learningRate,
    @Described(value = "observations that are kept", range = Require.AT_LEAST_ONE) int bufferSize,
    @Described(value = "steps before the first update", range = "at least 0") int learningStarts,
    @Described(value = "transitions in an update", range = "1 to buffer_size") int batchSize,
    @Described(value = "how far target networks move; 1 copies", range = "(0, 1]") double tau,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "steps between updates", range = Require.AT_LEAST_ONE) int trainFreq,
    @Described(value = "updates each time; -1 for one per step", range = "at least 1, or -1")
        int gradientSteps,
    @Described(
            value = "share of transitions whose goal becomes one achieved later (HER)",
            range = Require.UNIT)
        double relabelledGoals)
    implements OffPolicyConfigBuilder.With {
  public OffPolicyConfig {
    Require.learningRate("learning_rate", learningRate);
    Require.atLeast("buffer_size", bufferSize, 1);
    Require.atLeast("learning_starts", learningStarts, 0);
    Require.inRange("batch_size", batchSize, "[1, " + bufferSize + "]");
    Require.inRange("tau", tau, "(0, 1]");
    Require.unit("gamma", gamma);
    Require.atLeast("train_freq", trainFreq, 1);
    if (gradientSteps != -1) {
      Require.atLeast("gradient_steps", gradientSteps, 1);
    }
    Require.unit("relabelled_goals", relabelledGoals);
  }

  /**
   * Returns how many updates become due.
   *
   * @param before transitions seen before, over all rows
   * @param after transitions seen now
   */
  public long updates(long before, long after) {
    if (after <= learningStarts) {
      return 0;
    }
    long each = gradientSteps < 0 ? trainFreq : gradientSteps;
    return each * (after / trainFreq - before / trainFreq);
  }
}
