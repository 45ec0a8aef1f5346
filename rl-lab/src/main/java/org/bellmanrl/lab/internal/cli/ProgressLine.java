package org.bellmanrl.lab.internal.cli;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunMonitor;

/**
 * Shows how training is going: one line drawn over and over in a terminal, now and then a line of
 * its own elsewhere.
 */
final class ProgressLine implements RunMonitor.Watcher {
  private static final int BAR = 20;

  private final Terminal terminal;
  private final Budget budget;
  private final StatusLine line;

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
    StringBuilder out = new StringBuilder();
    boolean byEpisode = budget.episodes() != Long.MAX_VALUE;
    long done = byEpisode ? progress.episodes() : progress.steps();
    long all = byEpisode ? budget.episodes() : budget.steps();
    out.append(byEpisode ? "episode " : "step ").append(Numbers.grouped(done));
    double fraction = progress.fraction();
    if (all != Long.MAX_VALUE) {
      out.append('/').append(Numbers.grouped(all)).append(' ');
      if (terminal.interactive()) {
        int filled = (int) (BAR * fraction);
        out.append('[').append("#".repeat(filled)).append("-".repeat(BAR - filled)).append("] ");
      }
      out.append(Numbers.fixed(100 * fraction, 0)).append('%');
    }
    double recent = monitor.recentReturn();
    if (!Double.isNaN(recent)) {
      out.append("  return ").append(Numbers.fixed(recent, 2));
    }
    double epsilon = monitor.metric("epsilon");
    if (!Double.isNaN(epsilon)) {
      out.append("  epsilon ").append(Numbers.fixed(epsilon, 3));
    }
    out.append("  ").append(Numbers.rate(progress.steps() / seconds)).append(" steps/s");
    if (fraction > 0) {
      out.append("  ETA ").append(Numbers.duration(seconds * (1 - fraction) / fraction));
    }
    return out.toString();
  }
}
