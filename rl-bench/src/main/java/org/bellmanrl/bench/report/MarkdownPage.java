package org.bellmanrl.bench.report;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bellmanrl.bench.origin.Machine;

/** A report as Markdown, and the words that both pages use. */
final class MarkdownPage {
  static final String ADVICE =
      "Only ratios travel: a benchmark and its limit, a bare loop with the same arithmetic, ran one"
          + " after the other on the same machine, so their ratio says what the library costs."
          + " The other figures hold for this machine in this hour. Errors are 99 % intervals of"
          + " the mean. Bytes an operation include some kilobytes an iteration of the measurement's"
          + " own, which show where operations are long.";

  private MarkdownPage() {}

  static String text(BenchReport report, Peers peers) {
    StringBuilder text = new StringBuilder("# Bellman benchmarks\n\n");
    text.append(ADVICE).append("\n\n| | |\n|---|---|\n");
    row(text, "measured", report.created().truncatedTo(ChronoUnit.MINUTES) + ", " + report.form());
    row(text, "commit", report.commit());
    report.machine().facts().forEach((name, value) -> row(text, name, value));
    for (List<Figure> figures : report.bySuite().values()) {
      boolean beside = figures.stream().anyMatch(figure -> !peers.of(figure).isEmpty());
      text.append("\n## ").append(figures.getFirst().title()).append(" (`");
      text.append(figures.getFirst().suite()).append("`)\n\n");
      text.append("| benchmark | figure | part of the limit's speed | bytes/op |");
      text.append(beside ? " peers |" : "").append("\n|---|---|---|---|");
      text.append(beside ? "---|\n" : "\n");
      for (Figure figure : figures) {
        text.append("| ").append(cell(figure.label())).append(" | ");
        text.append(Units.score(figure.score(), figure.error(), figure.unit())).append(" | ");
        text.append(ratio(report, figure)).append(" | ");
        text.append(Units.bytes(figure.allocation())).append(" |");
        if (beside) {
          text.append(' ');
          List<Peers.Peer> others = peers.of(figure);
          for (int i = 0; i < others.size(); i++) {
            text.append(i == 0 ? "" : "; ");
            text.append(cell(peer(figure, others.get(i), report.machine())));
          }
          text.append(" |");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  /** A peer's figure, with how many times as fast we are. */
  static String peer(Figure figure, Peers.Peer peer, Machine machine) {
    String own =
        peer.name()
            + " "
            + Units.score(peer.score(), Double.NaN, figure.unit())
            + " (×"
            + Units.three(figure.factorOver(peer.score()))
            + ")";
    return peer.cpu().equals(machine.cpu()) ? own : own + " on " + peer.cpu();
  }

  private static String ratio(BenchReport report, Figure figure) {
    if (figure.limit() == null) {
      return report.isLimit(figure) ? "the limit" : "–";
    }
    return Units.withError(figure.ratio(), figure.ratioError()) + " of " + figure.limit();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(cell(value)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
