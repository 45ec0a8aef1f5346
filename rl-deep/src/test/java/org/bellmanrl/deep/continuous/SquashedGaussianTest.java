package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.ExactMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Densities against the change of variables and integrals, gradients against differences. */
class SquashedGaussianTest {
  /** The density of tanh(N(mean, deviation²)) at a, straight from the change of variables. */
  private static double density(double a, double mean, double deviation) {
    double z = (0.5 * Math.log((1 + a) / (1 - a)) - mean) / deviation;
    double normal = Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
    return normal / (1 - a * a);
  }

  private static double[] put(double mean, double logDeviation, double epsilon) {
    SquashedGaussian one = new SquashedGaussian(1, 1, false);
    one.put(new float[] {(float) mean, (float) logDeviation}, 0, 0, new double[] {epsilon}, 0);
    return new double[] {one.action[0], one.logProbability[0]};
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0.3", "0.5, -1, -1.2", "-2, 0.5, 0.1", "1.25, -3, 2", "0.75, 1, -0.5"})
  void logProbability_equalsChangeOfVariables(double mean, double logDeviation, double epsilon) {
    double[] drawn = put(mean, logDeviation, epsilon);

    double u = mean + Math.exp(logDeviation) * epsilon;
    assertThat(drawn[0]).isCloseTo(Math.tanh(u), within(1e-14));
    assertThat(drawn[1])
        .isCloseTo(Math.log(density(drawn[0], mean, Math.exp(logDeviation))), within(1e-9));
  }

  @Test
  void logProbability_severalElements_isTheSum() {
    SquashedGaussian two = new SquashedGaussian(2, 2, false);
    float[] outputs = {9f, 9f, 9f, 9f, 9f, 0.5f, -1f, 0.25f, -0.5f};
    two.put(outputs, 5, 1, new double[] {7, 0.4, -1.5}, 1);

    double[] first = put(0.5, 0.25, 0.4);
    double[] second = put(-1, -0.5, -1.5);
    assertThat(two.action[2]).isEqualTo(first[0]);
    assertThat(two.action[3]).isEqualTo(second[0]);
    assertThat(two.logProbability[1]).isCloseTo(first[1] + second[1], within(1e-13));
  }

  /** The integral over u of exp(ln π(tanh u)) · da/du. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, -1", "-0.5, 1"})
  void logProbability_integratesToOne(double mean, double logDeviation) {
    double sum = 0;
    double step = 1e-3;
    for (double epsilon = -7; epsilon <= 7; epsilon += step) {
      double u = mean + Math.exp(logDeviation) * epsilon;
      double slope = 1 / (Math.cosh(u) * Math.cosh(u));
      sum += Math.exp(put(mean, logDeviation, epsilon)[1]) * slope * Math.exp(logDeviation) * step;
    }

    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  /** Where tanh rounds to 1, ln(1 − tanh² u) is still 2 ln 2 − 2|u|, nearly. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 50, 300, -20, -50, -300})
  void logProbability_saturated_staysExact(double mean) {
    double[] drawn = put(mean, 0, 0);

    assertThat(Math.abs(drawn[0])).isEqualTo(1);
    double expected = -0.5 * Math.log(2 * Math.PI) - 2 * Math.log(2) + 2 * Math.abs(mean);
    assertThat(drawn[1]).isCloseTo(expected, within(1e-10));
  }

  @Test
  void deviation_outOfRange_isClamped() {
    assertThat(put(0.5, 5, 0.1)).isEqualTo(put(0.5, 2, 0.1));
    assertThat(put(0.5, -30, 0.1)).isEqualTo(put(0.5, -20, 0.1));
  }

  @Test
  void tanh_equalsTheLibrarys() {
    for (double u = -12; u <= 12; u += 0.01) {
      assertThat(ExactMath.tanh(u)).isCloseTo(Math.tanh(u), within(1e-15));
    }
    assertThat(ExactMath.tanh(Double.NaN)).isNaN();
  }

  @Test
  void gradient_equalsDifferences() {
    int rows = 40;
    int size = 3;
    int stride = 8;
    double weight = 0.7;
    RandomStream random = RandomStream.ofSeed(3);
    float[] outputs = new float[rows * stride];
    double[] noise = new double[rows * size];
    double[] slopes = new double[rows * size];
    for (int i = 0; i < rows * stride; i++) {
      outputs[i] = i % stride < 2 * size ? (float) random.uniform(-1.5, 1.5) : 0f;
    }
    random.fillStandardNormal(noise, 0, noise.length);
    random.fillStandardNormal(slopes, 0, slopes.length);
    outputs[3] = 2.5f; // beyond what ln σ may be
    outputs[stride + 4] = -21f;
    SquashedGaussian batch = new SquashedGaussian(size, rows, false);
    fill(batch, outputs, stride, noise, rows, size);
    float[] gradient = new float[rows * stride];
    batch.gradient(outputs, stride, rows, weight, slopes, gradient);

    float step = 1e-3f;
    for (int i = 0; i < outputs.length; i++) {
      float before = outputs[i];
      float above = before + step;
      float below = before - step;
      outputs[i] = above;
      fill(batch, outputs, stride, noise, rows, size);
      double high = sum(batch, weight, slopes);
      outputs[i] = below;
      fill(batch, outputs, stride, noise, rows, size);
      double low = sum(batch, weight, slopes);
      outputs[i] = before;
      double expected = (high - low) / ((double) above - below);
      assertThat((double) gradient[i]).as("output %d", i).isCloseTo(expected, within(2e-5));
    }
    assertThat(gradient[3]).isZero();
    assertThat(gradient[stride + 4]).isZero();
    assertThat(gradient[4]).isNotZero();
  }

  /** Of state-dependent exploration: the outputs are means, variances and the noise. */
  @Test
  void exploration_densityAndGradient_areThoseOfItsNormal() {
    int rows = 20;
    int size = 2;
    int stride = 12;
    double weight = 0.7;
    RandomStream random = RandomStream.ofSeed(8);
    float[] outputs = new float[rows * stride];
    double[] slopes = new double[rows * size];
    random.fillStandardNormal(slopes, 0, slopes.length);
    for (int i = 0; i < rows * stride; i++) {
      int place = i % stride;
      double least = place >= size && place < 2 * size ? 0.3 : -1.5;
      outputs[i] = place < 10 ? (float) random.uniform(least, 1.5) : 0f;
    }
    SquashedGaussian batch = new SquashedGaussian(size, rows, true);
    batch.sample(outputs, stride, rows, random);
    double first = density(batch.action[0], outputs[0], Math.sqrt(outputs[2]));
    double second = density(batch.action[1], outputs[1], Math.sqrt(outputs[3]));
    assertThat(batch.action[0]).isCloseTo(Math.tanh(outputs[0] + outputs[4]), within(1e-7));
    assertThat(batch.logProbability[0]).isCloseTo(Math.log(first * second), within(1e-6));

    float[] gradient = new float[rows * stride];
    batch.gradient(outputs, stride, rows, weight, slopes, gradient);
    float step = 1e-3f;
    for (int i = 0; i < outputs.length; i++) {
      float before = outputs[i];
      float above = before + step;
      float below = before - step;
      outputs[i] = above;
      batch.sample(outputs, stride, rows, random);
      double high = sum(batch, weight, slopes);
      outputs[i] = below;
      batch.sample(outputs, stride, rows, random);
      double low = sum(batch, weight, slopes);
      outputs[i] = before;
      double expected = (high - low) / ((double) above - below);
      assertThat((double) gradient[i]).as("output %d", i).isCloseTo(expected, within(1e-4));
    }
  }

  private static void fill(
      SquashedGaussian batch, float[] outputs, int stride, double[] noise, int rows, int size) {
    for (int i = 0; i < rows; i++) {
      batch.put(outputs, i * stride, i, noise, i * size);
    }
  }

  private static double sum(SquashedGaussian batch, double weight, double[] slopes) {
    double sum = 0;
    for (double logProbability : batch.logProbability) {
      sum += weight * logProbability;
    }
    for (int e = 0; e < slopes.length; e++) {
      sum += slopes[e] * batch.action[e];
    }
    return sum;
  }

  @Test
  void sample_hasMeanAndSpreadOfItsDistribution() {
    int rows = 20_000;
    float[] outputs = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      outputs[2 * i] = 0.5f;
      outputs[2 * i + 1] = -0.5f;
    }
    SquashedGaussian batch = new SquashedGaussian(1, rows, false);
    batch.sample(outputs, 2, rows, RandomStream.ofSeed(1));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < rows; i++) {
      double u = 0.5 * Math.log((1 + batch.action[i]) / (1 - batch.action[i]));
      sum += u;
      squares += u * u;
    }

    double mean = sum / rows;
    assertThat(mean).isCloseTo(0.5, within(0.02));
    assertThat(squares / rows - mean * mean).isCloseTo(Math.exp(-1), within(0.02));
  }
}
