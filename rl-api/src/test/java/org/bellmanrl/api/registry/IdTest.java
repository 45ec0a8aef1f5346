package org.bellmanrl.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FrozenLake-v1", "FrozenLake8x8-v1", "acme/Pong-v5", "ALE/Ms.Pacman-v0", "q-learning",
        "sarsa", "acme/q-learning", "MiniGrid-Empty-8x8-v0", "dqn-v2", "X-v999999999"
      })
  void parse_wellFormed_isWrittenTheSameWay(String id) {
    assertThat(Id.parse(id)).hasToString(id);
  }

  @Test
  void parse_ownNamespace_isLeftOut() {
    assertThat(Id.parse("bellman/FrozenLake-v1"))
        .isEqualTo(new Id("bellman", "FrozenLake", OptionalInt.of(1)))
        .isEqualTo(Id.parse("FrozenLake-v1"))
        .hasToString("FrozenLake-v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FrozenLake",
        "Frozen Lake-v1",
        "FrozenLake-v",
        "FrozenLake-v01",
        "FrozenLake-v-1",
        "/FrozenLake-v1",
        "a/b/C-v1",
        "q--learning",
        "-q",
        "q-",
        "q_learning",
        "X-v1000000000",
        "../X-v1",
        "FrozenLake-v1\n"
      })
  void parse_malformed_saysTheFormAndTheText(String id) {
    assertThatThrownBy(() -> Id.parse(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an id must be namespace/Name-vN or namespace/kebab-case")
        .hasMessageEndingWith("was '" + id + "'");
  }

  @Test
  void parse_tooLong_isRefused() {
    assertThatThrownBy(() -> Id.parse("a-".repeat(100_000) + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
