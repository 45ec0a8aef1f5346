package org.bellmanrl.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class CatalogueTest {
  static Stream<Suite> entries() {
    return Catalogue.entries().stream();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entry_namesBenchmarksAndParametersThatAreThere(Suite suite) throws Exception {
    List<String> methods = Catalogue.all().get(suite);

    assertThat(methods).as(suite.type()).isNotNull();
    assertThat(methods).containsAll(suite.limits().keySet()).containsAll(suite.limits().values());
    Suite.Quick quick = suite.quick();
    if (quick != null) {
      assertThat(methods).containsAll(quick.methods());
      Class<?> type = Class.forName(suite.type());
      for (Map.Entry<String, List<String>> each : quick.parameters().entrySet()) {
        Param values = type.getField(each.getKey()).getAnnotation(Param.class);
        assertThat(values.value()).containsAll(each.getValue());
      }
    }
  }

  @Test
  void all_isInTheOrderOfTheEntries() {
    assertThat(Catalogue.all().keySet().stream().limit(Catalogue.entries().size()))
        .containsExactlyElementsOf(Catalogue.entries());
  }

  @Test
  void unlisted_comparesWithItsBareLoop() {
    Suite suite = Suite.unlisted("a.b.NewBenchmark", Set.of("one", "two", "bareLoop"));

    assertThat(suite.name()).isEqualTo("NewBenchmark");
    assertThat(suite.limits()).isEqualTo(Map.of("one", "bareLoop", "two", "bareLoop"));
    assertThat(Suite.unlisted("a.b.NewBenchmark", Set.of("one", "two")).limits()).isEmpty();
  }

  @Test
  void choose_takesTheLimitAlong() {
    JmhRunner measuring = new JmhRunner(System.out, false);

    List<JmhRunner.Choice> chosen = measuring.choose(Pattern.compile("EnvStep.*single"));

    assertThat(chosen).hasSize(1);
    assertThat(chosen.getFirst().methods()).containsExactly("single", "bareSingle");
  }

  @Test
  void chooseQuick_leavesOutWhatIsNotInTheQuickForm() {
    JmhRunner measuring = new JmhRunner(System.out, true);

    assertThat(measuring.choose(Pattern.compile("MatrixProduct"))).isEmpty();
    assertThat(measuring.choose(null))
        .hasSize((int) entries().filter(suite -> suite.quick() != null).count());
  }

  /** Half an hour of other figures is not to be lost. */
  @Test
  void measure_suiteThatFails_isToldAndLeftOut() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    JmhRunner measuring = new JmhRunner(new PrintStream(told, true, UTF_8), true);
    Suite suite = Suite.of("a.NoBenchmark", "Nothing", Suite.Quick.ALL, "own", "bare");

    List<Figure> figures = measuring.measure(List.of(new JmhRunner.Choice(suite, List.of("own"))));

    assertThat(figures).isEmpty();
    assertThat(measuring.failures()).hasSize(1);
    assertThat(measuring.failures().getFirst()).startsWith("NoBenchmark could not be measured");
    assertThat(told.toString(UTF_8)).contains("error: NoBenchmark could not be measured");
  }

  @Test
  void compared_setsRatesAndTimesBesideTheirLimit() {
    Suite suite = Suite.of("a.QUpdateBenchmark", "", Suite.Quick.ALL, "own", "bare");
    Figure rate = Sample.figure("own", Figure.RATE, 50, 3);
    Figure rateLimit = Sample.figure("bare", Figure.RATE, 200, 8);
    Figure time = Sample.figure("own", Figure.TIME, 4, 0);
    Figure timeLimit = Sample.figure("bare", Figure.TIME, 1, 0.1);

    Figure byRate = JmhRunner.compared(suite, Arrays.asList(rateLimit, rate)).getLast();
    Figure byTime = JmhRunner.compared(suite, Arrays.asList(time, timeLimit)).getFirst();

    assertThat(byRate.limit()).isEqualTo("bare");
    assertThat(byRate.ratio()).isEqualTo(0.25);
    assertThat(byRate.ratioError()).isEqualTo(0.25 * Math.hypot(0.06, 0.04));
    assertThat(byTime.ratio()).isEqualTo(0.25);
    assertThat(byTime.ratioError()).isEqualTo(0.025);
  }
}
