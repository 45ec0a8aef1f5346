package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class SeedSequenceTest {
  @Test
  void badArguments_areNamedWithTheirRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedSequence(-5))
        .withMessage("a seed must be at least 0, was -5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedSequence(1, 2, -3))
        .withMessage("spawnKey[1] must be at least 0, was -3");
  }
}
