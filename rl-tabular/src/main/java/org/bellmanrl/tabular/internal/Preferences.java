package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.Observations;
import org.bellmanrl.tabular.table.QTable;

/** The softmax of preferences for the actions that a row allows. */
public final class Preferences {
  private Preferences() {}

  /**
   * Computes the probabilities that {@link org.bellmanrl.tabular.policy.Softmax} at temperature 1
   * draws by.
   *
   * @param h preferences
   * @param first entry of the state's first action
   * @param index the numbering of the actions
   * @param observations may have a mask
   * @param row which of them
   * @param probabilities takes one for each action, 0 for those that are not allowed
   */
  public static void softmax(
      QTable h,
      int first,
      ActionIndex index,
      Observations observations,
      int row,
      double[] probabilities) {
    double max = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < index.size(); a++) {
      if (index.allows(observations, row, a)) {
        max = Math.max(max, h.get(first + a));
      }
    }
    double sum = 0;
    for (int a = 0; a < index.size(); a++) {
      // StrictMath: the same bits on every machine and at every level of compilation.
      probabilities[a] =
          index.allows(observations, row, a) ? StrictMath.exp(h.get(first + a) - max) : 0;
      sum += probabilities[a];
    }
    for (int a = 0; a < index.size(); a++) {
      probabilities[a] /= sum;
    }
  }
}
