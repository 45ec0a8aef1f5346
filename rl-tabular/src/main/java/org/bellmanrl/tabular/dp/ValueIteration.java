package org.bellmanrl.tabular.dp;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.IndexedHeap;

/**
 * Finds the optimal values and an optimal policy of an exact model.
 *
 * <pre>V(s) ← max_a Σ p(s', r | s, a) [r + γ V(s')]</pre>
 *
 * <p>over all states, again and again until no value changes by the tolerance or more. V begins at
 * 0; γV(s') is left out where the episode ends.
 *
 * <p>Source: Bellman, <i>Dynamic Programming</i>, 1957; Sutton &amp; Barto, 2nd ed., 2018, section
 * 4.4 (the box is {@link SweepOrder#GAUSS_SEIDEL}) and 4.5 (other orders). The prioritised order
 * backs up the state of the largest Bellman error first, as in Wingate &amp; Seppi,
 * <i>Prioritization Methods for Accelerating MDP Solvers</i>, JMLR 6, 2005.
 *
 * <p>The tolerance bounds the change of the last sweep, not the error: with γ below 1 the error is
 * at most {@code tolerance γ / (1 − γ)}. Not thread-safe.
 */
public final class ValueIteration extends SweepMethod {
  /** The id of this learner. */
  public static final String ID = "value-iteration";

  private final SweepOrder order;
  private final double[] before;
  private final IndexedHeap queue;
  private final Predecessors predecessors;

  /**
   * Starts with V = 0.
   *
   * @throws IllegalArgumentException if γ = 1 and from some state no end can be reached while
   *     rewards go on
   */
  public ValueIteration(FiniteModel model, Config config) {
    super("value iteration", model, config.gamma(), config.tolerance(), config.maxSweeps());
    this.order = config.order();
    this.before = new double[order == SweepOrder.SYNCHRONOUS ? v.length : 0];
    this.queue = new IndexedHeap(order == SweepOrder.PRIORITISED ? v.length : 0);
    this.predecessors = new Predecessors(model);
    enqueueAll();
  }

  @Override
  double backUp() {
    return switch (order) {
      case SYNCHRONOUS -> {
        System.arraycopy(v, 0, before, 0, v.length);
        yield backUp(before);
      }
      case GAUSS_SEIDEL -> backUp(v);
      case PRIORITISED -> backUpByPriority();
    };
  }

  private double backUp(double[] from) {
    double delta = 0;
    for (int s = 0; s < v.length; s++) {
      double value = Backup.best(model, from, gamma, s);
      delta = Math.max(delta, Math.abs(value - v[s]));
      v[s] = value;
    }
    return delta;
  }

  /** As many backups as there are states; returns the largest Bellman error that is left. */
  private double backUpByPriority() {
    for (int n = 0; n < v.length && !queue.isEmpty(); n++) {
      int s = queue.poll();
      v[s] = Backup.best(model, v, gamma, s);
      enqueue(s);
      for (int i = predecessors.from(s); i < predecessors.to(s); i++) {
        enqueue(predecessors.state(i));
      }
    }
    return queue.isEmpty() ? 0 : queue.priority(queue.first());
  }

  private void enqueue(int state) {
    double error = Math.abs(Backup.best(model, v, gamma, state) - v[state]);
    if (error >= tolerance) {
      queue.put(state, error);
    } else {
      queue.remove(state);
    }
  }

  private void enqueueAll() {
    queue.clear();
    for (int s = 0; order == SweepOrder.PRIORITISED && s < v.length; s++) {
      enqueue(s);
    }
  }

  @Override
  boolean settled() {
    return change() < tolerance;
  }

  /**
   * Returns the greedy policy in the values, which takes the first best action of each state. With
   * γ = 1, actions whose values differ by the tolerance or less are equally good, and one that
   * leads to the end of the episode is taken before one that never does.
   */
  @Override
  public PolicyTable policy() {
    return PolicyTable.deterministic(GreedyActions.of(model, v, gamma, tolerance), model.actions());
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 2);
    super.carry(state);
    state.end();
    enqueueAll();
  }

  /**
   * Makes a learner that sweeps once for every step that is taken, until the values have settled,
   * and that behaves greedily.
   *
   * @throws IllegalArgumentException if the task has no exact model, or its spaces are not finite
   */
  public static Learner learner(LearnerContext context, Config config) {
    return new SweepLearner(ID, context, model -> new ValueIteration(model, config));
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance θ: a smaller change ends it; above 0
   * @param order in which states are backed up
   * @param maxSweeps after how many sweeps {@link #run} gives up, at least 1
   */
  @RecordBuilder
  public record Config(
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "a smaller change ends it", range = Require.POSITIVE, aliases = "theta")
          double tolerance,
      @Described("order in which states are backed up") SweepOrder order,
      @Described(value = "sweeps after which to give up", range = Require.AT_LEAST_ONE)
          int maxSweeps)
      implements ValueIterationConfigBuilder.With {
    public Config {
      Require.unit("gamma", gamma);
      SweepMethod.check(tolerance, maxSweeps);
    }

    /** Returns the defaults: γ = 0.99, in place, to within 1e-10. */
    public static Config defaults() {
      return new Config(0.99, 1e-10, SweepOrder.GAUSS_SEIDEL, 1_000_000);
    }
  }
}
