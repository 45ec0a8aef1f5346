package org.bellmanrl.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
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
    "cosine:1:0.5:100steps,         0, 1",
    "cosine:1:0.5:100steps,        25, 0.9267767", // 1 - (1 - sqrt(1/2)) / 4
    "cosine:1:0.5:100steps,        50, 0.75",
    "cosine:1:0.5:100steps,        75, 0.5732233",
    "cosine:1:0.5:100steps,       100, 0.5",
    "cosine:1:0.5:100steps,       500, 0.5",
    "cosine:0:4:50%,         0.166666667, 1", // cos(pi / 3) is a half
    "piecewise:1:10steps:0.5:30steps:0.9,  0, 1",
    "piecewise:1:10steps:0.5:30steps:0.9,  5, 0.75",
    "piecewise:1:10steps:0.5:30steps:0.9, 10, 0.5",
    "piecewise:1:10steps:0.5:30steps:0.9, 15, 0.6",
    "piecewise:1:10steps:0.5:30steps:0.9, 30, 0.9",
    "piecewise:1:10steps:0.5:30steps:0.9, 99, 0.9",
    "piecewise:3:50%:3:50%:2:75%:2:75%:1, 0.499, 3",
    "piecewise:3:50%:3:50%:2:75%:2:75%:1,   0.5, 2",
    "piecewise:3:50%:3:50%:2:75%:2:75%:1,   0.6, 2",
    "piecewise:3:50%:3:50%:2:75%:2:75%:1,  0.75, 1",
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
        "cosine:0.001:0.0:100%",
        "cosine:0.001:1.0E-5:500episodes",
        "piecewise:0.001:50%:3.0E-4:75%:1.0E-4",
        "piecewise:1.0:10000steps:0.5:10000steps:0.25:20000steps:0.0",
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
  void toString_ofAPercentage_isTheTextThatWasRead() {
    for (int tenths = 1; tenths <= 1000; tenths++) {
      String percent = tenths % 10 == 0 ? tenths / 10 + "%" : tenths / 10 + "." + tenths % 10 + "%";
      for (String text : new String[] {"linear:1.0:0.0:", "cosine:1.0:0.0:"}) {
        assertThat(Schedule.parse(text + percent)).hasToString(text + percent);
      }
      String rate = "exponential:1.0:0.0:" + tenths / 10.0 + "%";
      assertThat(Schedule.parse(rate)).hasToString(rate);
    }
  }

  @Test
  void toString_ofAnyFraction_isReadAsTheSame() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10_000; i++) {
      Schedule length = Schedule.parse("linear:1:0:" + random.nextDouble(100) + "%");
      assertThat(Schedule.parse(length.toString())).isEqualTo(length);
      Schedule rate = Schedule.parse("exponential:1:0:" + random.nextDouble() + "%");
      assertThat(Schedule.parse(rate.toString())).isEqualTo(rate);
    }
  }

  @Test
  void cosine_atItsEnds_isExact() {
    Schedule schedule = Schedule.cosine(0.1, 0.3, 0.7, Schedule.Clock.FRACTION);
    assertThat(schedule.at(0)).isEqualTo(0.1);
    assertThat(schedule.at(0.7)).isEqualTo(0.3);
    assertThat(schedule.at(1)).isEqualTo(0.3);
    assertThat(schedule.at(0.35)).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void cosine_alongItsLength_isSymmetricAndFlatAtBothEnds() {
    Schedule schedule = Schedule.parse("cosine:1:0:100steps");
    for (int time = 0; time <= 50; time++) {
      assertThat(schedule.at(time) + schedule.at(100 - time)).isCloseTo(1, within(1e-15));
    }
    assertThat(schedule.at(0) - schedule.at(1)).isLessThan(2.5e-4);
    assertThat(schedule.at(49) - schedule.at(50)).isGreaterThan(0.0157);
  }

  @Test
  void leastAndGreatest_areThoseOfTheWholeRun() {
    Schedule schedule = Schedule.parse("piecewise:0.5:10%:-1:10%:3:50%:0.25");
    assertThat(schedule.least()).isEqualTo(-1);
    assertThat(schedule.greatest()).isEqualTo(3);
    for (String text :
        new String[] {"cosine:2:1:5steps", "linear:1:2:50%", "exponential:2:1:0.1"}) {
      assertThat(Schedule.parse(text).least()).isEqualTo(1);
      assertThat(Schedule.parse(text).greatest()).isEqualTo(2);
    }
    assertThat(Schedule.constant(0.5).least()).isEqualTo(Schedule.constant(0.5).greatest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cosin:1:0:50% | not a schedule: 'cosin:1:0:50%', did you mean 'cosine'?; write a number, lin",
        "cosine:1:0 | cosine:FROM:TO:LENGTH",
        "piecewise:1 | piecewise:VALUE:TIME:VALUE:TIME:VALUE",
        "piecewise:1:50%:0:75% | piecewise:VALUE:TIME:VALUE:TIME:VALUE",
        "piecewise:1:50:0 | with each TIME like a LENGTH",
        "cosine:1:0:120% | a cosine schedule's length must be at most 100% of the budget, was 120%",
        "cosine:1:inf:50% | not a schedule",
        "cosine:1:1e999:50% | a cosine schedule's ends must be finite, were 1.0 and Infinity",
        "piecewise:1:50%:0:10steps:2 | must be in one unit, were '50%' and '10steps'",
        "piecewise:1:50%:0:40%:2 | points must not fall, were 50% and 40%",
        "piecewise:1:0%:0 | the time of a piecewise schedule's point must be above 0",
        "piecewise:1:9steps:0:9steps:1:9steps:2 | at most two points at a time, had three at 9steps",
        "piecewise:1:50%:1e999 | a piecewise schedule's values must be finite, one was Infinity",
      })
  void parse_almostASchedule_saysWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void piecewise_withoutAPoint_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.piecewise(1, List.of(), Schedule.Clock.STEPS))
        .withMessage("a piecewise schedule must have a point, had none");
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
