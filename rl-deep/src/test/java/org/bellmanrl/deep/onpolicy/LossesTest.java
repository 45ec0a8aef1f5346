package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bellmanrl.deep.internal.action.Gaussian.Deviations.EXPLORATION;
import static org.bellmanrl.deep.internal.action.Gaussian.Deviations.OUTPUTS;
import static org.bellmanrl.deep.internal.action.Gaussian.Deviations.PARAMETERS;

import java.util.function.DoubleSupplier;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.StateDependentNoise;
import org.bellmanrl.deep.network.Workspace;
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
      this(actions, masked, Gaussian.USUAL);
    }

    Batch(Space actions, boolean masked, Gaussian gaussian) {
      head = ActionHead.create(actions, gaussian, logDeviation, null, BATCH);
      stride = head.outputs() + 2;
      outputs = new float[BATCH * stride];
      gradient = new float[BATCH * stride];
      taken = head.taken(SLOTS, masked ? head.outputs() : 0);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) random.standardNormal();
      }
      for (int i = 0; i < BATCH && gaussian.deviations() == EXPLORATION; i++) {
        for (int d = 3; d < 6; d++) {
          outputs[i * stride + d] = (float) random.uniform(0.5, 2);
        }
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
      case "squashed" -> gaussian(PARAMETERS, true);
      case "state" -> gaussian(OUTPUTS, false);
      case "squashed state" -> gaussian(OUTPUTS, true);
      case "exploration" -> gaussian(EXPLORATION, false);
      case "squashed exploration" -> gaussian(EXPLORATION, true);
      default -> new Batch(Box.of(-1f, 1f, 3), false);
    };
  }

  private static Batch gaussian(Gaussian.Deviations deviations, boolean squashed) {
    return new Batch(Box.of(-1f, 1f, 3), false, new Gaussian(deviations, squashed, -1, 0));
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
  @ValueSource(
      strings = {
        "discrete",
        "masked",
        "multi",
        "multi masked",
        "bits",
        "box",
        "squashed",
        "state",
        "squashed state",
        "exploration",
        "squashed exploration"
      })
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

  /** By PyTorch: Normal(...).log_prob(u), and TanhTransform's log_abs_det_jacobian. */
  @Test
  void gaussian_ofOutputs_equalsTheReference() {
    float[] means = {0.3f, -0.8f, -0.5f, 0.2f};
    assertThat(logProbability(OUTPUTS, false, means)).isCloseTo(-1.71290031, within(1e-6));
    assertThat(logProbability(OUTPUTS, true, means)).isCloseTo(-0.17114564, within(1e-6));
  }

  /** By PyTorch, from the formula of Stable-Baselines3: variance = h² · exp(ln σ)² + 10⁻⁶. */
  @Test
  void gaussian_ofExploration_equalsTheReference() {
    NetworkSpec spec = NetworkSpec.of(InputSpec.vector(3), new StateDependentNoise(2, 0, false));
    Network network = Network.create(spec, RandomStream.ofSeed(0));
    float[][] logDeviations = {{-0.2f, 0.4f}, {-1f, 0.1f}, {0.3f, -0.6f}};
    for (int k = 0; k < 3; k++) {
      for (int d = 0; d < 2; d++) {
        network.parameters()[network.blocks().getFirst().index(k, d)] = logDeviations[k][d];
      }
    }
    Workspace one = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(new float[] {0.5f, -1.2f, 0.3f}, 0, one.inputs(), 0, 3);
    network.forward(one, 1);
    float[] outputs = {0.3f, -0.8f, one.outputs()[0], one.outputs()[1]};
    assertThat(logProbability(EXPLORATION, false, outputs)).isCloseTo(-2.05748857, within(1e-6));
    assertThat(logProbability(EXPLORATION, true, outputs)).isCloseTo(-0.51573390, within(1e-6));
  }

  private static double logProbability(
      Gaussian.Deviations deviations, boolean squashed, float[] outputs) {
    Gaussian gaussian = new Gaussian(deviations, squashed, -1, 0);
    ActionHead head = ActionHead.create(Box.of(-1f, 1f, 2), gaussian, new float[2], null, 1);
    TakenActions taken = head.taken(1, 0);
    taken.numbers[0] = 0.1f;
    taken.numbers[1] = -1.4f;
    double[] logProbability = new double[1];
    double[] entropy = new double[1];
    head.evaluate(outputs, 4, taken, new int[1], 0, 1, logProbability, entropy);
    if (squashed) {
      assertThat(entropy[0]).isEqualTo(-logProbability[0]);
    }
    return logProbability[0];
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
