package org.bellmanrl.lab.internal.cli;

/** A line that is redrawn in a terminal; elsewhere a new line now and then. */
final class StatusLine {
  private static final double DRAW_SECONDS = 0.1;
  private static final double LINE_SECONDS = 5;
  static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final double interval;
  private double last;
  private boolean drawn;

  StatusLine(Terminal terminal) {
    this.terminal = terminal;
    this.interval = terminal.interactive() ? DRAW_SECONDS : LINE_SECONDS;
  }

  /** Returns whether it is time to show something, given the seconds since the beginning. */
  boolean due(double seconds) {
    return seconds - last >= interval;
  }

  /** Shows a text, given the seconds since the beginning. */
  void show(String text, double seconds) {
    last = seconds;
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
      terminal.out().flush();
    }
  }
}
