package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Schedule;

/** How a control method explores: the policy it behaves by. */
public enum Exploration {
  /** {@link EpsilonGreedy}; the temperature has no effect. */
  EPSILON_GREEDY,
  /** {@link Softmax}; epsilon and the handling of ties have no effect. */
  SOFTMAX;

  /** The policy over some action values. */
  public Policy over(
      ValueFunction values,
      LearnerContext context,
      Schedule epsilon,
      Schedule temperature,
      TieBreak ties) {
    return switch (this) {
      case EPSILON_GREEDY ->
          new EpsilonGreedy(
              values, context.spec().actionSpace(), epsilon, context.progress(), ties);
      case SOFTMAX ->
          new Softmax(values, context.spec().actionSpace(), temperature, context.progress());
    };
  }

  /** Reports the present epsilon or temperature, under that name. */
  public static void report(Policy behaviour, Metrics metrics) {
    switch (behaviour) {
      case EpsilonGreedy greedy -> metrics.scalar("epsilon", greedy.epsilon());
      case Softmax softmax -> metrics.scalar("temperature", softmax.temperature());
      default -> {
        // nothing to tell of other policies
      }
    }
  }
}
