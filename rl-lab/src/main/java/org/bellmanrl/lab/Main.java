package org.bellmanrl.lab;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bellmanrl.lab.internal.cli.Cli;
import org.bellmanrl.lab.internal.cli.Terminal;

/** The command {@code rl}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the process with its exit status.
   *
   * @param words the words after {@code rl}
   */
  public static void main(String[] words) {
    System.exit(execute(words));
  }

  /**
   * Runs the command line on this process's standard streams, with the plugins that the environment
   * variable {@code RL_PLUGINS} names: jars and folders of jars, separated as in a class path.
   *
   * @param words the words after {@code rl}
   * @return the exit status, see {@link #run}
   */
  public static int execute(String... words) {
    return new Cli(Terminal.system(), List.of(loader()), plugins()).run(words);
  }

  /**
   * Runs the command line in this process, as plain text.
   *
   * @param out takes what was asked for
   * @param err takes what went wrong, a line each
   * @param words the words after {@code rl}
   * @return the exit status: 0 if all went well, 1 if a check failed, 2 if what was asked for can't
   *     be done, 70 for a defect of this program, 130 if interrupted
   */
  public static int run(PrintStream out, PrintStream err, String... words) {
    return new Cli(Terminal.plain(out, err), List.of(loader()), List.of()).run(words);
  }

  private static List<Path> plugins() {
    String places = Objects.requireNonNullElse(System.getenv("RL_PLUGINS"), "");
    return Arrays.stream(places.split(File.pathSeparator, -1))
        .filter(place -> !place.isBlank())
        .map(Path::of)
        .toList();
  }

  private static ClassLoader loader() {
    return Main.class.getClassLoader();
  }
}
