package org.bellmanrl.deep.internal.action;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.NonFiniteException;
import org.jspecify.annotations.Nullable;

/**
 * Independent normal distributions, the means from the network, the deviations as {@link Gaussian}
 * says.
 *
 * <p>The action that is played is clipped to the bounds of its space, as Stable-Baselines3 does it,
 * or squeezed into them by tanh; the one that was drawn comes along as an extra column, from which
 * probabilities are taken.
 *
 * <pre>
 * ln π(a|s) = Σ_d −(a_d − μ_d)² / (2 σ_d²) − ln σ_d − ½ ln 2π
 * H = Σ_d ½ + ½ ln 2π + ln σ_d
 * </pre>
 *
 * <p>Of squeezed actions ln π is less by Σ_d ln(1 − tanh² a_d), that of actions scaled to (−1, 1),
 * and the entropy, which has no closed form, is estimated as −ln π of the action that was taken.
 */
final class GaussianHead extends ActionHead {
  /** The extra column that holds the action before it was clipped. */
  static final String UNCLIPPED = "unclipped_action";

  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private final int size;
  private final Gaussian gaussian;
  private final ActionScale scale;
  private final @Nullable ExplorationMatrices exploration;
  private final float[] parameters;
  private final Dict extras;

  // Of the row that was read last.
  private final double[] logDeviation;
  private final double[] deviation;
  private final double[] inverseVariance;
  private final double[] deviationGradient;

  /**
   * A head of these parameters.
   *
   * @param parameters ln σ per element, read again at each call; may be longer
   * @throws IllegalArgumentException if actions are to be squeezed into infinite bounds
   */
  GaussianHead(
      Box actions,
      Gaussian gaussian,
      float[] parameters,
      @Nullable ExplorationMatrices exploration) {
    if (gaussian.squashed() && !actions.bounded()) {
      throw new IllegalArgumentException(
          "squash=true needs actions within finite bounds, were " + actions);
    }
    this.gaussian = gaussian;
    this.scale = new ActionScale(actions);
    this.exploration = exploration;
    this.size = actions.size();
    this.parameters = parameters;
    this.logDeviation = new double[size];
    Box unbounded = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1);
    Box drawn = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, size);
    this.extras = Dict.of(Map.of(LOG_PROBABILITY, unbounded, UNCLIPPED, drawn));
    this.deviation = new double[size];
    this.inverseVariance = new double[size];
    this.deviationGradient = new double[size];
  }

  @Override
  public int outputs() {
    return gaussian.deviations() == Gaussian.Deviations.PARAMETERS ? size : 2 * size;
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

  /** Reads the deviations of a row, whose outputs begin at {@code at}. */
  private void readDeviations(float[] outputs, int at) {
    for (int d = 0; d < size; d++) {
      double variance;
      if (gaussian.deviations() == Gaussian.Deviations.EXPLORATION) {
        variance = outputs[at + size + d];
        logDeviation[d] = 0.5 * ExactMath.log(variance);
        deviation[d] = Math.sqrt(variance);
      } else if (gaussian.deviations() == Gaussian.Deviations.SOFTPLUS) {
        double p = Math.max(SquashedReader.LEAST_LOG_DEVIATION, outputs[at + size + d]);
        double small = ExactMath.exp(-Math.abs(p));
        deviation[d] = Math.max(p, 0) + ExactMath.log(1 + small);
        logDeviation[d] = ExactMath.log(deviation[d]);
        variance = deviation[d] * deviation[d];
      } else {
        logDeviation[d] =
            gaussian.deviations() == Gaussian.Deviations.PARAMETERS
                ? parameters[d]
                : SquashedReader.clamp(outputs[at + size + d]);
        deviation[d] = ExactMath.exp(logDeviation[d]);
        variance = deviation[d] * deviation[d];
      }
      inverseVariance[d] = 1 / variance;
    }
  }

  /** What is played for an element that was drawn. */
  private float played(int d, double drawn) {
    return gaussian.squashed() ? scale.played(d, ExactMath.tanh(drawn)) : scale.clip(d, drawn);
  }

  /** By how much ln π of an element is less because it is squeezed. */
  private double squeeze(double drawn) {
    return gaussian.squashed() ? SquashedReader.logSlope(drawn) : 0;
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
    readDeviations(outputs, at);
    if (exploration != null) {
      exploration.next(row, random);
    }
    for (int d = 0; d < size; d++) {
      requireFinite(outputs[at + d], d, row);
      double noise =
          exploration == null
              ? deviation[d] * random.standardNormal()
              : exploration.noise(outputs, at, row, d);
      float drawn = (float) (outputs[at + d] + noise);
      double z = (drawn - outputs[at + d]) / deviation[d];
      logProbability += -0.5 * z * z - logDeviation[d] - HALF_LOG_2PI - squeeze(drawn);
      played[row * size + d] = played(d, drawn);
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
      actions.values().floats()[row * size + d] = played(d, outputs[at + d]);
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
    for (int i = 0; i < count; i++) {
      readDeviations(outputs, i * stride);
      int action = slots[from + i] * size;
      double logScale = 0;
      double squares = 0;
      double squeezes = 0;
      for (int d = 0; d < size; d++) {
        double drawn = taken.numbers[action + d];
        double error = drawn - outputs[i * stride + d];
        squares += error * error * inverseVariance[d];
        logScale += logDeviation[d] + HALF_LOG_2PI;
        squeezes += squeeze(drawn);
      }
      logProbability[i] = -0.5 * squares - logScale - squeezes;
      entropy[i] = gaussian.squashed() ? -logProbability[i] : 0.5 * size + logScale;
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
    double free = gaussian.squashed() ? 0 : entropyWeight;
    for (int d = 0; d < size; d++) {
      deviationGradient[d] = free * count;
    }
    for (int i = 0; i < count; i++) {
      readDeviations(outputs, i * stride);
      int action = slots[from + i] * size;
      double w = gaussian.squashed() ? weights[i] - entropyWeight : weights[i];
      for (int d = 0; d < size; d++) {
        int at = i * stride + d;
        double error = taken.numbers[action + d] - outputs[at];
        double scaled = error * inverseVariance[d];
        into[at] = (float) (w * scaled);
        double toLogDeviation = w * (error * scaled - 1);
        switch (gaussian.deviations()) {
          case PARAMETERS -> deviationGradient[d] += toLogDeviation;
          case OUTPUTS -> {
            boolean inside = logDeviation[d] == outputs[at + size];
            into[at + size] = inside ? (float) (toLogDeviation + free) : 0;
          }
          case SOFTPLUS -> {
            double p = outputs[at + size];
            // d ln σ / dp = logistic(p) / σ
            double slope = 1 / ((1 + ExactMath.exp(-p)) * deviation[d]);
            boolean inside = p > SquashedReader.LEAST_LOG_DEVIATION;
            into[at + size] = inside ? (float) ((toLogDeviation + free) * slope) : 0;
          }
          case EXPLORATION ->
              into[at + size] = (float) (0.5 * inverseVariance[d] * (toLogDeviation + free));
        }
      }
      if (gaussian.deviations() == Gaussian.Deviations.EXPLORATION) {
        Arrays.fill(into, i * stride + 2 * size, (i + 1) * stride, 0f);
      }
    }
    if (gaussian.deviations() == Gaussian.Deviations.PARAMETERS) {
      for (int d = 0; d < size; d++) {
        parameterGradients[d] += (float) deviationGradient[d];
      }
    }
  }
}
