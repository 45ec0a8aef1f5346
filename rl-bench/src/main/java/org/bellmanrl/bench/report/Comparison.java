package org.bellmanrl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changed between two reports beyond the noise.
 *
 * <p>A figure with a limit in both reports is compared by its ratio to the limit, which says the
 * same on a faster or busier machine. A figure without one is compared by its speed, and only
 * between reports of the same processor. It changed if the error intervals don't overlap and the
 * means differ by more than a tolerance: the intervals are those of a few forks, and two runs of
 * the same code differ a little more than forks of one run do.
 *
 * @param slower what got slower, a line each
 * @param faster what got faster, a line each
 * @param notes what could not be compared, a line each
 * @param compared how many figures were compared
 */
record Comparison(List<String> slower, List<String> faster, List<String> notes, int compared) {
  /** A relative change that is taken for noise unless said otherwise. */
  static final double TOLERANCE = 0.05;

  Comparison {
    slower = List.copyOf(slower);
    faster = List.copyOf(faster);
    notes = List.copyOf(notes);
  }

  /**
   * Compares two reports.
   *
   * @param tolerance a relative change that counts as none, at least 0
   */
  static Comparison of(BenchReport old, BenchReport now, double tolerance) {
    List<String> slower = new ArrayList<>();
    List<String> faster = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean sameProcessor = old.machine().cpu().equals(now.machine().cpu());
    int compared = 0;
    for (Figure before : old.figures()) {
      if (old.isLimit(before)) {
        continue;
      }
      Optional<Figure> found = now.figure(before.id());
      if (found.isEmpty()) {
        notes.add(before.id() + ": not in the new report");
        continue;
      }
      Figure after = found.get();
      boolean byRatio = before.limit() != null && before.limit().equals(after.limit());
      if (!byRatio && !sameProcessor) {
        notes.add(before.id() + ": has no limit, and the processors differ");
        continue;
      }
      compared++;
      double a = byRatio ? before.ratio() : before.speed();
      double b = byRatio ? after.ratio() : after.speed();
      double aError = byRatio ? before.ratioError() : a * before.error() / before.score();
      double bError = byRatio ? after.ratioError() : b * after.error() / after.score();
      // An unknown error is NaN, and so is the sum: then nothing is said.
      boolean apart = Math.abs(a - b) > aError + bError;
      double change = b / a - 1;
      if (apart && Math.abs(change) > tolerance) {
        (change < 0 ? slower : faster).add(line(before, after, byRatio, change));
      }
    }
    for (Figure after : now.figures()) {
      if (!now.isLimit(after) && old.figure(after.id()).isEmpty()) {
        notes.add(after.id() + ": new");
      }
    }
    return new Comparison(slower, faster, notes, compared);
  }

  private static String line(Figure before, Figure after, boolean byRatio, double change) {
    String percent = Units.fixed(Math.abs(100 * change), 1) + " %";
    String what =
        byRatio
            ? "ratio to "
                + before.limit()
                + " "
                + Units.withError(before.ratio(), before.ratioError())
                + " → "
                + Units.withError(after.ratio(), after.ratioError())
            : Units.score(before.score(), before.error(), before.unit())
                + " → "
                + Units.score(after.score(), after.error(), after.unit());
    return after.id() + ": " + percent + (change < 0 ? " slower" : " faster") + " (" + what + ")";
  }

  /** Everything as text, the worst first. */
  String text() {
    StringBuilder text = new StringBuilder();
    slower.forEach(line -> text.append("slower  ").append(line).append('\n'));
    faster.forEach(line -> text.append("faster  ").append(line).append('\n'));
    notes.forEach(line -> text.append("note    ").append(line).append('\n'));
    text.append(compared)
        .append(compared == 1 ? " figure" : " figures")
        .append(" compared: ")
        .append(slower.size())
        .append(" slower, ")
        .append(faster.size())
        .append(" faster\n");
    return text.toString();
  }
}
