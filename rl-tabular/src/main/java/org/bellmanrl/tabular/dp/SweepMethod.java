package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Base class of the methods that find the values of an exact model in sweeps over its states. */
abstract class SweepMethod implements Stateful {
  private final String name;
  final FiniteModel model;
  final double gamma;
  final double tolerance;
  private final int maxSweeps;
  final double[] v;
  private double change = Double.POSITIVE_INFINITY;
  private int sweeps;

  /**
   * Starts with V = 0.
   *
   * @param name how messages call the method
   * @throws IllegalArgumentException if γ = 1 and from some state no end can be reached while
   *     rewards go on
   */
  SweepMethod(String name, FiniteModel model, double gamma, double tolerance, int maxSweeps) {
    Termination.checkReachable(
        name, model, Termination.Choices.ALL, "no action ever leads to one", gamma);
    this.name = name;
    this.model = model;
    this.gamma = gamma;
    this.tolerance = tolerance;
    this.maxSweeps = maxSweeps;
    this.v = new double[model.states()];
  }

  /** Refuses tolerances and limits that make no sense. */
  static void check(double tolerance, int maxSweeps) {
    Require.positive("tolerance", tolerance);
    Require.atLeast("max_sweeps", maxSweeps, 1);
  }

  /** Backs up as many states as there are and returns the largest change. */
  abstract double backUp();

  /** Returns whether another sweep would change nothing that counts. */
  abstract boolean settled();

  /** Returns the present policy. */
  public abstract PolicyTable policy();

  /**
   * Backs up as many states as there are.
   *
   * @return the largest change of a value, or for prioritised sweeps the largest error that is left
   * @throws LearningException if the configuration allows no more sweeps
   */
  public double sweep() {
    if (sweeps == maxSweeps) {
      throw new LearningException(
          ("%s has not settled after %d sweeps, the last of which changed a value by %s; with"
                  + " gamma = 1 a loop that pays has no finite value: use gamma < 1, a larger"
                  + " tolerance or a larger max_sweeps")
              .formatted(name, sweeps, change));
    }
    change = backUp();
    sweeps++;
    return change;
  }

  /**
   * Sweeps until the values have settled: until no value changes by the tolerance or more, and no
   * action can be improved by more.
   *
   * @return the number of sweeps so far
   * @throws LearningException if that takes more sweeps than the configuration allows
   */
  public int run() {
    while (!settled()) {
      sweep();
    }
    return sweeps;
  }

  /** Returns the value of a state. */
  public double value(int state) {
    return v[state];
  }

  /** Returns the value of an action by the present values of the states. */
  public double value(int state, int action) {
    return Backup.action(model, v, gamma, state, action);
  }

  /** Returns the mean value of the states that episodes begin in: what an episode is worth. */
  public double startValue() {
    return Backup.atStart(model, v);
  }

  /** Returns the result of the last sweep. */
  double change() {
    return change;
  }

  /** Returns the number of sweeps so far. */
  int sweeps() {
    return sweeps;
  }

  @Override
  public void carry(State state) {
    state.begin("sweeps", 1);
    state.carry("v", v);
    change = state.carry("change", change);
    sweeps = state.carryIndex("sweeps", sweeps, Integer.MAX_VALUE);
    state.end();
  }
}
