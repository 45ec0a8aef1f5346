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
  private static final double DRAW_INTERVAL = 0.1;
  private static final double LINE_INTERVAL = 5;
  private static final int BAR = 20;
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final Budget budget;
  private final double interval;
  private double last;
  private boolean drawn;

  ProgressLine(Terminal terminal, Budget budget) {
    this.terminal = terminal;
    this.budget = budget;
    this.interval = terminal.interactive() ? DRAW_INTERVAL : LINE_INTERVAL;
  }

  @Override
  public void look(Progress progress, RunMonitor monitor, double seconds) {
    if (seconds - last < interval) {
      return;
    }
    last = seconds;
    String text = text(progress, monitor, seconds);
    if (terminal.interactive()) {
      drawn = true;
      int room = terminal.width() - 1;
      terminal.out().print(ERASE + (text.length() <= room ? text : text.substring(0, room)));
    } else {
      terminal.out().println(text);
    }
    terminal.out().flush();
  }

  /** Takes the drawn line away. */
  void clear() {
    if (drawn) {
      drawn = false;
      terminal.out().print(ERASE);
    }
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
