package org.bellmanrl.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bellmanrl.bench.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class SearchTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int search(Object... words) {
    String[] all =
        Arrays.stream(new Object[][] {{"search", "--out", folder}, words})
            .flatMap(Arrays::stream)
            .map(Object::toString)
            .toArray(String[]::new);
    return Main.run(stream(out), stream(err), all);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** A file as the script for Optuna writes it, with these values for every function. */
  private void optuna(int studies, int trials, String values) throws IOException {
    String best =
        Arrays.stream(SearchFunction.values())
            .map(function -> "\"%s\": [%s]".formatted(function.id(), values))
            .collect(Collectors.joining(", "));
    Path file = folder.resolve("search").resolve("optuna.json");
    Files.createDirectories(folder.resolve("search"));
    Files.writeString(
        file,
        """
        {"format": "bellman-search", "version": 1, "sampler": "Optuna 5, TPE",
         "studies": %d, "trials": %d, "best": {%s}}
        """
            .formatted(studies, trials, best));
  }

  @Test
  void functions_atTheirKnownMinima_haveTheKnownValues() {
    double[] ones = {1, 1, 1, 1, 1};
    double[] hartmann = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
    assertThat(SearchFunction.SPHERE.of(ones)).isZero();
    assertThat(SearchFunction.ROSENBROCK.of(Arrays.copyOf(ones, 4))).isZero();
    assertThat(SearchFunction.BRANIN.of(new double[] {Math.PI, 2.275}))
        .isCloseTo(0.397887, within(1e-6));
    assertThat(SearchFunction.HARTMANN.of(hartmann)).isCloseTo(-3.32237, within(1e-5));
    assertThat(SearchFunction.RASTRIGIN.of(new double[3])).isZero();
    assertThat(SearchFunction.MIXED.of(new double[] {1e-3, 6, 1, 2, 1})).isZero();
  }

  @Test
  void hartmann_searchedByTpe_isLowerThanByChance() {
    double[] tpe = least(Searcher.ALL.getFirst());
    double[] random = least(Searcher.ALL.getLast());
    // Of 20 studies each, the median is better than the three best random ones.
    assertThat(tpe[9]).isLessThan(random[2]);
  }

  private static double[] least(Searcher searcher) {
    return IntStream.range(0, 20)
        .mapToDouble(study -> searcher.least(SearchFunction.HARTMANN, study, 50))
        .sorted()
        .toArray();
  }

  @Test
  void search_besideOptuna_comparesWithIt() throws IOException {
    optuna(2, 4, "1e9, 1e9");

    assertThat(search("--studies", 2, "--trials", 4))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(folder.resolve("search/search.md"))
        .content()
        .contains("2 studies of 4 trials")
        .contains("| function | Optuna 5, TPE | TPE | TPE, two side by side | quasi-random |")
        .contains("| sphere | 1.00e+09 [1.00e+09, 1.00e+09] | ")
        .contains("than one of Optuna 5, TPE:", "| hartmann | 1.00 [1.00, 1.00] |");
  }

  @Test
  void search_alone_comparesNothing() {
    assertThat(search("--studies", 1, "--trials", 2)).isZero();
    assertThat(folder.resolve("search/search.md"))
        .content()
        .contains("| function | TPE |")
        .doesNotContain("probab");
  }

  @Test
  void answer_givesTheValueOfEachLine() {
    String lines = "1 1 1 1 3\njudge 1 2 1 1 1\n";
    ByteArrayInputStream in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    ParseResult arguments = new CommandLine(SearchCommand.spec()).parseArgs("--answer", "sphere");

    assertThat(new SearchCommand(in, stream(out)).run(arguments)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("4.0", "1.0");
  }

  @Test
  void taxi_withASettingThatLearns_isBetterThanOneThatDoesNot() {
    double learns = SearchFunction.TAXI.of(new double[] {0.9, 0.95, 0.01, 50});
    assertThat(learns).isLessThan(50);
    assertThat(SearchFunction.TAXI.of(new double[] {0.01, 0.95, 0.01, 50}))
        .isGreaterThan(learns + 50);
  }

  @Test
  void answer_ofWhatIsNoFunction_saysWhatThereIs() {
    assertThat(search("--answer", "Branin")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no function 'Branin', only sphere, rosenbrock, branin");
  }

  @Test
  void search_besideOtherStudies_isRefused() throws IOException {
    optuna(3, 12, "1, 2, 3");
    assertThat(search("--studies", 2, "--trials", 12)).isEqualTo(2);
    optuna(3, 12, "1, 2");
    assertThat(search("--studies", 3, "--trials", 12)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("repeat the script with --studies 2 --trials 12")
        .contains("'sphere' must be of 3 studies, was of 2");
  }
}
