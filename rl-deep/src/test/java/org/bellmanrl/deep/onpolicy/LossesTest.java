package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and their derivatives with respect to the networks' outputs, by finite differences. */
class LossesTest {
  private static final int BATCH = 24;
  private static final int SLOTS = 40;
  private static final double ENTROPY_WEIGHT = 0.3;
  private static final float STEP = 1e-2f;

  /** A batch of a head: random outputs, actions and masks. */
  private static final class Batch {
    final RandomStream random = RandomStream.ofSeed(5);
    final float[] logDeviation = new float[64];
    final float[] deviationGradient = new float[64];
    final ActionHead head;
    final int stride;
    final float[] outputs;
    final float[] gradient;
    final TakenActions taken;
    final int[] slots = new int[BATCH + 3];
    final double[] logProbability = new double[BATCH];
    final double[] entropy = new double[BATCH];
    final double[] old = new double[BATCH];
    final double[] advantage = new double[BATCH];
    final double[] weights = new double[BATCH];

    Batch(Space actions, boolean masked) {
      head = ActionHead.create(actions, logDeviation, BATCH);
      stride = head.outputs() + 2;
      outputs = new float[BATCH * stride];
      gradient = new float[BATCH * stride];
      taken = head.taken(SLOTS, masked ? head.outputs() : 0);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) random.standardNormal();
      }
      for (int d = 0; d < 3; d++) {
        logDeviation[d] = (float) random.uniform(-0.5, 0.5);
      }
      for (int i = 0; i < slots.length; i++) {
        slots[i] = random.integers(SLOTS);
      }
      for (int i = 0; i < taken.numbers.length; i++) {
        taken.numbers[i] = (float) random.standardNormal();
      }
      fillChoices(actions);
      evaluate();
      for (int i = 0; i < BATCH; i++) {
        old[i] = logProbability[i] + random.uniform(-0.4, 0.4);
        advantage[i] = random.standardNormal();
      }
    }

    private void fillChoices(Space actions) {
      int[] counts =
          switch (actions) {
            case Discrete discrete -> new int[] {discrete.n()};
            case MultiDiscrete multi -> new int[] {multi.n(0), multi.n(1)};
            case MultiBinary binary -> new int[] {2, 2};
            default -> new int[0];
          };
      int mask = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        for (int g = 0; g < counts.length; g++) {
          int choice = random.integers(counts[g]);
          taken.choices[slot * counts.length + g] = choice;
          for (int j = 0; j < counts[g] && taken.maskWidth > 0; j++) {
            taken.mask[mask++] = j == choice || random.integers(2) == 0;
          }
        }
      }
    }

    void evaluate() {
      head.evaluate(outputs, stride, taken, slots, 3, BATCH, logProbability, entropy);
    }

    double entropyLoss() {
      return -ENTROPY_WEIGHT * Losses.mean(BATCH, entropy);
    }

    /** Compares the gradient with differences of a loss that fills the weights. */
    void check(DoubleSupplier loss) {
      evaluate();
      assertThat(loss.getAsDouble()).isFinite();
      head.gradient(
          outputs,
          stride,
          taken,
          slots,
          3,
          BATCH,
          weights,
          -ENTROPY_WEIGHT / BATCH,
          gradient,
          deviationGradient);
      for (int i = 0; i < outputs.length; i++) {
        boolean padding = i % stride >= head.outputs();
        double expected = padding ? 0 : slope(outputs, i, loss);
        assertThat(gradient[i]).as("output %d", i).isCloseTo((float) expected, within(2e-4f));
      }
      for (int d = 0; d < 4; d++) {
        double expected = slope(logDeviation, d, loss);
        assertThat(deviationGradient[d])
            .as("log deviation %d", d)
            .isCloseTo((float) expected, within(2e-3f));
      }
    }

    private double slope(float[] numbers, int at, DoubleSupplier loss) {
      float before = numbers[at];
      numbers[at] = before + STEP;
      evaluate();
      double above = loss.getAsDouble();
      numbers[at] = before - STEP;
      evaluate();
      double below = loss.getAsDouble();
      numbers[at] = before;
      return (above - below) / ((before + STEP) - (double) (before - STEP));
    }

    /** Whether no row is so near to a kink of the clipped surrogate that a step crosses it. */
    void keepAwayFromKinks(double epsilon) {
      for (int i = 0; i < BATCH; i++) {
        double ratio = Math.exp(logProbability[i] - old[i]);
        for (double kink : new double[] {1 - epsilon, 1 + epsilon}) {
          if (Math.abs(ratio - kink) < 5 * STEP) {
            old[i] = logProbability[i] - Math.log(kink + 0.1);
          }
        }
      }
    }
  }

  private static Batch batch(String kind) {
    return switch (kind) {
      case "discrete" -> new Batch(new Discrete(4), false);
      case "masked" -> new Batch(new Discrete(4), true);
      case "multi" -> new Batch(new MultiDiscrete(2, 3), false);
      case "multi masked" -> new Batch(new MultiDiscrete(2, 3), true);
      case "bits" -> new Batch(new MultiBinary(2), false);
      default -> new Batch(Box.of(-1f, 1f, 3), false);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"discrete", "masked", "multi", "multi masked", "bits", "box"})
  void ppo_gradientEqualsDifferences(String kind) {
    Batch batch = batch(kind);
    batch.keepAwayFromKinks(0.2);
    batch.check(() ->
        Ppo.clippedSurrogate(
                BATCH,
                0,
                BATCH,
                batch.logProbability,
                batch.old,
                batch.advantage,
                0.2,
                batch.weights)
            + batch.entropyLoss());
  }

  @ParameterizedTest
  @ValueSource(strings = {"discrete", "masked", "multi", "multi masked", "bits", "box"})
  void a2c_gradientEqualsDifferences(String kind) {
    Batch batch = batch(kind);
    batch.check(() ->
        Losses.policyGradient(BATCH, batch.logProbability, batch.advantage, batch.weights)
            + batch.entropyLoss());
  }

  @Test
  void clippedSurrogate_equalsHandComputed() {
    double[] gradient = new double[4];
    double[] ratio = {1.5, 1.5, 0.5, 0.5};
    double[] now = new double[4];
    for (int i = 0; i < 4; i++) {
      now[i] = Math.log(ratio[i]);
    }
    double loss =
        Ppo.clippedSurrogate(
            4, 0, 4, now, new double[4], new double[] {2, -2, 2, -2}, 0.2, gradient);

    // min(3, 2.4), min(-3, -2.4), min(1, 1.6), min(-1, -1.6)
    assertThat(loss).isCloseTo(-(2.4 - 3 + 1 - 1.6) / 4, within(1e-12));
    assertThat(gradient[0]).isZero();
    assertThat(gradient[1]).isCloseTo(3.0 / 4, within(1e-12));
    assertThat(gradient[2]).isCloseTo(-1.0 / 4, within(1e-12));
    assertThat(gradient[3]).isZero();
  }

  @Test
  void valueLosses_gradientsEqualDifferences() {
    double[] value = {1, 2, -1, 0.5};
    double[] old = {0.5, 2.05, -1.02, 0.9};
    double[] target = {3, 1, 0, -1};
    double[] gradient = new double[4];
    double h = 1e-6;
    for (double range : new double[] {0.1, Double.POSITIVE_INFINITY}) {
      Ppo.valueLoss(4, 0, 4, value, old, target, range, 0.7, gradient);
      for (int i = 0; i < 4; i++) {
        double[] unused = new double[4];
        double before = value[i];
        value[i] = before + h;
        double above = Ppo.valueLoss(4, 0, 4, value, old, target, range, 0.7, unused);
        value[i] = before - h;
        double below = Ppo.valueLoss(4, 0, 4, value, old, target, range, 0.7, unused);
        value[i] = before;
        assertThat(gradient[i]).isCloseTo(0.7 * (above - below) / (2 * h), within(1e-6));
      }
    }
    double clipped = Ppo.valueLoss(4, 0, 4, value, old, target, 0.1, 1, gradient);
    // Values may be 0.6, 2, -1, 0.8.
    assertThat(clipped).isCloseTo((2.4 * 2.4 + 1 + 1 + 1.8 * 1.8) / 4, within(1e-12));
    double free = Losses.squaredError(4, value, target, 1, gradient);
    assertThat(free).isCloseTo((4 + 1 + 1 + 2.25) / 4, within(1e-12));
    assertThat(gradient[3]).isCloseTo(2 * 1.5 / 4, within(1e-12));
  }

  @Test
  void categorical_masked_hasProbabilitiesOfWhatIsAllowed() {
    ActionHead head = ActionHead.create(new Discrete(3), new float[0], 1);
    TakenActions taken = head.taken(1, 3);
    taken.mask[0] = true;
    taken.mask[2] = true;
    taken.choices[0] = 2;
    double[] logProbability = new double[1];
    double[] entropy = new double[1];
    float[] outputs = {0f, 50f, (float) Math.log(3)};
    head.evaluate(outputs, 4, taken, new int[1], 0, 1, logProbability, entropy);

    assertThat(logProbability[0]).isCloseTo(Math.log(0.75), within(1e-7));
    assertThat(entropy[0]).isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-7));
  }

  @Test
  void gaussian_hasTheDensityAndEntropyOfANormal() {
    float[] logDeviation = {(float) Math.log(2), 0f};
    ActionHead head = ActionHead.create(Box.of(-1f, 1f, 2), logDeviation, 1);
    TakenActions taken = head.taken(1, 0);
    taken.numbers[0] = 3f;
    taken.numbers[1] = -1f;
    double[] logProbability = new double[1];
    double[] entropy = new double[1];
    head.evaluate(new float[] {1f, 0f}, 4, taken, new int[1], 0, 1, logProbability, entropy);

    double first = Math.exp(-0.5) / (2 * Math.sqrt(2 * Math.PI));
    double second = Math.exp(-0.5) / Math.sqrt(2 * Math.PI);
    assertThat(logProbability[0]).isCloseTo(Math.log(first * second), within(1e-6));
    assertThat(entropy[0]).isCloseTo(Math.log(2 * Math.PI * Math.E) + Math.log(2), within(1e-6));
  }

  @Test
  void normalise_givesMeanZeroAndDeviationOne() {
    double[] x = {1, 2, 3, 4, 99};
    Losses.normalise(4, x);

    assertThat(Losses.mean(4, x)).isCloseTo(0, within(1e-12));
    assertThat(x[3] - x[0]).isCloseTo(3 / Math.sqrt(5.0 / 3), within(1e-6));
    assertThat(x[4]).isEqualTo(99);
  }
}
