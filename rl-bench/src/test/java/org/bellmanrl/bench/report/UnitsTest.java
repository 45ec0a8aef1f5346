package org.bellmanrl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "42137000, 312000, op/s, 42.1 ± 0.3 M/s",
    "999.4, 1, op/s, 999 ± 1 /s",
    "999.6, 1, op/s, 1.00 ± 0.00 k/s",
    "7, NaN, op/s, 7.00 /s",
    "27.31e-6, 0.11e-6, s/op, 27.3 ± 0.1 µs",
    "3.5e-10, 1e-11, s/op, 0.350 ± 0.010 ns",
    "69.7, 1.5, s/op, 69.7 ± 1.5 s",
  })
  void score_hasThreeDigits(double score, double error, String unit, String text) {
    assertThat(Units.score(score, error, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, –",
    "0.004, 0",
    "0.05, 0.05",
    "24, 24.00",
    "12345.6, 12.3 k",
    "1769038944, 1.77 G"
  })
  void bytes_areZeroBelowAHundredth(double bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }
}
