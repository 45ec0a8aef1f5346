package org.bellmanrl.deep.internal.action;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.StateDependentNoise;

/**
 * The ε of {@link StateDependentNoise} for each row of an actor: drawn when an episode begins, and
 * at intervals if configured, a {@code standardNormal()} for each feature and element. Follows the
 * network's deviations while it learns.
 */
public final class ExplorationMatrices {
  private final float[] parameters;
  private final ParameterBlock logDeviations;
  private final int interval;

  /** By row, feature and element. */
  private final double[] epsilon;

  private final int each;

  /** Steps of each row since its episode began. */
  private final int[] steps;

  /**
   * Nothing drawn yet.
   *
   * @param network ends in a layer of {@link Gaussian.Deviations#EXPLORATION}
   * @param interval steps after which ε is drawn again, or -1
   */
  public ExplorationMatrices(Network network, int interval, int rows) {
    this.parameters = network.parameters();
    this.logDeviations =
        network.blocks().stream()
            .filter(block -> block.name().endsWith(StateDependentNoise.LOG_DEVIATIONS))
            .findFirst()
            .orElseThrow();
    this.interval = interval;
    this.each = logDeviations.size();
    this.epsilon = new double[Math.multiplyExact(rows, each)];
    this.steps = new int[rows];
  }

  void begin(int row) {
    steps[row] = 0;
  }

  /** Goes on to a row's next step. */
  void next(int row, RandomStream random) {
    if (steps[row] == 0 || (interval > 0 && steps[row] % interval == 0)) {
      random.fillStandardNormal(epsilon, row * each, (row + 1) * each);
    }
    steps[row]++;
  }

  /**
   * The noise of an element of a row's action.
   *
   * @param outputs the network's
   * @param at where those of this row begin
   */
  double noise(float[] outputs, int at, int row, int d) {
    int size = logDeviations.columns();
    int features = at + 3 * size;
    double sum = 0;
    for (int k = 0; k < logDeviations.rows(); k++) {
      double deviation = ExactMath.exp(parameters[logDeviations.index(k, d)]);
      sum += outputs[features + k] * deviation * epsilon[row * each + k * size + d];
    }
    return sum;
  }

  void carry(State state, int row) {
    steps[row] = state.carry("exploration_steps", steps[row]);
    state.carry("exploration", epsilon, row * each, each);
  }
}
