package org.bellmanrl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uniform:-1:3",
        "log:1e-5:0.1",
        "complement:0.9:0.9999",
        "whole:2:9",
        "log-whole:1:20000",
        "power-of-two:8:1024"
      })
  void value_ofAnyPart_isInTheRangeAndHasItsCoordinate(String written) {
    Distribution distribution = Distribution.of("x", written);
    Distribution.Range range = (Distribution.Range) distribution;
    RandomStream random = RandomStream.ofSeed(1);
    for (int i = 0; i < 1000; i++) {
      Object value = distribution.value(distribution.at(random.random()));
      double number = ((Number) value).doubleValue();
      assertThat(number).isBetween(range.least(), range.most());
      assertThat(distribution.value(distribution.coordinate(value))).isEqualTo(value);
      assertThat(distribution.place(value)).isBetween(-1e-12, 1 + 1e-12);
    }
    assertThat(((Number) distribution.value(distribution.at(0))).doubleValue())
        .isCloseTo(range.least(), org.assertj.core.api.Assertions.within(1e-9));
    assertThat(Distribution.of("x", distribution.written())).isEqualTo(distribution);
  }

  @ParameterizedTest
  @CsvSource({
    "log:1e-4:1, 0.5, 0.01",
    "complement:0.9:0.999, 0.5, 0.99",
    "uniform:0:2, 0.5, 1",
    "power-of-two:8:128, 0.5, 32",
    "whole:1:5, 0.999, 5"
  })
  void value_ofAPart_isOnTheScale(String written, double part, double expected) {
    Distribution distribution = Distribution.of("x", written);
    assertThat(((Number) distribution.value(distribution.at(part))).doubleValue())
        .isEqualTo(expected);
  }

  @Test
  void at_ofWholeNumbers_isAsOftenEachOfThem() {
    Distribution distribution = Distribution.of("x", "whole:3:6");
    int[] counts = new int[4];
    for (int i = 0; i < 400; i++) {
      counts[((Long) distribution.value(distribution.at((i + 0.5) / 400))).intValue() - 3]++;
    }
    assertThat(counts).containsOnly(100);
  }

  @Test
  void choice_takesAnything() {
    List<Object> values = List.of(List.of(64, 64), 0.5, "relu");
    Distribution distribution = Distribution.of("x", values);
    for (Object value : values) {
      assertThat(distribution.value(distribution.coordinate(value))).isEqualTo(value);
    }
    assertThatThrownBy(() -> distribution.coordinate("tanh"))
        .isInstanceOf(UserError.class)
        .hasMessage("there is no choice tanh among [[64, 64], 0.5, relu]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          0.1                | 'x' must be a list of choices, or SCALE:LOW:HIGH
          lgo:1:2            | unknown scale 'lgo', did you mean 'log'?
          log:0:1            | both ends must be above 0, was log:0:1
          log:1:one          | 'one' is not a number
          uniform:2:1        | the lower end must be below the upper end
          complement:0:1     | both ends must be below 1
          whole:1:2.5        | both ends must be whole numbers
          power-of-two:8:100 | both ends must be powers of two
          """)
  void of_somethingElse_saysWhatIsWrong(String written, String complaint) {
    assertThatThrownBy(() -> Distribution.of("x", written))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(complaint);
  }
}
