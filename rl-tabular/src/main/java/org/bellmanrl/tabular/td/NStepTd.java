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
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.StepWindow;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of a given policy, which it follows, from the rewards of n steps and the
 * value of the state after them.
 *
 * <pre>
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ V(Sₙ)
 * V(S₀) ← V(S₀) + α [G − V(S₀)]
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 7.1.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepTd implements Learner {
  private final VTable v;
  private final double gamma;
  private final Scheduled stepSize;
  private final StepWindow[] windows;
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public NStepTd(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("n-step-td", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.windows = StepWindow.perRow(context.spec(), context.rows(), config.n(), v.states());
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      StepWindow window = windows[row];
      if (transitions.first()[row]) {
        window.clear();
      }
      window.add(transitions, row, v.state(transitions.observations(), row), 1);
      double bootstrap = v.get(v.state(transitions.nextObservations(), row));
      if (transitions.last(row)) {
        while (window.length() > 0) {
          update(window, bootstrap, alpha);
        }
      } else if (window.full()) {
        update(window, bootstrap, alpha);
      }
    }
  }

  /** Learns from the oldest step and forgets it. */
  private void update(StepWindow window, double bootstrap, double alpha) {
    double g = bootstrap;
    for (int k = window.length() - 1; k >= 0; k--) {
      g = window.reward(k) + gamma * window.discount(k) * g;
    }
    int state = window.entry(0);
    v.add(state, alpha * (g - v.get(state)));
    window.drop();
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
  public void save(StateWriter out) {
    out.begin("n-step-td", 1);
    out.write("v", v);
    StepWindow.save(windows, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("n-step-td", 1);
    in.read("v", v);
    StepWindow.restore(windows, in);
    in.end();
  }

  /**
   * Hyperparameters. n and the step size default to the best of Sutton &amp; Barto's figure 7.2
   * (random walk of 19 states); γ defaults to 0.99, which also suits tasks that don't end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param n number of steps in a target, at least 1
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "number of steps in a target", range = "at least 1") int n,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.atLeastOne("n", n);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.4), 0.99, 4, 0);
    }
  }
}
