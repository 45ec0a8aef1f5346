package org.bellmanrl.deep.internal.action;

import java.util.List;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.StateDependentNoise;

/**
 * What the outputs of a network say of normally distributed actions; the means come first.
 *
 * @param deviations where the deviations come from
 * @param squashed whether actions are squeezed into their bounds by tanh, rather than clipped
 * @param interval of {@link Deviations#EXPLORATION}: steps after which ε is drawn again; -1 for
 *     only when an episode begins
 * @param logDeviation what all logarithms of deviations are at first
 */
public record Gaussian(Deviations deviations, boolean squashed, int interval, double logDeviation) {
  /** Deviations that no state changes, of actions that are clipped. */
  public static final Gaussian USUAL = new Gaussian(Deviations.PARAMETERS, false, -1, 0);

  /** Where deviations come from. */
  public enum Deviations {
    /** The logarithms are parameters beside the network's, or there are no deviations. */
    PARAMETERS,
    /** The logarithms are outputs, behind the means. */
    OUTPUTS,
    /** Behind the means come outputs p; the deviations are softplus(p) = ln(1 + exp p). */
    SOFTPLUS,
    /**
     * Behind the means come the variances of {@link StateDependentNoise}, its noise, and the
     * numbers that enter it.
     */
    EXPLORATION
  }

  /**
   * The last layer of a network.
   *
   * @param size elements of an action
   * @param features numbers that enter the layer
   * @param start of the weights
   * @param learnsFeatures whether the noise of exploration changes what enters it
   */
  public LayerSpec layer(int size, int features, Initialisation start, boolean learnsFeatures) {
    Dense means = new Dense(size, Activation.NONE, start);
    return switch (deviations) {
      case PARAMETERS -> means;
      case OUTPUTS, SOFTPLUS -> new Dense(Math.multiplyExact(2, size), Activation.NONE, start);
      case EXPLORATION ->
          new Parallel(
              List.of(
                  branch(features, means),
                  branch(features, new StateDependentNoise(size, logDeviation, learnsFeatures)),
                  Parallel.Branch.unchanged(0, features)));
    };
  }

  /** Returns whether a policy that draws such actions can be written down as one. */
  public boolean portable() {
    return deviations == Deviations.PARAMETERS && !squashed;
  }

  private static Parallel.Branch branch(int features, LayerSpec layer) {
    return new Parallel.Branch(0, List.of(features), List.of(layer));
  }

  /** The network without what its outputs say besides the means. */
  public static Network means(Network network, int size) {
    return network.outputSize() == size
        ? network
        : network.followedBy(new Parallel(List.of(Parallel.Branch.unchanged(0, size))));
  }
}
