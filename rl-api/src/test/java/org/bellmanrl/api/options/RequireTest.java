package org.bellmanrl.api.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bellmanrl.api.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequireTest {
  private static final Schedule FALLING = Schedule.linear(1, 0, 10, Schedule.Clock.STEPS);
  private static final Schedule NEGATIVE = Schedule.linear(0.5, -1, 0.5, Schedule.Clock.FRACTION);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[0, 1];0;true",
        "[0, 1];1;true",
        "[0, 1];-1e-300;false",
        "[0, 1];1.0000000000000002;false",
        "(0, 1];0;false",
        "(0, 1];1;true",
        "[0, 1);1;false",
        "(-12, 0);-12;false",
        "(-12, 0);-1;true",
        "(0, inf];Infinity;true",
        "(0, inf];0;false",
        "[-inf, pi);-Infinity;true",
        "[-pi, pi];3.2;false",
        "[0, 1];NaN;false"
      })
  void inRange_bounds_areAsTheBracketsSay(String range, double value, boolean valid) {
    if (valid) {
      assertThatCode(() -> Require.inRange("x", value, range)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Require.inRange("x", value, range))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("x must be in " + range + ", was " + value);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbers_notFinite_areRefused(double value) {
    assertThatThrownBy(() -> Require.finite("x", value))
        .hasMessage("x must be finite, was " + value);
    assertThatThrownBy(() -> Require.positive("x", value))
        .hasMessage("x must be above 0, was " + value);
    assertThatThrownBy(() -> Require.notNegative("x", value))
        .hasMessage("x must be at least 0, was " + value);
    assertThatThrownBy(() -> Require.unit("x", value))
        .hasMessage("x must be in [0, 1], was " + value);
  }

  @Test
  void numbers_atTheirBounds_areAcceptedOrNot() {
    Require.notNegative("x", 0);
    Require.positive("x", Double.MIN_VALUE);
    Require.atLeast("x", 3, 3);
    assertThatThrownBy(() -> Require.positive("x", 0)).hasMessage("x must be above 0, was 0.0");
    assertThatThrownBy(() -> Require.notNegative("x", -0.5))
        .hasMessage("x must be at least 0, was -0.5");
    assertThatThrownBy(() -> Require.atLeast("x", 2, 3)).hasMessage("x must be at least 3, was 2");
  }

  /** Both ends are in range, and what is between them is not. */
  @Test
  void schedules_areCheckedBetweenTheirEnds() {
    Schedule bump = Schedule.parse("piecewise:0.5:10%:1.5:50%:0.5");
    Schedule dip = Schedule.parse("piecewise:0.5:10%:-0.5:50%:0.5");
    assertThatThrownBy(() -> Require.unit("epsilon", bump))
        .hasMessage("epsilon must be in [0, 1], was " + bump);
    assertThatThrownBy(() -> Require.stepSize("step_size", bump))
        .hasMessage("step_size must be in [0, 1], was " + bump);
    assertThatThrownBy(() -> Require.learningRate("learning_rate", dip))
        .hasMessage("learning_rate must be above 0 at first and never below 0, was " + dip);
    assertThatThrownBy(() -> Require.positive("temperature", dip))
        .hasMessage("temperature must be above 0, was " + dip);
    Require.learningRate("learning_rate", bump);
    Require.positive("temperature", bump);
  }

  @Test
  void lists_areCheckedElementByElement() {
    Require.finite("x", List.of());
    Require.finite("x", List.of(1.0, -2.0));
    Require.each("n", List.of(2, 3), 2);
    assertThatThrownBy(() -> Require.finite("x", List.of(1.0, Double.NaN)))
        .hasMessage("x[1] must be finite, was NaN");
    assertThatThrownBy(() -> Require.each("n", List.of(2, 1), 2))
        .hasMessage("n[1] must be at least 2, was 1");
  }

  @Test
  void schedules_areCheckedAtBothEnds() {
    Require.unit("epsilon", FALLING);
    Require.stepSize("step_size", FALLING);
    assertThatThrownBy(() -> Require.positive("temperature", FALLING))
        .hasMessage("temperature must be above 0, was linear:1.0:0.0:10steps");
    assertThatThrownBy(() -> Require.unit("epsilon", NEGATIVE))
        .hasMessage("epsilon must be in [0, 1], was linear:0.5:-1.0:50%");
    assertThatThrownBy(() -> Require.stepSize("step_size", NEGATIVE))
        .hasMessage("step_size must be in [0, 1], was linear:0.5:-1.0:50%");
    assertThatThrownBy(() -> Require.stepSize("step_size", Schedule.constant(0)))
        .hasMessage("step_size must be in (0, 1], was 0.0");
  }
}
