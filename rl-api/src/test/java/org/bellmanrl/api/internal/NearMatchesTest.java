package org.bellmanrl.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearMatchesTest {
  private static final List<String> IDS =
      List.of(
          "Blackjack-v1",
          "CliffWalking-v1",
          "CliffWalkingSlippery-v1",
          "FrozenLake-v1",
          "FrozenLake8x8-v1",
          "Taxi-v4");

  @ParameterizedTest
  @CsvSource({
    "kitten,sitting,3",
    "ab,ba,1",
    "ca,abc,3",
    "a,a,0",
    "'',abc,3",
    "abc,'',3",
    "abcd,acbd,1"
  })
  void distance_knownPairs_isTheRestrictedDistance(String a, String b, int expected) {
    assertThat(NearMatches.distance(a, b)).isEqualTo(expected);
    assertThat(NearMatches.distance(b, a)).isEqualTo(expected);
  }

  @Test
  void closest_typingErrors_findsTheNameFirst() {
    assertThat(NearMatches.closest("FrozenLke-v1", IDS, 3)).startsWith("FrozenLake-v1");
    assertThat(NearMatches.closest("frozenlake-v1", IDS, 3)).startsWith("FrozenLake-v1");
    assertThat(NearMatches.closest("Tax-iv4", IDS, 3)).containsExactly("Taxi-v4");
    assertThat(NearMatches.closest("Txai-v4", IDS, 3)).containsExactly("Taxi-v4");
  }

  @Test
  void closest_beginningOrPart_findsLongNames() {
    assertThat(NearMatches.closest("Cliff", IDS, 3))
        .containsExactly("CliffWalking-v1", "CliffWalkingSlippery-v1");
    assertThat(NearMatches.closest("slippery", IDS, 3)).containsExactly("CliffWalkingSlippery-v1");
  }

  @Test
  void closest_most_limitsTheResult() {
    assertThat(NearMatches.closest("Cliff", IDS, 1)).containsExactly("CliffWalking-v1");
    assertThat(NearMatches.closest("Cliff", IDS, 0)).isEmpty();
    assertThatThrownBy(() -> NearMatches.closest("Cliff", IDS, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("most must be at least 0, was -1");
  }

  @Test
  void closest_nothingNear_isEmpty() {
    assertThat(NearMatches.closest("Pendulum", IDS, 3)).isEmpty();
    assertThat(NearMatches.closest("", IDS, 3)).isEmpty();
    assertThat(NearMatches.closest("-", IDS, 3)).isEmpty();
    assertThat(NearMatches.closest("x".repeat(100_000), IDS, 3)).isEmpty();
  }
}
