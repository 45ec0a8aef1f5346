package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Checks;
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
public final class ValueIteration implements Sweeping {
  private final FiniteModel model;
  private final Config config;
  private final double[] v;
  private final double[] before;
  private final IndexedHeap queue;
  private final Predecessors predecessors;
  private double change = Double.POSITIVE_INFINITY;

  /**
   * Starts with V = 0.
   *
   * @throws IllegalArgumentException if γ = 1 and from some state no end can be reached while
   *     rewards go on
   */
  public ValueIteration(FiniteModel model, Config config) {
    Ends.check("value iteration", model, null, config.gamma());
    this.model = model;
    this.config = config;
    this.v = new double[model.states()];
    this.before = new double[config.order() == SweepOrder.SYNCHRONOUS ? v.length : 0];
    boolean prioritised = config.order() == SweepOrder.PRIORITISED;
    this.queue = new IndexedHeap(prioritised ? v.length : 0);
    this.predecessors = new Predecessors(model);
    if (prioritised) {
      enqueueAll();
    }
  }

  @Override
  public double sweep() {
    change =
        switch (config.order()) {
          case SYNCHRONOUS -> {
            System.arraycopy(v, 0, before, 0, v.length);
            yield sweep(before);
          }
          case GAUSS_SEIDEL -> sweep(v);
          case PRIORITISED -> sweepByPriority();
        };
    return change;
  }

  private double sweep(double[] from) {
    double delta = 0;
    for (int s = 0; s < v.length; s++) {
      double value = Backup.best(model, from, config.gamma(), s);
      delta = Math.max(delta, Math.abs(value - v[s]));
      v[s] = value;
    }
    return delta;
  }

  /** As many backups as there are states; the largest Bellman error that is left. */
  private double sweepByPriority() {
    for (int n = 0; n < v.length && !queue.isEmpty(); n++) {
      int s = queue.poll();
      v[s] = Backup.best(model, v, config.gamma(), s);
      enqueue(s);
      for (int i = predecessors.from(s); i < predecessors.to(s); i++) {
        enqueue(predecessors.state(i));
      }
    }
    return queue.isEmpty() ? 0 : queue.priority(queue.first());
  }

  private void enqueue(int state) {
    double error = Math.abs(Backup.best(model, v, config.gamma(), state) - v[state]);
    if (error >= config.tolerance()) {
      queue.put(state, error);
    } else {
      queue.remove(state);
    }
  }

  private void enqueueAll() {
    queue.clear();
    for (int s = 0; s < v.length; s++) {
      enqueue(s);
    }
  }

  /**
   * Sweeps until no value changes by the tolerance or more.
   *
   * @return the number of sweeps
   * @throws IllegalStateException if that takes too many
   */
  public int run() {
    return Sweeping.run(this, "value iteration", config.maxSweeps());
  }

  @Override
  public boolean settled() {
    return change < config.tolerance();
  }

  @Override
  public FiniteModel model() {
    return model;
  }

  /** The value of a state. */
  public double value(int state) {
    return v[state];
  }

  @Override
  public double value(int state, int action) {
    return Backup.action(model, v, config.gamma(), state, action);
  }

  /** The mean value of the states that episodes begin in: what an episode is worth. */
  public double startValue() {
    return Backup.atStart(model, v);
  }

  @Override
  public double change() {
    return change;
  }

  /** Greedy in the values, by the first best action. */
  public PolicyTable policy() {
    int[] action = new int[v.length];
    for (int s = 0; s < v.length; s++) {
      action[s] = Backup.greedy(model, v, config.gamma(), s);
    }
    return PolicyTable.deterministic(action, model.actions());
  }

  @Override
  public void carry(State state) {
    state.begin("value-iteration", 1);
    state.carry("v", v);
    change = state.carry("change", change);
    state.end();
    if (config.order() == SweepOrder.PRIORITISED) {
      enqueueAll();
    }
  }

  /**
   * Makes a learner that sweeps once for every step that is taken, until the values have settled,
   * and that behaves greedily.
   *
   * @throws IllegalArgumentException if the task has no exact model, or its spaces are not finite
   */
  public static Learner learner(LearnerContext context, Config config) {
    return new SweepLearner("value-iteration", context, model -> new ValueIteration(model, config));
  }

  /**
   * Hyperparameters.
   *
   * @param gamma γ, in [0, 1]
   * @param tolerance θ: a smaller change ends it; above 0
   * @param order in which states are backed up
   * @param maxSweeps after how many sweeps {@link #run} gives up, at least 1
   */
  public record Config(
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "a smaller change ends it", range = "above 0", aliases = "theta")
          double tolerance,
      @Described("order in which states are backed up") SweepOrder order,
      @Described(value = "sweeps after which to give up", range = "at least 1") int maxSweeps) {
    public Config {
      Checks.gamma(gamma);
      Sweeping.check(tolerance, maxSweeps);
    }

    /** γ = 0.99, in place, to within 1e-10. */
    public static Config defaults() {
      return new Config(0.99, 1e-10, SweepOrder.GAUSS_SEIDEL, 1_000_000);
    }

    /** The same with another γ. */
    public Config withGamma(double other) {
      return new Config(other, tolerance, order, maxSweeps);
    }

    /** The same in another order. */
    public Config withOrder(SweepOrder other) {
      return new Config(gamma, tolerance, other, maxSweeps);
    }
  }
}
