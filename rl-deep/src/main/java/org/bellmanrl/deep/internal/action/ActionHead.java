package org.bellmanrl.deep.internal.action;

import java.util.Arrays;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.jspecify.annotations.Nullable;

/**
 * A distribution over actions whose parameters are the outputs of a network: π(a|s).
 *
 * <p>A head is scratch space over parameters that belong to its owner; each actor and each learner
 * has its own. {@link #evaluate} and {@link #gradient} work on a batch, row i of which belongs to
 * slot {@code slots[from + i]} of the actions taken. Not thread-safe.
 */
public abstract sealed class ActionHead implements OutputReader
    permits CategoricalHead, GaussianHead {
  /** The extra column that holds ln π(a|s) of the action taken. */
  public static final String LOG_PROBABILITY = "log_probability";

  /** Number of outputs that the network must have. */
  public abstract int outputs();

  /**
   * What {@link #sample} records beside an action, {@link #LOG_PROBABILITY} first. There may be
   * other columns, whose names come before these.
   */
  public abstract Dict extras();

  /** How many parameters there are beside the network's, as {@link #create} takes them. */
  public static int parameters(Space actionSpace) {
    return actionSpace instanceof Box box ? box.size() : 0;
  }

  /**
   * Returns how many choices each element of an action has, as the network's outputs stand one
   * element after the other; none if actions are numbers.
   *
   * @throws IllegalArgumentException if the actions are nested
   */
  public static int[] choices(Space actions) {
    return switch (actions) {
      case Discrete discrete -> new int[] {discrete.n()};
      case MultiDiscrete multi -> {
        int[] counts = new int[multi.size()];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = multi.n(i);
        }
        yield counts;
      }
      case MultiBinary binary -> {
        int[] counts = new int[binary.n()];
        Arrays.fill(counts, 2);
        yield counts;
      }
      case Box box -> new int[0];
      default ->
          throw new IllegalArgumentException(
              "actions must be Discrete, MultiDiscrete, MultiBinary or a Box, were " + actions);
    };
  }

  /**
   * A head of the {@link Gaussian#USUAL} kind for batches of up to {@code maxRows} rows.
   *
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param parameters those beside the network's: the logarithms of a Gaussian's deviations
   */
  public static ActionHead create(Space actionSpace, float[] parameters, int maxRows) {
    return create(actionSpace, Gaussian.USUAL, parameters, null, maxRows);
  }

  /**
   * A head for batches of up to {@code maxRows} rows.
   *
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param gaussian of numbers, what the outputs say
   * @param parameters those beside the network's: the logarithms of a Gaussian's deviations
   * @param exploration noise for actions that are drawn, if they depend on it
   */
  public static ActionHead create(
      Space actionSpace,
      Gaussian gaussian,
      float[] parameters,
      @Nullable ExplorationMatrices exploration,
      int maxRows) {
    return actionSpace instanceof Box box
        ? new GaussianHead(box, gaussian, parameters, exploration)
        : new CategoricalHead(actionSpace, maxRows);
  }

  /** Room for actions. */
  public abstract TakenActions taken(int slots, int maskWidth);

  /** Keeps the action of a row, and the mask that it was chosen under. */
  public abstract void take(Transitions transitions, int row, TakenActions into, int slot);

  /** Computes ln π(a|s) and the entropy of π(·|s) for each row of a batch. */
  public abstract void evaluate(
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
  public abstract void gradient(
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
}
