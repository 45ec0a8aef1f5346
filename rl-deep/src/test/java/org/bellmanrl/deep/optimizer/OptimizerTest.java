package org.bellmanrl.deep.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimiser against its book's equations in double precision. */
class OptimizerTest {
  private static final int LENGTH = 64;
  private static final double RATE = 0.01;

  /** One parameter's rule, as the paper states it. */
  @FunctionalInterface
  interface Rule {
    /** Returns the parameter after step {@code t}; {@code state} holds two numbers. */
    double step(int t, double parameter, double gradient, double[] state);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(new Adam(), new double[2], adam(0)),
        Arguments.of(new AdamW(0.1), new double[2], adam(0.1)),
        Arguments.of(new RAdam(), new double[2], (Rule) OptimizerTest::rectifiedAdam),
        Arguments.of(
            new RmsProp(0.99, 1e-8, false),
            new double[2],
            (Rule)
                (t, p, g, s) -> {
                  s[0] = 0.99 * s[0] + 0.01 * g * g;
                  return p - RATE * g / (Math.sqrt(s[0]) + 1e-8);
                }),
        Arguments.of(
            new RmsProp(0.99, 1e-5, true),
            new double[] {1, 0},
            (Rule)
                (t, p, g, s) -> {
                  s[0] = 0.99 * s[0] + 0.01 * g * g;
                  return p - RATE * g / Math.sqrt(s[0] + 1e-5);
                }),
        Arguments.of(
            new Sgd(0.9),
            new double[2],
            (Rule)
                (t, p, g, s) -> {
                  s[0] = 0.9 * s[0] + g;
                  return p - RATE * s[0];
                }),
        Arguments.of(new Sgd(0), new double[2], (Rule) (t, p, g, s) -> p - RATE * g));
  }

  private static Rule adam(double weightDecay) {
    return (t, p, g, s) -> {
      s[0] = 0.9 * s[0] + 0.1 * g;
      s[1] = 0.999 * s[1] + 0.001 * g * g;
      double m = s[0] / (1 - Math.pow(0.9, t));
      double v = s[1] / (1 - Math.pow(0.999, t));
      return p - RATE * weightDecay * p - RATE * m / (Math.sqrt(v) + 1e-8);
    };
  }

  private static double rectifiedAdam(int t, double p, double g, double[] s) {
    s[0] = 0.9 * s[0] + 0.1 * g;
    s[1] = 0.999 * s[1] + 0.001 * g * g;
    double m = s[0] / (1 - Math.pow(0.9, t));
    double v = s[1] / (1 - Math.pow(0.999, t));
    double longest = 2 / (1 - 0.999) - 1;
    double length = longest - 2 * t * Math.pow(0.999, t) / (1 - Math.pow(0.999, t));
    if (length <= 5) {
      return p - RATE * m;
    }
    double factor =
        (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
    return p - RATE * Math.sqrt(factor) * m / (Math.sqrt(v) + 1e-8);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void step_followsTheRule(OptimizerSpec spec, double[] state, Rule rule) {
    Optimizer optimizer = spec.create(LENGTH);
    float[] parameters = new float[LENGTH];
    float[] gradients = new float[LENGTH];
    parameters[13] = 0.5f;
    double expected = 0.5;
    for (int t = 1; t <= 50; t++) {
      gradients[13] = (float) Math.cos(t) * 2;
      optimizer.step(parameters, gradients, RATE, 0.5f);
      expected = rule.step(t, expected, gradients[13] * 0.5, state);
      assertThat((double) parameters[13]).isCloseTo(expected, within(2e-6));
    }
    assertThat(parameters[0]).isZero();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void restore_continuesBitForBit(OptimizerSpec spec, double[] state, Rule rule) {
    Optimizer straight = spec.create(LENGTH);
    Optimizer saved = spec.create(LENGTH);
    float[] a = new float[LENGTH];
    float[] b = new float[LENGTH];
    for (int t = 1; t <= 10; t++) {
      step(straight, a, t);
      step(saved, b, t);
    }
    Optimizer restored = spec.create(LENGTH);
    BinaryState.fromBytes(BinaryState.toBytes(saved), restored);
    for (int t = 11; t <= 20; t++) {
      step(straight, a, t);
      step(restored, b, t);
    }

    assertThat(b).containsExactly(a);
    assertThat(a[5]).isNotZero();
  }

  private static void step(Optimizer optimizer, float[] parameters, int t) {
    float[] gradients = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      gradients[i] = (float) Math.sin(t * (i + 1));
    }
    optimizer.step(parameters, gradients, RATE, 1f);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void step_refusesAnotherLength(OptimizerSpec spec, double[] state, Rule rule) {
    Optimizer optimizer = spec.create(LENGTH);

    assertThatThrownBy(() -> optimizer.step(new float[128], new float[LENGTH], RATE, 1f))
        .hasMessage(
            "this optimiser is for vectors of length 64, parameters had 128 and gradients 64");
  }

  @Test
  void clip_limitsTheNorm() {
    GlobalNorm norm = new GlobalNorm();
    float[] gradients = new float[128];
    gradients[3] = 3f;
    gradients[100] = -4f;

    assertThat(norm.of(gradients)).isEqualTo(5f);
    assertThat(norm.clip(gradients, 10f)).isEqualTo(1f);
    assertThat(norm.clip(gradients, 0.5f)).isEqualTo(0.1f);
    assertThat(norm.last()).isEqualTo(5f);
  }

  @Test
  void clip_isNotANumberWhenAGradientIsNotFinite() {
    GlobalNorm norm = new GlobalNorm();
    float[] gradients = new float[64];
    gradients[9] = Float.NaN;
    assertThat(norm.clip(gradients, 1f)).isNaN();
    gradients[9] = Float.POSITIVE_INFINITY;
    assertThat(norm.clip(gradients, 1f)).isNaN();
    assertThat(norm.last()).isInfinite();
  }

  @Test
  void specifications_checkTheirValues() {
    assertThatThrownBy(() -> new Adam(1, 0.9, 1e-8)).hasMessage("beta1 must be in [0, 1), was 1.0");
    assertThatThrownBy(() -> new Adam(0.9, 0.999, 0))
        .hasMessage("epsilon must be above 0, was 0.0");
    assertThatThrownBy(() -> new AdamW(-1)).hasMessage("weight_decay must be at least 0, was -1.0");
    assertThatThrownBy(() -> new Sgd(1.5)).hasMessage("momentum must be in [0, 1), was 1.5");
    assertThatThrownBy(() -> new Adam().create(63)).hasMessageContaining("multiple of 64, was 63");
  }
}
