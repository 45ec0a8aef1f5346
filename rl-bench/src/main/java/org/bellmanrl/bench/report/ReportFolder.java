package org.bellmanrl.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.results.document.UserError;

/**
 * The folder that keeps reports.
 *
 * <ul>
 *   <li>{@code history/TIME.json}: every report so far;
 *   <li>{@code report.html} and {@code report.md}: the newest, with the others as trends;
 *   <li>{@code peers/*.json}: what the scripts in bench/peers measured.
 * </ul>
 */
final class ReportFolder {
  private static final String HISTORY = "history";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final Path path;

  ReportFolder(Path path) {
    this.path = path;
  }

  /**
   * Earlier reports, the oldest first.
   *
   * @param leftOut is told of each file that can't be read, and why
   */
  List<BenchReport> history(Consumer<String> leftOut) {
    List<BenchReport> reports = new ArrayList<>();
    Path history = path.resolve(HISTORY);
    if (Files.isDirectory(history)) {
      for (Path file : Peers.jsonFiles(history)) {
        try {
          reports.add(BenchReport.read(file));
        } catch (UserError e) {
          leftOut.accept("left out of the trends: " + e.getMessage());
        }
      }
    }
    reports.sort(Comparator.comparing(BenchReport::created));
    return reports;
  }

  /** What peers measured. */
  Peers peers() {
    return Peers.read(path.resolve(Peers.FOLDER));
  }

  /**
   * Writes a report and the pages about it.
   *
   * @return the report, the page and the Markdown, in this order
   */
  List<Path> write(BenchReport report, List<BenchReport> earlier, Peers peers) {
    Path json = path.resolve(HISTORY).resolve(NAME.format(report.created()) + ".json");
    Path html = path.resolve("report.html");
    Path markdown = path.resolve("report.md");
    report.write(json);
    ReportFile.writeText(html, new HtmlPage(report, earlier, peers).text());
    ReportFile.writeText(markdown, MarkdownPage.text(report, peers));
    return List.of(json, html, markdown);
  }

  /** The report that a path names: a file, or the newest in such a folder. */
  static BenchReport named(Path given) {
    Path history = given.resolve(HISTORY);
    if (!Files.isDirectory(history)) {
      return BenchReport.read(given);
    }
    List<Path> files = Peers.jsonFiles(history);
    if (files.isEmpty()) {
      throw new UserError("there is no report in " + history + "; run ./rl bench first");
    }
    return BenchReport.read(files.getLast());
  }
}
