package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @Test
  void fixed_rounds() {
    assertThat(Numbers.fixed(7.5600001, 3)).isEqualTo("7.560");
    assertThat(Numbers.fixed(-0.0004, 3)).isEqualTo("0.000");
    assertThat(Numbers.fixed(-13, 1)).isEqualTo("-13.0");
    assertThat(Numbers.fixed(Double.NaN, 1)).isEqualTo("nan");
  }

  @Test
  void grouped_separatesThousands() {
    assertThat(Numbers.grouped(999)).isEqualTo("999");
    assertThat(Numbers.grouped(1_234_567)).isEqualTo("1,234,567");
    assertThat(Numbers.grouped(-12_345)).isEqualTo("-12,345");
  }

  @Test
  void rate_keepsFewDigits() {
    assertThat(Numbers.rate(999.4)).isEqualTo("999");
    assertThat(Numbers.rate(12_345)).isEqualTo("12.3k");
    assertThat(Numbers.rate(999_960)).isEqualTo("1.0M");
  }

  @Test
  void brief_keepsAboutThreeDigits() {
    assertThat(Numbers.brief(0.125)).isEqualTo("0.125");
    assertThat(Numbers.brief(-1.25)).isEqualTo("-1.25");
    assertThat(Numbers.brief(12.34)).isEqualTo("12.3");
    assertThat(Numbers.brief(1234.5)).isEqualTo("1234");
    assertThat(Numbers.brief(0)).isEqualTo("0.000");
    assertThat(Numbers.brief(3.21e-5)).isEqualTo("3.2e-5");
    assertThat(Numbers.brief(-2.5e7)).isEqualTo("-2.5e7");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("nan");
  }

  @Test
  void duration_growsWithTheTime() {
    assertThat(Numbers.duration(0.44)).isEqualTo("0.4 s");
    assertThat(Numbers.duration(65)).isEqualTo("01:05");
    assertThat(Numbers.duration(7385)).isEqualTo("2:03:05");
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 1000000",
    "1_000_000, 1000000",
    "1e6, 1000000",
    "1.5E+3, 1500",
    "1M, 1000000",
    "2.5k, 2500",
    "' 7 ', 7",
    "-3, -3",
    "9223372036854775807, 9223372036854775807",
    "50e-1, 5"
  })
  void whole_asPeopleWriteThem_isRead(String text, long expected) {
    assertThat(Numbers.whole(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1.5",
        "1_",
        "_1",
        "1__0",
        "1e",
        "1e300",
        "9223372036854775808",
        "1G",
        "0x10",
        "k",
        "1e-1",
        "NaN",
        "1,000"
      })
  void whole_anythingElse_isRefusedByQuotingIt(String text) {
    assertThatThrownBy(() -> Numbers.whole(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("'" + text + "' is not a whole number such as 200000, 200_000, 2e5 or 200k");
  }

  @Test
  void whole_endlessDigits_areCutInTheMessage() {
    assertThatThrownBy(() -> Numbers.whole("1".repeat(1_000_000)))
        .hasMessageStartingWith("'" + "1".repeat(60) + "…' is not");
  }

  @Test
  void exact_readsBack() {
    for (double value : new double[] {0, -0.0, 1, -17, 0.1, 1e300, 123456789.25, 1e15}) {
      assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
    }
    assertThat(Numbers.exact(-17)).isEqualTo("-17");
  }
}
