package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.OutputReader;
import org.bellmanrl.deep.network.NonFiniteException;

/**
 * Reads tanh of an output per element, and samples by adding noise to it, within [−1, 1]: one
 * {@code standardNormal()} per element, or nothing without noise of actions.
 */
final class NoisyReader implements OutputReader {
  private static final double REVERSION = 0.15;
  private static final double TIME_STEP = 0.01;

  private final ActionScale scale;
  private final double keep;
  private final double deviation;

  /** The noise of each row's last action. */
  private final double[] last;

  NoisyReader(ActionScale scale, ExplorationNoise noise, int rows) {
    boolean reverting = noise.kind() == ExplorationNoise.Kind.ORNSTEIN_UHLENBECK;
    this.scale = scale;
    this.keep = reverting ? 1 - REVERSION * TIME_STEP : 0;
    this.deviation =
        switch (noise.kind()) {
          case NONE, ADAPTIVE_PARAM -> 0;
          case NORMAL -> noise.deviation();
          case ORNSTEIN_UHLENBECK -> noise.deviation() * Math.sqrt(TIME_STEP);
        };
    this.last = new double[Math.multiplyExact(rows, scale.size())];
  }

  @Override
  public void mode(float[] outputs, int at, Observations observations, int row, Actions actions) {
    for (int d = 0; d < scale.size(); d++) {
      write(outputs[at + d], 0, d, row, actions);
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
    for (int d = 0; d < scale.size(); d++) {
      int e = row * scale.size() + d;
      if (deviation > 0) {
        last[e] = keep * last[e] + deviation * random.standardNormal();
      }
      write(outputs[at + d], last[e], d, row, actions);
    }
  }

  private void write(double u, double noise, int d, int row, Actions actions) {
    if (!Double.isFinite(u)) {
      throw new NonFiniteException(
          "an action must be finite, element %d in row %d is %s".formatted(d, row, u));
    }
    double unit = Math.max(-1, Math.min(1, ExactMath.tanh(u) + noise));
    actions.values().floats()[row * scale.size() + d] = scale.played(d, unit);
  }

  @Override
  public void begin(int row) {
    Arrays.fill(last, row * scale.size(), (row + 1) * scale.size(), 0);
  }

  @Override
  public void carry(State state, int row) {
    state.carry("noise", last, row * scale.size(), scale.size());
  }
}
