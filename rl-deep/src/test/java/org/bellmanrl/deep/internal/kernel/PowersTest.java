package org.bellmanrl.deep.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class PowersTest {
  @Test
  void of_isCloseToThePower() {
    RandomStream random = RandomStream.ofSeed(1);
    for (int i = 0; i < 100_000; i++) {
      float x = (float) Math.pow(2, random.uniform(-60, 60));
      float y = (float) random.uniform(-1, 1);
      assertThat((double) Powers.of(x, y))
          .isCloseTo(Math.pow(x, y), Percentage.withPercentage(0.001));
    }
  }

  @Test
  void of_isExact_whereItMatters() {
    for (float y = 0; y <= 1; y += 0.0625f) {
      assertThat(Powers.of(1, y)).isEqualTo(1f);
    }
    assertThat(Powers.of(123.4f, 0)).isEqualTo(1f);
  }
}
