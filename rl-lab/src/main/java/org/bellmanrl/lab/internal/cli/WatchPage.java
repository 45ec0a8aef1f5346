package org.bellmanrl.lab.internal.cli;

import java.util.List;
import java.util.Stack;
import java.util.function.Consumer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.watch.Watch;
import org.bellmanrl.lab.internal.watch.WatchServer;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of the live page, and the page that they describe. */
final class WatchPage implements AutoCloseable {
  private static final String WATCH = "--watch";
  private static final String HOST = "--watch-host";
  private static final String SPEED = "--watch-speed";
  private static final String PORT = "--port";
  private static final int LAST_PORT = 65_535;

  /** The options of commands that train. */
  static final List<String> OPTIONS = List.of(WATCH, HOST, SPEED);

  private final Watch watch;
  private final WatchServer server;

  private WatchPage(Watch watch, String host, int port, Consumer<String> problems) {
    this.watch = watch;
    try {
      this.server = WatchServer.open(watch, host, port, problems);
    } catch (Throwable e) {
      watch.close();
      throw e;
    }
  }

  /** Adds the options of commands that train. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder(WATCH)
                .paramLabel("PORT")
                .type(Integer.class)
                .arity("0..1")
                .fallbackValue(Integer.toString(WatchServer.DEFAULT_PORT))
                .preprocessor(new Attached())
                .description(
                    "Show training on a live page for browsers on this machine (default port: "
                        + WatchServer.DEFAULT_PORT
                        + ").")
                .build())
        .addOption(hostOption())
        .addOption(
            Command.option(
                SPEED,
                "STEPS",
                Double.class,
                "Train at most STEPS steps per second until the page changes that; 0 means no limit"
                    + " (default: "
                    + (int) Watch.GRID_SPEED
                    + " on grids, otherwise 0)."));
  }

  private static OptionSpec hostOption() {
    return Command.option(
        HOST,
        "HOST",
        String.class,
        "Where the page is served; 0.0.0.0 shows it to other machines (default: localhost).");
  }

  /** Adds the options of the command for runs that are over. */
  static CommandSpec addToOver(CommandSpec spec) {
    return spec.addOption(
            Command.option(
                PORT,
                "PORT",
                Integer.class,
                "The port of the page (default: " + WatchServer.DEFAULT_PORT + ")."))
        .addOption(hostOption());
  }

  /** Whether training is to be watched. */
  static boolean isAsked(ParseResult arguments) {
    if (arguments.hasMatchedOption(WATCH)) {
      return true;
    }
    Command.refuse(arguments, OPTIONS, "is about the live page: say " + WATCH + " too");
    return false;
  }

  /** Opens the page of a training, if it is wanted; serving begins at once. */
  static @Nullable WatchPage ofTraining(
      ParseResult arguments, Assembler assembler, Experiment experiment, Terminal terminal) {
    if (!isAsked(arguments)) {
      return null;
    }
    int port = port(WATCH, arguments.matchedOptionValue(WATCH, WatchServer.DEFAULT_PORT));
    double speed = arguments.matchedOptionValue(SPEED, -1.0);
    if (arguments.hasMatchedOption(SPEED)
        && !(speed == 0 || (speed >= Watch.LEAST_SPEED && Double.isFinite(speed)))) {
      throw new UserError(
          SPEED
              + " must be at least "
              + (int) Watch.LEAST_SPEED
              + ", or 0 for no limit, was "
              + speed);
    }
    return new WatchPage(
        Watch.training(assembler, experiment, speed, terminal::warning),
        arguments.matchedOptionValue(HOST, WatchServer.LOOPBACK),
        port,
        terminal::warning);
  }

  /** The page of a run that is over. */
  static WatchPage of(ParseResult arguments, Watch watch, Terminal terminal) {
    int port = port(PORT, arguments.matchedOptionValue(PORT, WatchServer.DEFAULT_PORT));
    return new WatchPage(
        watch, arguments.matchedOptionValue(HOST, WatchServer.LOOPBACK), port, terminal::warning);
  }

  private static int port(String option, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new UserError(
          option + " must be in [0, " + LAST_PORT + "], 0 for any free port, was " + port);
    }
    return port;
  }

  Watch watch() {
    return watch;
  }

  /** Says where to look. */
  void tell(Terminal terminal) {
    terminal.line(
        "watch it at  "
            + server.url()
            + (server.moved() ? "  (the requested port is in use)" : ""));
    terminal.flush();
  }

  @Override
  public void close() {
    server.close();
    watch.close();
  }

  /** Takes as the port only what is attached by {@code =}: a word behind it is another argument. */
  private static final class Attached implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // it is picocli's
    public boolean preprocess(
        Stack<String> words,
        CommandSpec command,
        ArgSpec option,
        java.util.Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        words.push(Integer.toString(WatchServer.DEFAULT_PORT));
      }
      return false;
    }
  }
}
