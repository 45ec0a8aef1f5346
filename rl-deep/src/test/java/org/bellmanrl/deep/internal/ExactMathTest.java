package org.bellmanrl.deep.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;

/** The exponential and the logarithm, against StrictMath. */
class ExactMathTest {
  @Test
  void exp_agreesWithStrictMath() {
    RandomStream random = RandomStream.ofSeed(1);
    for (int i = 0; i < 100_000; i++) {
      double x = i % 2 == 0 ? random.uniform(-700, 700) : random.uniform(-1, 1);
      double expected = StrictMath.exp(x);
      assertThat(Math.abs(ExactMath.exp(x) - expected))
          .as("exp(%s)", x)
          .isLessThanOrEqualTo(2 * Math.ulp(expected));
    }
    assertThat(ExactMath.exp(0)).isEqualTo(1);
    assertThat(ExactMath.exp(Double.NaN)).isNaN();
    assertThat(ExactMath.exp(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
    assertThat(ExactMath.exp(1e9)).isFinite();
  }

  @Test
  void log_agreesWithStrictMath() {
    RandomStream random = RandomStream.ofSeed(2);
    for (int i = 0; i < 100_000; i++) {
      double x = i % 2 == 0 ? StrictMath.exp(random.uniform(-700, 700)) : random.uniform(0.5, 2);
      double expected = StrictMath.log(x);
      assertThat(Math.abs(ExactMath.log(x) - expected))
          .as("log(%s)", x)
          .isLessThanOrEqualTo(2 * Math.ulp(expected));
    }
    assertThat(ExactMath.log(1)).isZero();
    assertThat(ExactMath.log(Double.NaN)).isNaN();
  }
}
