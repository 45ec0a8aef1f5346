package org.bellmanrl.bench.report;

import com.google.common.collect.Multimaps;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.bench.origin.Machine;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the benchmarks measured.
 *
 * @param created when it began
 * @param form {@code quick} or {@code full}
 * @param commit which commit of the sources was measured, with {@code +changes} if files differed
 *     from it; {@code unknown} outside of a clone
 * @param machine where
 * @param figures what, in the order of the catalogue
 */
record BenchReport(
    Instant created, String form, String commit, Machine machine, List<Figure> figures) {
  private static final String FORMAT = "bellman-bench-report";
  private static final int VERSION = 1;

  BenchReport {
    figures = List.copyOf(figures);
    Set<String> ids = new LinkedHashSet<>();
    for (Figure figure : figures) {
      if (!ids.add(figure.id())) {
        throw new IllegalArgumentException("two figures are called " + figure.id());
      }
    }
  }

  /** The figure with an id. */
  Optional<Figure> figure(String id) {
    return figures.stream().filter(figure -> figure.id().equals(id)).findFirst();
  }

  /** The figures by suite, in order. */
  Map<String, List<Figure>> bySuite() {
    return Multimaps.asMap(Multimaps.index(figures, Figure::suite));
  }

  /** Whether a figure only stands there for others to be compared with. */
  boolean isLimit(Figure figure) {
    return figures.stream()
        .anyMatch(other -> figure.method().equals(other.limit()) && figure.besides(other));
  }

  void write(Path file) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("created", created.toString());
    entries.put("form", form);
    entries.put("commit", commit);
    entries.put("machine", machine.entries());
    entries.put("figures", figures.stream().map(Figure::entries).toList());
    ReportFile.write(file, FORMAT, VERSION, entries);
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws org.bellmanrl.results.document.UserError naming the file, if it is none, is damaged, or
   *     has another version
   */
  static BenchReport read(Path file) {
    Document fields = ReportFile.read(file, FORMAT, VERSION);
    try {
      BenchReport report =
          new BenchReport(
              Instant.parse(fields.text("created")),
              fields.text("form"),
              fields.text("commit"),
              Machine.of(fields.mapping("machine")),
              fields.mappings("figures").stream().map(Figure::of).toList());
      fields.refuseOthers();
      return report;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw fields.refusal(String.valueOf(e.getMessage()));
    }
  }
}
