package org.bellmanrl.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /** Progress that a test sets. */
  private static final class Given implements Progress {
    private long steps;
    private long episodes;
    private double fraction;

    @Override
    public long steps() {
      return steps;
    }

    @Override
    public long episodes() {
      return episodes;
    }

    @Override
    public double fraction() {
      return fraction;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,                        123, 0.1",
    "linear:1:0.5:100steps,        0, 1",
    "linear:1:0.5:100steps,       50, 0.75",
    "linear:1:0.5:100steps,      500, 0.5",
    "linear:0:10:4episodes,        1, 2.5",
    "linear:1:0:50%,            0.25, 0.5",
    "exponential:1:0.05:0.0005, 1000, 0.626204",
    "exponential:1:0:0.01steps,  100, 0.367879"
  })
  void at_textForm_hasTheKnownValue(String text, double time, double expected) {
    assertThat(Schedule.parse(text).at(time)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "linear:1.0:0.05:10000steps",
        "linear:1.0:0.05:12.5episodes",
        "linear:1.0:0.05:50%",
        "exponential:1.0:0.05:5.0E-4",
        "exponential:1.0:0.05:5.0E-4steps",
        "exponential:1.0:0.05:0.5%"
      })
  void toString_parsedAgain_isTheSame(String text) {
    Schedule schedule = Schedule.parse(text);
    assertThat(schedule).hasToString(text);
    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fast",
        "linear:1:0",
        "linear:1:0:100",
        "linear:a:0:1steps",
        "0.1:2",
        "NaN",
        "linear:1:0:0steps",
        "linear:1:0:200%",
        "exponential:1:0:-1",
        "exponential:inf:0:1"
      })
  void parse_notASchedule_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse(text));
  }

  @Test
  void scheduled_alongProgress_followsItsClock() {
    Given progress = new Given();
    Scheduled bySteps = new Scheduled(Schedule.parse("linear:1:0:10steps"), progress);
    Scheduled byEpisodes = new Scheduled(Schedule.parse("linear:1:0:10episodes"), progress);
    Scheduled byFraction = new Scheduled(Schedule.parse("linear:1:0:100%"), progress);
    Scheduled constant = new Scheduled(Schedule.constant(0.3), progress);
    progress.steps = 1;
    progress.episodes = 2;
    progress.fraction = 0.3;
    assertThat(bySteps.now()).isEqualTo(0.9);
    assertThat(byEpisodes.now()).isEqualTo(0.8);
    assertThat(byFraction.now()).isEqualTo(0.7);
    assertThat(constant.now()).isEqualTo(0.3);
    progress.steps = 10;
    assertThat(bySteps.now()).isZero();
    assertThat(byEpisodes.now()).isEqualTo(0.8);
  }
}
