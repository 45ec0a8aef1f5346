package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.results.document.Numbers;

/**
 * Shows the progress of training: one line that is redrawn in a terminal, now and then a line of
 * its own elsewhere. It tells what the learner at hand reports of what matters; where a terminal is
 * too narrow for all of it, the least important goes first.
 */
final class ProgressLine implements RunMonitor.Watcher {
  private static final int LEAST_BAR = 5;
  private static final int MOST_BAR = 20;
  private static final int BAR_RANK = 8;
  private static final String GAP = "  ";

  /** What matters of what learners report, in the order in which it is shown. */
  private static final List<String> METRICS =
      List.of(
          "loss",
          "td_error",
          "policy_loss",
          "actor_loss",
          "value_loss",
          "critic_loss",
          "change",
          "average_reward",
          "epsilon",
          "ent_coef",
          "temperature",
          "entropy");

  private final Terminal terminal;
  private final Budget budget;
  private final StatusLine line;

  /**
   * A part of the line.
   *
   * @param rank how soon it goes where there is no room: the greatest first, 0 never
   */
  private record Piece(String text, int rank) {}

  ProgressLine(Terminal terminal, Budget budget) {
    this.terminal = terminal;
    this.budget = budget;
    this.line = new StatusLine(terminal);
  }

  @Override
  public void look(Progress progress, RunMonitor monitor, double seconds) {
    if (line.due(seconds)) {
      line.show(text(progress, monitor, seconds), seconds);
    }
  }

  /** Takes the drawn line away. */
  void clear() {
    line.clear();
  }

  String text(Progress progress, RunMonitor monitor, double seconds) {
    List<Piece> pieces = pieces(progress, monitor, seconds);
    // The last column stays free: some terminals go to the next line when it is written.
    int room = terminal.interactive() ? terminal.width() - 1 : Integer.MAX_VALUE;
    while (width(pieces) > room && pieces.size() > 1) {
      pieces.remove(pieces.stream().max(Comparator.comparingInt(Piece::rank)).orElseThrow());
    }
    int bar = Math.min(LEAST_BAR + room - width(pieces), MOST_BAR);
    StringBuilder out = new StringBuilder();
    for (Piece piece : pieces) {
      out.append(piece.rank == BAR_RANK ? bar(bar, fraction(progress)) : piece.text);
    }
    return out.toString();
  }

  /** Of the run, which schedules may have ended before. */
  private double fraction(Progress progress) {
    return budget.fraction(progress.steps(), progress.episodes());
  }

  private static String bar(int length, double fraction) {
    int filled = (int) (length * fraction);
    return " [" + "#".repeat(filled) + "-".repeat(length - filled) + "]";
  }

  private static int width(List<Piece> pieces) {
    int width = 0;
    for (Piece piece : pieces) {
      width += piece.text.length();
    }
    return width;
  }

  private List<Piece> pieces(Progress progress, RunMonitor monitor, double seconds) {
    List<Piece> pieces = new ArrayList<>();
    boolean byEpisode = budget.episodes() != Long.MAX_VALUE;
    long done = byEpisode ? progress.episodes() : progress.steps();
    long all = byEpisode ? budget.episodes() : budget.steps();
    double fraction = fraction(progress);
    pieces.add(new Piece((byEpisode ? "episode " : "step ") + Numbers.grouped(done), 0));
    if (all != Long.MAX_VALUE) {
      pieces.add(new Piece("/" + Numbers.grouped(all), 4));
      if (terminal.interactive()) {
        pieces.add(new Piece(bar(LEAST_BAR, fraction), BAR_RANK));
      }
      pieces.add(new Piece(" " + Numbers.fixed(100 * fraction, 0) + "%", 2));
    }
    if (!Double.isNaN(monitor.recentReturn())) {
      pieces.add(new Piece(GAP + "return " + Numbers.fixed(monitor.recentReturn(), 2), 1));
      pieces.add(new Piece(GAP + "length " + Numbers.fixed(monitor.recentLength(), 1), 9));
    }
    int shown = 0;
    for (String name : METRICS) {
      double value = monitor.metric(name);
      if (!Double.isNaN(value)) {
        int rank = name.equals("epsilon") ? 7 : shown == 0 ? 6 : 10 + shown;
        pieces.add(new Piece(GAP + name.replace('_', ' ') + " " + Numbers.brief(value), rank));
        shown++;
      }
    }
    pieces.add(new Piece(GAP + Numbers.rate(progress.steps() / seconds) + " steps/s", 5));
    if (fraction > 0) {
      pieces.add(
          new Piece(GAP + "ETA " + Numbers.duration(seconds * (1 - fraction) / fraction), 3));
    }
    return pieces;
  }
}
