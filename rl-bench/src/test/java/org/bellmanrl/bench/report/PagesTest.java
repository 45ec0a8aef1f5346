package org.bellmanrl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
  private static final BenchReport REPORT = Sample.report("A & <B>", 150e6, 3e-6);
  private static final String PEER =
      """
      {"format": "bellman-peers", "version": 1, "cpu": "A & <B>", "figures": [
        {"figure": "QUpdateBenchmark.learner[batch=1,table=500x6]", "peer": "Slow <1.0>",
         "score": 3e6}]}
      """;

  @TempDir private Path folder;

  @Test
  void html_needsNothingElse() {
    String html = new HtmlPage(REPORT, List.of(), new Peers(ImmutableListMultimap.of())).text();

    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme: dark", "name=\"viewport\"", "<svg")
        .doesNotContain("http:", "https:", "<script", "src=", "url(", "@import");
  }

  @Test
  void html_escapesWhatItShows() {
    String html = new HtmlPage(REPORT, List.of(), new Peers(ImmutableListMultimap.of())).text();

    assertThat(html).contains("A &amp; &lt;B&gt;", "Updates &lt;in&gt; random &amp; order");
  }

  @Test
  void pages_showFiguresRatiosAndOrigin() {
    String markdown = MarkdownPage.text(REPORT, new Peers(ImmutableListMultimap.of()));
    String html = new HtmlPage(REPORT, List.of(), new Peers(ImmutableListMultimap.of())).text();

    assertThat(markdown)
        .contains(
            "| learner[batch=1,table=500x6] | 150 ± 2 M/s | 0.750 ± 0.011 of bareLoop | 0 |",
            "| once[batch=1,table=500x6] | 2.50 s | – | 0 |",
            "| commit | 0123456789ab |",
            "| network kernel | vector-512 |",
            "Only ratios travel");
    assertThat(html).contains("150 ± 2 M/s", "0.750 ± 0.011", "0123456789ab", "vector-512");
  }

  @Test
  void html_drawsATrendThroughEarlierReports() {
    BenchReport old = Sample.report("another", 75e6, 3e-6);
    String html =
        new HtmlPage(REPORT, List.of(old, REPORT), new Peers(ImmutableListMultimap.of())).text();

    assertThat(html).contains("3 reports, from 0.375 to 0.750, now 0.750");
    // Without a limit only reports of the same processor count.
    assertThat(html).contains("2 reports, from 333 k/s to 333 k/s, now 333 k/s");
  }

  @Test
  void folder_keepsHistoryAndShowsPeers() throws IOException {
    ReportFolder reports = new ReportFolder(folder);
    Files.createDirectories(folder.resolve("peers"));
    Files.writeString(folder.resolve("peers/slow.json"), PEER);
    List<String> warnings = new ArrayList<>();

    List<Path> written = reports.write(REPORT, reports.history(warnings::add), reports.peers());

    assertThat(reports.history(warnings::add)).containsExactly(REPORT);
    assertThat(ReportFolder.named(folder)).isEqualTo(REPORT);
    assertThat(ReportFolder.named(written.getFirst())).isEqualTo(REPORT);
    assertThat(Files.readString(written.get(1))).contains("Slow &lt;1.0&gt; 3.00 M/s (×50.0)");
    assertThat(Files.readString(written.get(2))).contains("Slow <1.0> 3.00 M/s (×50.0)");
    assertThat(warnings).isEmpty();
  }

  @Test
  void folder_damagedHistoryIsNamedAndLeftOut() throws IOException {
    Path history = Files.createDirectories(folder.resolve("history"));
    Path damaged = Files.writeString(history.resolve("old.json"), "{\"format\": \"bell");
    List<String> warnings = new ArrayList<>();

    assertThat(new ReportFolder(folder).history(warnings::add)).isEmpty();
    assertThat(warnings).singleElement().asString().contains(damaged.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "3e6; -3; 'score' must be above 0, was -3.0",
        "3e6; null; 'score' must be above 0, was NaN",
        "3e6; \"fast\"; 'figures[0].score' must be a number",
        "\"version\": 1; \"version\": 2; has version 2, this release reads version 1",
        "bellman-peers; bellman-bench-report; is no bellman-peers",
        "\"cpu\"; \"gpu\"; entry 'cpu' is missing",
        "\"peer\"; \"pear\"; entry 'figures[0].peer' is missing",
        "\"score\"; \"more\": 1, \"score\"; unknown entry 'figures[0].more'",
        "\"cpu\"; \"more\": 1, \"cpu\"; unknown entry 'more'",
        "}]}; }; line",
      })
  void peers_damagedOrOfAnotherVersion_areRefusedByName(String from, String to, String message)
      throws IOException {
    Path peers = Files.createDirectories(folder.resolve("peers"));
    assertThat(PEER).contains(from);
    Path file = Files.writeString(peers.resolve("slow.json"), PEER.replace(from, to));

    assertThatThrownBy(() -> Peers.read(peers))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void peers_noFolder_areNone() {
    assertThat(Peers.read(folder.resolve("peers")).figures().asMap()).isEmpty();
  }
}
