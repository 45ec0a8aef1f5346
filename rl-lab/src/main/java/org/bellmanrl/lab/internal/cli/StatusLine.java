package org.bellmanrl.lab.internal.cli;

/** A line drawn over and over in a terminal; elsewhere a line of its own now and then. */
final class StatusLine {
  private static final long DRAW_NANOS = 100_000_000;
  private static final long LINE_NANOS = 5_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final long interval;
  private long last = System.nanoTime();
  private boolean drawn;

  StatusLine(Terminal terminal) {
    this.terminal = terminal;
    this.interval = terminal.interactive() ? DRAW_NANOS : LINE_NANOS;
  }

  /** Whether it is time to show something. */
  boolean due() {
    return System.nanoTime() - last >= interval;
  }

  /** Shows a text, if it is time to. */
  void show(String text) {
    if (!due()) {
      return;
    }
    last = System.nanoTime();
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
}
