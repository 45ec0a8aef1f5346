package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class SeedSequenceTest {
  @Test
  void spawn_goesOnWhereItEnded() {
    SeedSequence root = new SeedSequence(77, 4);

    SeedSequence[] first = root.spawn(2);
    SeedSequence[] second = root.spawn(1);

    assertThat(first[1].spawnKey()).containsExactly(4, 1);
    assertThat(second[0].spawnKey()).containsExactly(4, 2);
    assertThat(second[0].generateState(4)).isEqualTo(new SeedSequence(77, 4, 2).generateState(4));
    assertThat(root.child(0).generateState(4)).isEqualTo(first[0].generateState(4));
  }

  @Test
  void arrays_areCopied() {
    int[] key = {1, 2};
    SeedSequence seeds = new SeedSequence(3, key);
    key[0] = 9;
    seeds.spawnKey()[1] = 9;

    assertThat(seeds.spawnKey()).containsExactly(1, 2);
  }

  @Test
  void toString_namesSeedAndKey() {
    assertThat(new SeedSequence(BigInteger.TWO.pow(100), 1, 2))
        .hasToString("SeedSequence(entropy=1267650600228229401496703205376, spawnKey=[1, 2])");
  }

  @Test
  void badArguments_areNamedWithTheirRange() {
    SeedSequence seeds = new SeedSequence(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedSequence(-5))
        .withMessageContainingAll("entropy must be at least 0, was -5", "BigInteger");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedSequence(BigInteger.valueOf(-5)))
        .withMessage("entropy must be at least 0, was -5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedSequence(1, 2, -3))
        .withMessage("spawnKey[1] must be at least 0, was -3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeedSequence.ofWords(new int[0]))
        .withMessageContaining("at least one word");
    assertThatIllegalArgumentException()
        .isThrownBy(seeds::child)
        .withMessageContaining("at least one entry");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> seeds.spawn(-1))
        .withMessageContaining("was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> seeds.generateState(-1))
        .withMessage("count must be at least 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> seeds.generateState64(1 << 30))
        .withMessageContaining("count must be in [0, 1073741823]");
  }
}
