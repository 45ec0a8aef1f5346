package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.junit.jupiter.api.Test;

final class StreamsTest {
  @Test
  void roleKeys_areThePublishedOnes() {
    Map<Role, Integer> keys = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      keys.put(role, role.key());
    }

    assertThat(keys)
        .isEqualTo(
            Map.of(
                Role.ENVIRONMENT, 0,
                Role.POLICY, 1,
                Role.LEARNER, 2,
                Role.EVALUATION_ENVIRONMENT, 3,
                Role.EVALUATION_POLICY, 4,
                Role.INITIALISATION, 5,
                Role.REPLAY, 6));
  }

  @Test
  void stream_isTheSpawnKeyOfRoleAndRow() {
    // NumPy: Generator(PCG64(SeedSequence(0, spawn_key=(2, 5)))).random(), as in numpy-pcg64.json
    assertThat(Streams.of(0).stream(Role.LEARNER, 5).random()).isEqualTo(0.14390305606479914);
    // and spawn_key=(3, 70000)
    assertThat(Streams.of(0).stream(Role.EVALUATION_ENVIRONMENT, 70000).random())
        .isEqualTo(0.6106279597285483);
  }

  @Test
  void streams_ofAllRolesAndRows_differ() {
    Streams streams = Streams.of(42);
    Set<Long> firstWords = new HashSet<>();
    for (Role role : Role.values()) {
      RandomStreams rows = streams.rows(role, 10);
      for (int row = 0; row < rows.rows(); row++) {
        long word = rows.row(row).next64();
        assertThat(word).isEqualTo(streams.stream(role, row).next64());
        firstWords.add(word);
      }
    }

    assertThat(firstWords).hasSize(10 * Role.values().length);
    assertThat(streams.master()).isEqualTo(42);
  }

  @Test
  void ofSeeds_andReseed_giveTheStreamOfTheSeed() {
    RandomStreams rows = RandomStreams.ofSeeds(1, 2, 3);
    RandomStream middle = rows.row(1);

    assertThat(middle.next64()).isEqualTo(RandomStream.ofSeed(2).next64());
    rows.reseed(1, 7);

    assertThat(rows.row(1)).isSameAs(middle);
    assertThat(middle.next64()).isEqualTo(RandomStream.ofSeed(7).next64());
    assertThat(rows.row(0).next64()).isEqualTo(RandomStream.ofSeed(1).next64());
  }

  @Test
  void restore_bringsBackEveryRow() {
    RandomStreams rows = Streams.of(3).rows(Role.POLICY, 3);
    rows.row(1).next32();
    byte[] saved = BinaryState.toBytes(rows);
    long[] words = {rows.row(0).next64(), rows.row(1).next32(), rows.row(2).next64()};

    RandomStreams other = RandomStreams.ofSeeds(7, 8, 9);
    BinaryState.fromBytes(saved, other);

    assertThat(new long[] {other.row(0).next64(), other.row(1).next32(), other.row(2).next64()})
        .isEqualTo(words);
  }

  @Test
  void restore_otherNumberOfRows_isRefused() {
    byte[] saved = BinaryState.toBytes(RandomStreams.ofSeeds(1, 2));
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> BinaryState.fromBytes(saved, RandomStreams.ofSeeds(1)))
        .withMessageContaining("rows was saved as 2, expected 1");
  }

  @Test
  void badArguments_areNamedWithTheirRange() {
    RandomStreams rows = RandomStreams.ofSeeds(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Streams.of(-1))
        .withMessage("master must be at least 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Streams.of(1).stream(Role.POLICY, -1))
        .withMessage("row must be at least 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Streams.of(1).rows(Role.POLICY, 0))
        .withMessage("rows must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(RandomStreams::ofSeeds)
        .withMessage("rows must be at least 1, was 0");
    assertThatThrownBy(() -> rows.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
