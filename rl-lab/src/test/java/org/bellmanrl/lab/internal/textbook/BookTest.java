package org.bellmanrl.lab.internal.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final long MOST_BYTES = 60_000;

  private static final Laboratory LABORATORY =
      new Laboratory(Registry.builder().discover(BookTest.class.getClassLoader()).build());

  static Stream<Setting> fast() {
    return Book.settings().stream().filter(Setting::fast);
  }

  @ParameterizedTest
  @MethodSource("fast")
  void row_withFewRuns_isOk(Setting setting) {
    List<Outcome> outcomes = LABORATORY.carryOut(setting, setting.quick());

    for (int i = 0; i < setting.checks().size(); i++) {
      Result result = LABORATORY.check(setting, i, outcomes);
      assertThat(result.ok()).as("%s: %s", setting.name(), result).isTrue();
      // A bound that noise has made wide would show nothing.
      assertThat(result.tolerance())
          .isLessThanOrEqualTo(0.25 * Math.abs(result.check().expected()));
    }
  }

  @Test
  void page_inDocs_hasEveryRowAndFigure() throws IOException {
    String page = Files.readString(DOCS.resolve("textbook.md"));
    for (Setting setting : Book.settings()) {
      assertThat(page).contains("`" + String.join(" ", setting.words(setting.runs())) + "`");
      for (Check check : setting.checks()) {
        assertThat(page).contains("| " + setting.name() + " | " + check.what());
      }
    }
    assertThat(page).doesNotContain("OFF");
    for (Figure figure : Book.figures()) {
      assertThat(page).contains("](" + Page.image(figure) + ")");
      assertThat(Files.size(DOCS.resolve(Page.image(figure)))).isBetween(2000L, MOST_BYTES);
    }
  }

  @Test
  void check_beyondItsTolerance_isOff() {
    Check check = new Check("return of 1", Measure.parse("return of 1"), 100, 5);

    assertThat(check.holds(105, 0)).isTrue();
    assertThat(check.holds(105.1, 0)).isFalse();
    assertThat(check.holds(94.9, 0)).isFalse();
    assertThat(check.holds(94, 2)).isTrue();
    assertThat(check.holds(93.9, 2)).isFalse();
    assertThat(check.holds(Double.NaN, 0)).isFalse();
  }

  @Test
  void outcome_hasMeanAndStandardError() {
    Outcome outcome = new Outcome(new double[][] {{1, 5}, {2, 5}, {6, 5}});

    assertThat(outcome.mean(0)).isEqualTo(3);
    assertThat(outcome.variance(0)).isEqualTo(7);
    assertThat(outcome.standardError(0)).isEqualTo(Math.sqrt(7 / 3.0));
    assertThat(outcome.variance(1)).isZero();
    assertThat(outcome.largest(0, 2)).isEqualTo(1);
  }

  @Test
  void measure_ofText_hasKindFoldAndRange() {
    assertThat(Measure.parse("peak percent left of 1-300"))
        .isEqualTo(new Measure(Measure.Kind.EPISODE_PERCENT, Measure.Fold.PEAK, "left", 1, 300));
    assertThat(Measure.parse("percent optimal at 901-1000"))
        .isEqualTo(new Measure(Measure.Kind.STEP_PERCENT, Measure.Fold.MEAN, "optimal", 901, 1000));
    assertThat(Measure.parse("total length of 1-170").width(1)).isEqualTo(1);
    assertThat(Measure.parse("each values of 0-100").width(5)).isEqualTo(505);
    assertThat(Measure.parse("rms after 0").from()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rms", "return of 0", "length of 5-4", "speed of 3", "start value of"})
  void measure_ofOtherText_isRefused(String text) {
    assertThatThrownBy(() -> Measure.parse(text)).isInstanceOf(UserError.class);
  }
}
