package org.bellmanrl.deep.internal.action;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.NonFiniteException;
import org.jspecify.annotations.Nullable;

/**
 * Reads actions within finite bounds: an output per element, squeezed into (−1, 1) by tanh and
 * stretched to the bounds.
 *
 * <p>If there is noise, as many outputs follow, the logarithms of its deviations, each taken as
 * {@value #LEAST_LOG_DEVIATION} or {@value #LARGEST_LOG_DEVIATION} beyond these: an action is drawn
 * by adding normal noise before it is squeezed, one {@code standardNormal()} per element, or the
 * noise of {@link ExplorationMatrices}.
 */
public final class SquashedReader implements OutputReader {
  /** The smallest logarithm of a deviation. */
  public static final double LEAST_LOG_DEVIATION = -20;

  /** The largest logarithm of a deviation. */
  public static final double LARGEST_LOG_DEVIATION = 2;

  private static final double LN_2 = 0.6931471805599453;

  private final ActionScale scale;

  /** The noise, unless there are deviations. */
  private final @Nullable ExplorationMatrices exploration;

  /** Reads actions of a scale. */
  public SquashedReader(ActionScale scale) {
    this(scale, null);
  }

  /** The same with noise that depends on the state. */
  public SquashedReader(ActionScale scale, @Nullable ExplorationMatrices exploration) {
    this.scale = scale;
    this.exploration = exploration;
  }

  /** Returns ln(1 − tanh² u), exactly also where tanh u rounds to ±1. */
  static double logSlope(double u) {
    double distance = Math.abs(u);
    return 2 * (LN_2 - distance - ExactMath.log(1 + ExactMath.exp(-2 * distance)));
  }

  /** Returns a logarithm of a deviation as it is taken. */
  public static double clamp(double logDeviation) {
    return Math.max(LEAST_LOG_DEVIATION, Math.min(LARGEST_LOG_DEVIATION, logDeviation));
  }

  @Override
  public void mode(float[] outputs, int at, Observations observations, int row, Actions actions) {
    for (int d = 0; d < scale.size(); d++) {
      write(outputs[at + d], d, row, actions);
    }
  }

  @Override
  public void sample(
      float[] outputs,
      int at,
      Observations observations,
      int row,
      RandomStream random,
      Actions actions) {
    int size = scale.size();
    if (exploration != null) {
      exploration.next(row, random);
      for (int d = 0; d < size; d++) {
        write(outputs[at + d] + exploration.noise(outputs, at, row, d), d, row, actions);
      }
      return;
    }
    for (int d = 0; d < size; d++) {
      double deviation = ExactMath.exp(clamp(outputs[at + size + d]));
      write(outputs[at + d] + deviation * random.standardNormal(), d, row, actions);
    }
  }

  @Override
  public void begin(int row) {
    if (exploration != null) {
      exploration.begin(row);
    }
  }

  @Override
  public void carry(State state, int row) {
    if (exploration != null) {
      exploration.carry(state, row);
    }
  }

  private void write(double u, int d, int row, Actions actions) {
    if (!Double.isFinite(u)) {
      throw new NonFiniteException(
          "an action must be finite, element %d in row %d is %s".formatted(d, row, u));
    }
    actions.values().floats()[row * scale.size() + d] = scale.played(d, ExactMath.tanh(u));
  }
}
