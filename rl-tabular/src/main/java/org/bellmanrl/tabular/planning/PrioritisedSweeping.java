package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.IndexedHeap;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.table.Tables;

/**
 * Learns a model and plans where values change most: backwards from surprises.
 *
 * <pre>
 * Model(S, A) ← R, S';   P ← |R + γ max_a Q(S', a) − Q(S, A)|;   if P &gt; θ: queue (S, A) by P
 * n times, while any is queued:
 *   (S, A) ← first of the queue,   R, S' ← Model(S, A)
 *   Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 *   for all (S̄, Ā) that lead to S by the model, paying R̄:
 *     P ← |R̄ + γ max_a Q(S, a) − Q(S̄, Ā)|;   if P &gt; θ: queue (S̄, Ā) by P
 * </pre>
 *
 * <p>Source: Moore &amp; Atkeson, <i>Prioritized Sweeping</i>, Machine Learning 13, 1993; Peng
 * &amp; Williams, Adaptive Behavior 1, 1993; Sutton &amp; Barto, 2nd ed., 2018, section 8.4. The
 * model takes the world for deterministic.
 *
 * <p>The maximum is over the actions that the mask of S' allows, and γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. What is queued already moves to its new priority, up or down, and leaves the
 * queue if that is θ or less. Not thread-safe.
 */
public final class PrioritisedSweeping extends QControl {
  /** The id of this learner. */
  public static final String ID = "prioritised-sweeping";

  private final int planningSteps;
  private final SampleModel model;
  private final double theta;
  private final IndexedHeap queue;
  private final PredecessorLists predecessors;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or {@code values}
   *     is not {@value Tables#DENSE}: of entries with the same priority the one with the smallest
   *     number comes first, so the numbers of states must not depend on the order of visits
   */
  public PrioritisedSweeping(LearnerContext context, Config config) {
    super(ID, context, dense(config.dyna().control()));
    this.planningSteps = config.dyna().planningSteps();
    this.model = new SampleModel(context.spec(), q);
    this.theta = config.theta();
    this.queue = new IndexedHeap(q.entries());
    this.predecessors = new PredecessorLists(q.states(), q.entries());
  }

  private static ControlConfig dense(ControlConfig config) {
    if (!config.values().equals(Tables.DENSE)) {
      throw new IllegalArgumentException(
          "%s orders states by number and needs values=%s, was %s"
              .formatted(ID, Tables.DENSE, config.values()));
    }
    return config;
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    model.learn(entry, transitions, row);
    predecessors.set(entry, q.first(model.next(), entry) / q.actions());
    enqueue(entry);
    for (int n = 0; n < planningSteps && !queue.isEmpty(); n++) {
      int planned = queue.poll();
      q.add(planned, alpha * error(planned));
      int before = predecessors.first(planned / q.actions());
      while (before != PredecessorLists.NONE) {
        enqueue(before);
        before = predecessors.next(before);
      }
    }
  }

  private double error(int entry) {
    double next = q.max(model.next(), entry);
    return model.reward(entry) + gamma * model.discount(entry) * next - q.get(entry);
  }

  private void enqueue(int entry) {
    double priority = Math.abs(error(entry));
    if (priority > theta) {
      queue.put(entry, priority);
    } else {
      queue.remove(entry);
    }
  }

  @Override
  protected void carryMore(State state) {
    state.carry("model", model);
    state.carry("predecessors", predecessors);
    state.carry("queue", queue);
  }

  /**
   * Hyperparameters.
   *
   * @param dyna those of every learner that plans with a learned model
   * @param theta θ: changes up to that are not followed up, at least 0
   */
  @RecordBuilder
  public record Config(
      DynaConfig dyna,
      @Described(value = "smaller changes are not followed up", range = Require.NOT_NEGATIVE)
          double theta)
      implements PrioritisedSweepingConfigBuilder.With {
    public Config {
      Require.notNegative("theta", theta);
    }

    /** The family's defaults, and θ = 1e-4. */
    public static Config defaults() {
      return new Config(DynaConfig.defaults(), 0.0001);
    }
  }
}
