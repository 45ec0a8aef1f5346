package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.state.Stateful;

/** A method that finds the values of a model in sweeps over its states. */
interface Sweeping extends Stateful {

  /** Backs up as many states as there are; the largest change. Nothing to do once settled. */
  double sweep();

  /** Whether another sweep would change nothing that counts. */
  boolean settled();

  /** The model. */
  FiniteModel model();

  /** The value of an action by the present values. */
  double value(int state, int action);

  /** The largest change of the last sweep. */
  double change();

  /** Sweeps until settled; the number of sweeps. */
  static int run(Sweeping method, String name, int maxSweeps) {
    int sweeps = 0;
    while (!method.settled()) {
      if (sweeps == maxSweeps) {
        throw new IllegalStateException(
            ("%s has not settled after %d sweeps, the last of which changed a value by %s; with"
                    + " gamma = 1 a loop that pays has no finite value: use gamma < 1, or a larger"
                    + " tolerance")
                .formatted(name, sweeps, method.change()));
      }
      method.sweep();
      sweeps++;
    }
    return sweeps;
  }

  /** Refuses tolerances and limits that make no sense. */
  static void check(double tolerance, int maxSweeps) {
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance must be above 0, was " + tolerance);
    }
    if (maxSweeps < 1) {
      throw new IllegalArgumentException("maxSweeps must be at least 1, was " + maxSweeps);
    }
  }
}
