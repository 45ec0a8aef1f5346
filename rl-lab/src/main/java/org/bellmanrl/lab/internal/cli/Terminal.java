package org.bellmanrl.lab.internal.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.bellmanrl.lab.internal.view.GridPainter;
import org.jspecify.annotations.Nullable;

/**
 * Where the commands write.
 *
 * @param out takes what was asked for
 * @param err takes what went wrong
 * @param interactive whether it is a terminal, so that a line may be drawn over
 * @param colour whether ANSI colours may be used
 * @param width how many characters fit in a line
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean interactive, boolean colour, int width) {
  /** Stands for an output that was closed by its reader, such as {@code head}. */
  static final String CLOSED = "closed";

  private static final int DEFAULT_WIDTH = 100;

  /** The system property by which the launcher says that only ASCII can be shown. */
  private static final String ASCII = "bellman.ascii";

  private static final int LEAST_WIDTH = 20;

  /** Streams that are no terminal: plain text. */
  public static Terminal plain(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, DEFAULT_WIDTH);
  }

  /** This process's standard streams. */
  @SuppressWarnings("SystemConsoleNull") // without a terminal the default console of JDK 25 is null
  public static Terminal system() {
    Console console = System.console();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    boolean interactive = console != null && console.isTerminal() && !dumb;
    String noColour = System.getenv("NO_COLOR");
    return new Terminal(
        stream(FileDescriptor.out, "stdout.encoding"),
        stream(FileDescriptor.err, "stderr.encoding"),
        interactive,
        interactive && (noColour == null || noColour.isEmpty()),
        width(System.getenv("COLUMNS")));
  }

  /**
   * Without a locale Java would write ASCII, with which names of files could not be written: they
   * are written as UTF-8, and the program's own signs as ASCII.
   */
  private static PrintStream stream(FileDescriptor descriptor, String property) {
    String name = System.getProperty(property, "UTF-8");
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    return Boolean.getBoolean(ASCII) || charset.equals(StandardCharsets.US_ASCII)
        ? new AsciiStream(new FileOutputStream(descriptor))
        : new StandardStream(descriptor, charset);
  }

  private static int width(@Nullable String columns) {
    try {
      return columns == null ? DEFAULT_WIDTH : Math.max(LEAST_WIDTH, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** How wide a table may be; of any width where no width is known. */
  int room() {
    return interactive || width != DEFAULT_WIDTH ? width : Integer.MAX_VALUE;
  }

  /** How to draw here. */
  GridPainter.Style style() {
    boolean ascii = out instanceof AsciiStream || !out.charset().newEncoder().canEncode('→');
    return new GridPainter.Style(colour, ascii, width);
  }

  /** Writes a line. */
  void line(String text) {
    out.println(text);
  }

  /** Writes what went wrong, as one line. */
  void error(String message) {
    out.flush();
    err.println((interactive ? StatusLine.ERASE : "") + "error: " + oneLine(message));
    err.flush();
  }

  private static String oneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** Writes, as one line, what is not as it should be although the command goes on. */
  public void warning(String message) {
    // A progress line may be there; it is drawn again below.
    err.println((interactive ? StatusLine.ERASE : "") + "warning: " + oneLine(message));
  }

  /**
   * Sends everything off, and finds out whether all that was asked for could be written.
   *
   * @return why it could not; empty if it could, {@link #CLOSED} if its reader had seen enough
   */
  String outputFailure() {
    if (!out.checkError()) {
      return "";
    }
    IOException failure = out instanceof StandardStream stream ? stream.failure() : null;
    String reason = failure == null ? "the stream failed" : String.valueOf(failure.getMessage());
    return reason.contains("Broken pipe") ? CLOSED : reason;
  }

  /** Makes sure that everything has left. */
  void flush() {
    out.flush();
    err.flush();
  }
}
