package org.bellmanrl.deep.onpolicy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Space;

/**
 * A distribution over actions whose parameters are the outputs of a network: π(a|s).
 *
 * <p>A head is scratch space over parameters that belong to someone else; each actor and each
 * learner has its own. {@link #evaluate} and {@link #gradient} work on a batch, row i of which
 * belongs to slot {@code slots[from + i]} of the actions taken. Not thread-safe.
 */
abstract sealed class ActionHead permits CategoricalHead, GaussianHead {
  /** The extra column that holds ln π(a|s) of the action taken. */
  static final String LOG_PROBABILITY = "log_probability";

  /** Number of outputs that the network must have. */
  abstract int outputs();

  /** What is recorded beside an action, {@link #LOG_PROBABILITY} first. */
  abstract Dict extras();

  /** How many parameters there are beside the network's, as {@link #create} takes them. */
  static int parameters(Space actionSpace) {
    return actionSpace instanceof Box box ? box.size() : 0;
  }

  /**
   * A head for batches of up to {@code maxRows} rows.
   *
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param parameters those beside the network's: the logarithms of a Gaussian's deviations
   */
  static ActionHead create(Space actionSpace, float[] parameters, int maxRows) {
    return actionSpace instanceof Box box
        ? new GaussianHead(box, parameters)
        : new CategoricalHead(actionSpace, maxRows);
  }

  /**
   * Draws an action into a row.
   *
   * @param outputs the network's
   * @param at where those of this row begin
   * @return ln π(a|s)
   */
  abstract double sample(
      float[] outputs,
      int at,
      Observations observations,
      int row,
      RandomStream random,
      Actions actions);

  /** Writes the likeliest action into a row; of several the first. */
  abstract void mode(float[] outputs, int at, Observations observations, int row, Actions actions);

  /** Room for actions. */
  abstract TakenActions taken(int slots, int maskWidth);

  /** Keeps the action of a row, and the mask that it was chosen under. */
  abstract void take(Transitions transitions, int row, TakenActions into, int slot);

  /** Computes ln π(a|s) and the entropy of π(·|s) for each row of a batch. */
  abstract void evaluate(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] logProbability,
      double[] entropy);

  /**
   * The gradient of Σᵢ wᵢ · ln π(aᵢ|sᵢ) + e · Σᵢ entropyᵢ with respect to the outputs, for the
   * batch that {@link #evaluate} has just seen.
   *
   * @param weights w
   * @param entropyWeight e
   * @param into takes the gradient of the outputs
   * @param parameterGradients to this is added the gradient of the head's own parameters
   */
  abstract void gradient(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] weights,
      double entropyWeight,
      float[] into,
      float[] parameterGradients);

  /** Keeps the mask of the row that was acted in. */
  static void takeMask(Transitions transitions, int row, TakenActions into, int slot) {
    int width = into.maskWidth;
    if (width > 0) {
      boolean[] mask = transitions.observations().mask();
      System.arraycopy(mask, row * width, into.mask, slot * width, width);
    }
  }
}
