package org.bellmanrl.deep.internal.action;

import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.NonFiniteException;

/**
 * Independent normal distributions, the means from the network, the deviations parameters of their
 * own that no state changes.
 *
 * <p>The action that is played is clipped to the bounds of its space, as Stable-Baselines3 does it;
 * the one that was drawn comes along as an extra column, and it is of this one that probabilities
 * are taken.
 *
 * <pre>
 * ln π(a|s) = Σ_d −(a_d − μ_d)² / (2 σ_d²) − ln σ_d − ½ ln 2π
 * H = Σ_d ½ + ½ ln 2π + ln σ_d
 * </pre>
 */
final class GaussianHead extends ActionHead {
  /** The extra column that holds the action before it was clipped. */
  static final String UNCLIPPED = "unclipped_action";

  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private final int size;
  private final float[] low;
  private final float[] high;
  private final float[] logDeviation;
  private final Dict extras;
  private final double[] deviation;
  private final double[] inverseVariance;
  private final double[] deviationGradient;

  /**
   * A head of these parameters.
   *
   * @param logDeviation ln σ per element, read again at each call; may be longer
   */
  GaussianHead(Box actions, float[] logDeviation) {
    this.size = actions.size();
    this.low = new float[size];
    this.high = new float[size];
    for (int d = 0; d < size; d++) {
      low[d] = actions.low(d);
      high[d] = actions.high(d);
    }
    this.logDeviation = logDeviation;
    Box unbounded = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1);
    Box drawn = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, size);
    this.extras = Dict.of(Map.of(LOG_PROBABILITY, unbounded, UNCLIPPED, drawn));
    this.deviation = new double[size];
    this.inverseVariance = new double[size];
    this.deviationGradient = new double[size];
  }

  @Override
  public int outputs() {
    return size;
  }

  @Override
  public Dict extras() {
    return extras;
  }

  @Override
  public TakenActions taken(int slots, int maskWidth) {
    return new TakenActions(slots, 0, size, maskWidth);
  }

  @Override
  public void take(Transitions transitions, int row, TakenActions into, int slot) {
    Columns recorded = transitions.actions().extras();
    int end = (row + 1) * recorded.layout().floats();
    System.arraycopy(recorded.floats(), end - size, into.numbers, slot * size, size);
  }

  private float clip(int d, double value) {
    return Math.max(low[d], Math.min(high[d], (float) value));
  }

  @Override
  public void sample(
      float[] outputs,
      int at,
      Observations observations,
      int row,
      RandomStream random,
      Actions actions) {
    float[] played = actions.values().floats();
    float[] recorded = actions.extras().floats();
    int drawnAt = (row + 1) * actions.extras().layout().floats() - size;
    double logProbability = 0;
    for (int d = 0; d < size; d++) {
      requireFinite(outputs[at + d], d, row);
      double sigma = ExactMath.exp(logDeviation[d]);
      float drawn = (float) (outputs[at + d] + sigma * random.standardNormal());
      double z = (drawn - outputs[at + d]) / sigma;
      logProbability += -0.5 * z * z - logDeviation[d] - HALF_LOG_2PI;
      played[row * size + d] = clip(d, drawn);
      if (recorded.length > 0) {
        recorded[drawnAt + d] = drawn;
      }
    }
    if (recorded.length > 0) {
      recorded[drawnAt - 1] = (float) logProbability;
    }
  }

  @Override
  public void mode(float[] outputs, int at, Observations observations, int row, Actions actions) {
    for (int d = 0; d < size; d++) {
      requireFinite(outputs[at + d], d, row);
      actions.values().floats()[row * size + d] = clip(d, outputs[at + d]);
    }
  }

  private static void requireFinite(float mean, int d, int row) {
    if (!Float.isFinite(mean)) {
      throw new NonFiniteException(
          "the mean of an action must be finite, element %d in row %d is %s"
              .formatted(d, row, mean));
    }
  }

  @Override
  public void evaluate(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] logProbability,
      double[] entropy) {
    double logScale = 0;
    for (int d = 0; d < size; d++) {
      deviation[d] = ExactMath.exp(logDeviation[d]);
      inverseVariance[d] = 1 / (deviation[d] * deviation[d]);
      logScale += logDeviation[d] + HALF_LOG_2PI;
    }
    for (int i = 0; i < count; i++) {
      int action = slots[from + i] * size;
      double squares = 0;
      for (int d = 0; d < size; d++) {
        double error = taken.numbers[action + d] - outputs[i * stride + d];
        squares += error * error * inverseVariance[d];
      }
      logProbability[i] = -0.5 * squares - logScale;
      entropy[i] = 0.5 * size + logScale;
    }
  }

  @Override
  public void gradient(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] weights,
      double entropyWeight,
      float[] into,
      float[] parameterGradients) {
    for (int d = 0; d < size; d++) {
      deviationGradient[d] = entropyWeight * count;
    }
    for (int i = 0; i < count; i++) {
      int action = slots[from + i] * size;
      double w = weights[i];
      for (int d = 0; d < size; d++) {
        double error = taken.numbers[action + d] - outputs[i * stride + d];
        double scaled = error * inverseVariance[d];
        into[i * stride + d] = (float) (w * scaled);
        deviationGradient[d] += w * (error * scaled - 1);
      }
    }
    for (int d = 0; d < size; d++) {
      parameterGradients[d] += (float) deviationGradient[d];
    }
  }
}
