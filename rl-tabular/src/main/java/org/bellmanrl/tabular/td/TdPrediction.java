package org.bellmanrl.tabular.td;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of a given policy, which it follows: tabular TD(0).
 *
 * <pre>V(S) ← V(S) + α [R + γ V(S') − V(S)]</pre>
 *
 * <p>Source: Sutton, <i>Learning to Predict by the Methods of Temporal Differences</i>, Machine
 * Learning 3, 1988; Sutton &amp; Barto, 2nd ed., 2018, section 6.1. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class TdPrediction implements Learner {
  private final VTable v;
  private final double gamma;
  private final Scheduled stepSize;
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public TdPrediction(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("td-prediction", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    double[] reward = transitions.reward();
    double[] discount = transitions.discount();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int state = v.state(transitions.observations(), row);
      double next = v.get(v.state(transitions.nextObservations(), row));
      double tdTarget = reward[row] + gamma * discount[row] * next;
      v.add(state, alpha * (tdTarget - v.get(state)));
    }
  }

  /** The policy that is judged. */
  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public VTable table() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void carry(State state) {
    state.begin("td-prediction", 1);
    state.carry("v", v);
    state.end();
  }

  /**
   * Hyperparameters. The step size defaults to that of Sutton &amp; Barto's example 6.2 (random
   * walk) whose error is smallest after 100 episodes; the walk is not discounted, γ defaults to
   * 0.99, which also suits tasks that don't end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param initialValue V before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.05), 0.99, 0);
    }
  }
}
