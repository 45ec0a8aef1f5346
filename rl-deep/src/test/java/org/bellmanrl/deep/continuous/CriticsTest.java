package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.junit.jupiter.api.Test;

/** The parts of an update against numbers computed by hand and by differences. */
class CriticsTest {
  private static final int ROWS = 12;
  private static final int OBSERVATION = 3;
  private static final int ACTION = 2;

  private final RandomStream random = RandomStream.ofSeed(11);
  private final CriticInputs inputs =
      new CriticInputs(new ObservationEncoder(Box.of(-1f, 1f, OBSERVATION)), ACTION);
  private final ReplayBatch batch =
      new Replay(
              EnvironmentSpec.of("Task", Box.of(-1f, 1f, OBSERVATION), Box.of(-1f, 1f, ACTION)),
              1,
              ReplayConfig.uniform(ROWS, 0.5))
          .batch(ROWS);
  private final TargetedCritics critics = critics(2, 2, CriticReduction.SMALLEST);

  /** At S, and at S' as well. */
  private final float[] observations = batch.observations().floats();

  private final double[] actions = new double[ROWS * ACTION];

  CriticsTest() {
    for (int i = 0; i < observations.length; i++) {
      observations[i] = (float) random.uniform(-1, 1);
      batch.nextObservations().floats()[i] = observations[i];
    }
    for (int i = 0; i < actions.length; i++) {
      actions[i] = random.uniform(-1, 1);
    }
  }

  private TargetedCritics critics(int count, int asked, CriticReduction reduction) {
    NetworkSpec spec = NetworkSpec.mlp(OBSERVATION + ACTION, 1, Activation.TANH, 16, 16);
    Network[] networks = new Network[count];
    for (int k = 0; k < count; k++) {
      networks[k] = Network.create(spec, random);
      // Away from the start, where values hardly differ.
      float[] parameters = networks[k].parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 2;
      }
    }
    CriticsPlan plan =
        new CriticsPlan(
            Trunk.of(Activation.TANH, 16, 16),
            count,
            asked,
            new SquaredError(),
            reduction,
            new Adam());
    return new TargetedCritics(plan, networks, inputs, batch, 0, random);
  }

  private double step(double[] targets, double rate) {
    critics.taken(actions);
    return critics.step(targets, rate);
  }

  private double[] targets(TargetedCritics of) {
    double[] into = new double[ROWS];
    of.next(actions);
    of.targets(into);
    return into;
  }

  private void pairs(float[] into) {
    for (int row = 0; row < ROWS; row++) {
      inputs.pair(batch.observations(), row, actions, row, into, row);
    }
  }

  /** Q of a critic, by a separate pass. */
  private double value(int k, int row, double... action) {
    Network network = critics.online[k];
    Workspace single = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(observations, row * OBSERVATION, single.inputs(), 0, OBSERVATION);
    for (int d = 0; d < ACTION; d++) {
      single.inputs()[OBSERVATION + d] = (float) action[d];
    }
    network.forward(single, 1);
    return single.outputs()[0];
  }

  @Test
  void softTargets_equalHandComputed() {
    double[] targets = {4, 9, -2};
    SoftActorCritic.soften(3, targets, 0.5, new double[] {-2, 7, 4});
    ContinuousControl.bootstrap(3, new float[] {1, 2, -1}, new float[] {0.5f, 0, 0.25f}, targets);

    // The second is terminal.
    assertThat(targets).containsExactly(1 + 0.5 * 5, 2, -1 + 0.25 * -4);
    double[] atoms = {1, 2, 3, 4};
    SoftActorCritic.soften(2, atoms, 2, new double[] {1, -1});
    assertThat(atoms).containsExactly(-1, 0, 5, 6);
    assertThat(SoftActorCritic.policyLoss(2, 0.5, new double[] {-2, 4}, new double[] {3, 1}))
        .isEqualTo((-1 - 3 + 2 - 1) / 2.0);
  }

  @Test
  void squaredError_equalsHandComputed() {
    float[] gradient = {0, 8, 0, 8};
    double loss =
        new SquaredError().loss(2, new float[] {1, 8, 5, 8}, 2, new double[] {3, 4}, 1, gradient);

    assertThat(loss).isEqualTo((0.5 * 4 + 0.5) / 2);
    assertThat(gradient).containsExactly(-1, 8, 0.5f, 8);
  }

  @Test
  void values_areTheSmallerOnesAndGradientsEqualDifferences() {
    double[] values = new double[ROWS];
    double[] gradients = new double[ROWS * ACTION];
    critics.values(actions, -0.25, values, gradients);

    boolean[] smaller = new boolean[2];
    for (int row = 0; row < ROWS; row++) {
      double x = actions[row * ACTION];
      double y = actions[row * ACTION + 1];
      double first = value(0, row, x, y);
      double second = value(1, row, x, y);
      int k = first <= second ? 0 : 1;
      smaller[k] = true;
      assertThat(values[row]).isCloseTo(Math.min(first, second), within(1e-6));
      double h = 1e-2;
      double byX = (value(k, row, x + h, y) - value(k, row, x - h, y)) / (2 * h);
      double byY = (value(k, row, x, y + h) - value(k, row, x, y - h)) / (2 * h);
      assertThat(gradients[row * ACTION]).isCloseTo(-0.25 * byX, within(1e-4));
      assertThat(gradients[row * ACTION + 1]).isCloseTo(-0.25 * byY, within(1e-4));
    }
    assertThat(smaller).containsOnly(true);
  }

  /** mean(α ln π − min Q) by the outputs of the policy network, through both critics. */
  @Test
  void policyLoss_gradientWithRespectToOutputs_equalsDifferences() {
    double alpha = 0.3;
    int stride = 4;
    float[] outputs = new float[ROWS * stride];
    double[] noise = new double[ROWS * ACTION];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) random.uniform(-1, 0.5);
    }
    random.fillStandardNormal(noise, 0, noise.length);
    SquashedGaussian distribution = new SquashedGaussian(ACTION, ROWS, false);
    double[] slopes = new double[ROWS * ACTION];
    loss(alpha, outputs, noise, distribution, slopes);
    float[] gradient = new float[outputs.length];
    distribution.gradient(outputs, stride, ROWS, alpha / ROWS, slopes, gradient);

    double[] unused = new double[slopes.length];
    float h = 5e-3f;
    for (int i = 0; i < outputs.length; i++) {
      float before = outputs[i];
      outputs[i] = before + h;
      double above = loss(alpha, outputs, noise, distribution, unused);
      outputs[i] = before - h;
      double below = loss(alpha, outputs, noise, distribution, unused);
      outputs[i] = before;
      assertThat((double) gradient[i])
          .as("output %d", i)
          .isCloseTo((above - below) / (2 * h), within(1e-4));
    }
    assertThat(gradient).doesNotContain(0f);
  }

  private double loss(
      double alpha,
      float[] outputs,
      double[] noise,
      SquashedGaussian distribution,
      double[] slopes) {
    for (int i = 0; i < ROWS; i++) {
      distribution.put(outputs, i * 2 * ACTION, i, noise, i * ACTION);
    }
    double[] values = new double[ROWS];
    critics.values(distribution.action, -1.0 / ROWS, values, slopes);
    return SoftActorCritic.policyLoss(ROWS, alpha, distribution.logProbability, values);
  }

  @Test
  void step_bothCritics_comeNearerToTheTargets() {
    double[] targets = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      targets[row] = row % 3;
    }
    double first = step(targets, 0.003);
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < 2; k++) {
        double error =
            value(k, row, actions[row * ACTION], actions[row * ACTION + 1]) - targets[row];
        expected += 0.5 * error * error / ROWS;
      }
    }
    assertThat(step(targets, 0.003)).isCloseTo(expected, within(1e-5)).isLessThan(first);
    for (int i = 0; i < 2000; i++) {
      step(targets, 0.003);
    }
    for (int k = 0; k < 2; k++) {
      assertThat(value(k, 5, actions[5 * ACTION], actions[5 * ACTION + 1]))
          .isCloseTo(2, within(0.05));
    }
  }

  @Test
  void follow_movesTargetsByTau() {
    critics.follow(1);
    double[] before = targets(critics);
    double[] online = new double[ROWS];
    critics.values(actions, 1, online, new double[ROWS * ACTION]);
    assertThat(before).isEqualTo(online);
    double[] far = new double[ROWS];
    Arrays.fill(far, 30);
    for (int i = 0; i < 50; i++) {
      step(far, 0.01);
    }
    assertThat(targets(critics)).isEqualTo(before);
    critics.follow(0.01f);
    double[] moved = targets(critics);
    critics.values(actions, 1, online, new double[ROWS * ACTION]);
    for (int row = 0; row < ROWS; row++) {
      assertThat(moved[row]).isGreaterThan(before[row]);
      assertThat(moved[row] - before[row]).isLessThan(0.1 * (online[row] - before[row]));
    }
  }

  /** The smallest of two of three: each of the three pairs is met, and nothing else. */
  @Test
  void targets_ofAFewCritics_areSmallestValuesOfDrawnPairs() {
    TargetedCritics few = critics(3, 2, CriticReduction.MEAN);
    Set<Integer> pairs = new HashSet<>();
    double[][] each = new double[3][ROWS];
    for (int k = 0; k < 3; k++) {
      CriticValues one =
          new CriticValues(new Network[] {few.target[k]}, CriticReduction.FIRST, ROWS);
      pairs(one.pairs());
      one.compute(ROWS, each[k]);
    }
    for (int draw = 0; draw < 60; draw++) {
      double[] targets = targets(few);
      int met = 0;
      for (int left = 0; left < 3; left++) {
        int a = (left + 1) % 3;
        int b = (left + 2) % 3;
        boolean same = true;
        for (int row = 0; row < ROWS; row++) {
          same &= targets[row] == Math.min(each[a][row], each[b][row]);
        }
        if (same) {
          pairs.add(left);
          met++;
        }
      }
      assertThat(met).isEqualTo(1);
    }
    assertThat(pairs).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void values_byCombination_equalThoseWithoutGradients() {
    for (CriticReduction reduction : CriticReduction.values()) {
      TargetedCritics three = critics(3, 3, reduction);
      double[] values = new double[ROWS];
      three.values(actions, 1, values, new double[ROWS * ACTION]);
      CriticValues alone = three.values(ROWS);
      pairs(alone.pairs());
      double[] same = new double[ROWS];
      alone.compute(ROWS, same);
      for (int row = 0; row < ROWS; row++) {
        assertThat(values[row]).as("%s", reduction).isCloseTo(same[row], within(1e-12));
      }
    }
  }

  /** Of two critics of three quantiles, the largest two atoms are dropped. */
  @Test
  void quantileTarget_isSortedAndTruncated() {
    QuantileRegression loss = new QuantileRegression(3, 1);
    double[] into = new double[5];
    loss.target(new double[] {9, 5, 1, 3, 8, 4, 2}, 1, 6, into, 1);
    assertThat(into).containsExactly(0, 1, 2, 3, 4);
    assertThat(loss.targets(2)).isEqualTo(4);
  }

  @Test
  void targetNoise_isClippedAndStaysWithinActions() {
    double[] chosen = new double[1000];
    Arrays.fill(chosen, 0, 500, 0.95);
    Td3.smooth(1000, chosen, new double[1000], 0.2, 0.3, random);
    assertThat(Arrays.stream(chosen, 0, 500).max().orElseThrow()).isEqualTo(1);
    assertThat(Arrays.stream(chosen, 0, 500).min().orElseThrow()).isCloseTo(0.65, within(1e-12));
    assertThat(Arrays.stream(chosen, 500, 1000).max().orElseThrow()).isEqualTo(0.3);
    assertThat(Arrays.stream(chosen, 500, 1000).map(x -> x * x).average().orElseThrow())
        .isBetween(0.02, 0.04);
  }

  @Test
  void step_parameterNotFinite_isNamed() {
    Network second = critics.online[1];
    second.parameters()[second.blocks().getFirst().index(2, 3)] = Float.NaN;

    assertThatThrownBy(() -> step(new double[ROWS], 0.001))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("parameter of critic 2")
        .hasMessageContaining("weights[2][3]");
  }

  /** Loss −ln α (ln π + H̄); Adam's first step is as long as the learning rate. */
  @Test
  void temperature_movesAgainstItsGradient() {
    Temperature temperature = new Temperature(new EntropyWeight(true, 0.5), -2);
    double start = Math.log(temperature.value());
    assertThat(start).isCloseTo(Math.log(0.5), within(1e-7));

    // Entropy −3 is below the target −2: α must grow.
    assertThat(temperature.step(3, 0.01)).isCloseTo(-start * (3 - 2), within(1e-7));
    assertThat(Math.log(temperature.value())).isCloseTo(start + 0.01, within(1e-6));

    Temperature other = new Temperature(new EntropyWeight(true, 0.5), -2);
    assertThat(other.step(-1, 0.01)).isCloseTo(-start * (-1 - 2), within(1e-7));
    assertThat(Math.log(other.value())).isCloseTo(start - 0.01, within(1e-6));
  }

  @Test
  void temperature_fixed_stays() {
    Temperature temperature = new Temperature(EntropyWeight.fixed(0.2), -2);

    assertThat(temperature.step(3, 0.01)).isZero();
    assertThat(temperature.value()).isEqualTo(0.2);
  }

  @Test
  void temperature_entropyNotFinite_isRefused() {
    Temperature temperature = new Temperature(EntropyWeight.auto(), -2);

    assertThatThrownBy(() -> temperature.step(Double.NaN, 0.01))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("temperature");
  }

  @Test
  void entropyWeight_textForms_readBack() {
    for (String text : new String[] {"auto", "auto_0.1", "0.2", "0.0"}) {
      assertThat(EntropyWeight.parse(text)).hasToString(text);
    }
    assertThat(EntropyWeight.parse("auto_0.1")).isEqualTo(new EntropyWeight(true, 0.1));
    for (String text : new String[] {"automatic", "auto_0", "auto_x", "-1", "inf", "NaN", ""}) {
      assertThatThrownBy(() -> EntropyWeight.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void actionScale_mapsBoundsAndBack() {
    ActionScale scale =
        new ActionScale(Box.of(new float[] {-2f, 0f, 3f}, new float[] {2f, 10f, 3f}));

    assertThat(scale.played(0, 0.5)).isEqualTo(1f);
    assertThat(scale.played(1, -1)).isEqualTo(0f);
    assertThat(scale.played(1, 1)).isEqualTo(10f);
    assertThat(scale.unit(0, 1f)).isEqualTo(0.5f);
    assertThat(scale.unit(1, 2.5f)).isEqualTo(-0.5f);
    // An element with one value only.
    assertThat(scale.played(2, 0.9)).isEqualTo(3f);
    assertThat(scale.unit(2, 3f)).isZero();
    for (int i = 0; i < 1000; i++) {
      assertThat(scale.uniform(1, random)).isBetween(0f, 10f);
    }
  }
}
