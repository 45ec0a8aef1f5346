package org.bellmanrl.tabular.policy;

import java.util.Arrays;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.table.QTable;

/**
 * π(a|s): how likely each action is under a policy over action values, {@link EpsilonGreedy},
 * {@link Softmax} or {@link Greedy}. Expectations and importance ratios are made of them.
 *
 * <p>A masked action has probability 0. Where no action is allowed, as some tasks show after a
 * terminal state, all have. Owns its scratch space: not thread-safe.
 */
public final class ActionProbabilities {
  private final boolean softmax;
  private final Scheduled parameter;
  private final boolean first;
  private final ActionIndex index;
  private final double[] scratch;

  private ActionProbabilities(
      boolean softmax, Schedule parameter, LearnerContext context, TieBreak ties) {
    this.softmax = softmax;
    this.parameter = new Scheduled(parameter, context.progress());
    this.first = ties == TieBreak.FIRST;
    this.index = ActionIndex.of(context.spec().actionSpace());
    this.scratch = new double[index.size()];
  }

  /** Those of the policy that {@link Exploration#over} makes of the same arguments. */
  public static ActionProbabilities of(
      Exploration exploration,
      LearnerContext context,
      Schedule epsilon,
      Schedule temperature,
      TieBreak ties) {
    Require.unit("epsilon", epsilon);
    Require.positive("temperature", temperature);
    return switch (exploration) {
      case EPSILON_GREEDY -> new ActionProbabilities(false, epsilon, context, ties);
      case SOFTMAX -> new ActionProbabilities(true, temperature, context, ties);
    };
  }

  /** Those of the greedy policy. */
  public static ActionProbabilities greedy(LearnerContext context, TieBreak ties) {
    return new ActionProbabilities(false, Schedule.constant(0), context, ties);
  }

  /**
   * Fills in the probabilities of a state's actions.
   *
   * @param q says how good they are
   * @param from the entry of the state's first action
   * @param observations has the mask, in this row
   * @param into takes a probability per action, from 0 on
   */
  public void fill(QTable q, int from, Observations observations, int row, double[] into) {
    int actions = index.size();
    int allowed = 0;
    int best = -1;
    int ties = 0;
    for (int a = 0; a < actions; a++) {
      if (index.allows(observations, row, a)) {
        allowed++;
        if (best < 0 || q.get(from + a) > q.get(from + best)) {
          best = a;
          ties = 1;
        } else if (q.get(from + a) == q.get(from + best)) {
          ties++;
        }
      }
    }
    Arrays.fill(into, 0, actions, 0);
    if (allowed == 0) {
      return;
    }
    if (softmax) {
      fillSoftmax(q, from, q.get(from + best), observations, row, into);
      return;
    }
    double epsilon = parameter.now();
    for (int a = 0; a < actions; a++) {
      if (index.allows(observations, row, a)) {
        boolean greedy = first ? a == best : q.get(from + a) == q.get(from + best);
        into[a] = epsilon / allowed + (greedy ? (1 - epsilon) / (first ? 1 : ties) : 0);
      }
    }
  }

  private void fillSoftmax(
      QTable q, int from, double max, Observations observations, int row, double[] into) {
    double sum = 0;
    for (int a = 0; a < index.size(); a++) {
      if (index.allows(observations, row, a)) {
        into[a] = StrictMath.exp((q.get(from + a) - max) / parameter.now());
        sum += into[a];
      }
    }
    for (int a = 0; a < index.size(); a++) {
      into[a] /= sum;
    }
  }

  /**
   * Σ π(a|s) Q(s, a).
   *
   * @param by decides π
   * @param q is averaged, over the same states and actions
   * @param from the entry of the state's first action
   */
  public double expected(QTable by, QTable q, int from, Observations observations, int row) {
    fill(by, from, observations, row, scratch);
    double sum = 0;
    for (int a = 0; a < scratch.length; a++) {
      // An action that is never taken counts nothing, whatever its value.
      if (scratch[a] > 0) {
        sum += scratch[a] * q.get(from + a);
      }
    }
    return sum;
  }

  /** As above, with π by the averaged values themselves. */
  public double expected(QTable q, int from, Observations observations, int row) {
    return expected(q, q, from, observations, row);
  }

  /** π(a|s) of one action, by its entry. */
  public double of(QTable q, int entry, Observations observations, int row) {
    int action = entry % q.actions();
    fill(q, entry - action, observations, row, scratch);
    return scratch[action];
  }
}
