package org.bellmanrl.lab.internal.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.lab.internal.assembly.LabModule;
import org.bellmanrl.lab.internal.assembly.Plugins;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: finds the command, runs it, and turns what goes wrong into a line and a status.
 */
public final class Cli {
  private static final String NAME = "./rl";
  private static final String DEBUG = "--debug";
  private static final String PLUGINS = "--plugins";
  private static final String MUJOCO = "--mujoco";
  private static final String PYTHON = "--python";

  /** Picocli can't write its help any narrower; a narrower terminal breaks these lines itself. */
  private static final int LEAST_USAGE_WIDTH = 55;

  /** The system properties that pass options to modules that this one does not see. */
  private static final Map<String, String> PROPERTIES =
      Map.of(MUJOCO, "bellman.mujoco", PYTHON, "bellman.python");

  private final Terminal terminal;
  private final List<ClassLoader> loaders;
  private final List<Path> plugins;

  /**
   * A command line.
   *
   * @param terminal where it writes
   * @param loaders where environments and learners are looked for; the first is what plugins see
   * @param plugins jars and folders of jars that are looked in too, before those of the option
   */
  public Cli(Terminal terminal, List<ClassLoader> loaders, List<Path> plugins) {
    this.terminal = terminal;
    this.loaders = List.copyOf(loaders);
    this.plugins = List.copyOf(plugins);
  }

  /**
   * Runs a command.
   *
   * @param words what stands behind {@code rl}
   * @return the exit status: 0 if all went well, 1 if a check failed, 2 if the command can't be
   *     done or its result can't be written, 70 for a defect of this program, 130 if interrupted,
   *     141 if the output's reader went away
   */
  public int run(String... words) {
    int status = execute(words);
    String failure = terminal.outputFailure();
    if (failure.isEmpty() || status != Command.OK) {
      return status;
    }
    if (failure.equals(Terminal.CLOSED)) {
      return Command.UNREAD;
    }
    terminal.error("cannot write the output: " + failure);
    return Command.USAGE;
  }

  private int execute(String... words) {
    boolean debug = List.of(words).contains(DEBUG);
    CommandLine root = new CommandLine(spec());
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
    root.setUsageHelpWidth(Math.clamp(terminal.width(), LEAST_USAGE_WIDTH, 100));
    try {
      return run(root.parseArgs(words));
    } catch (ParameterException e) {
      terminal.error(complaint(e));
      trace(e, debug);
      return Command.USAGE;
    } catch (UserError
        | UnavailableException
        | EnvironmentException
        | LearningException
        | StateException e) {
      terminal.error(String.valueOf(e.getMessage()));
      trace(e, debug);
      return Command.USAGE;
    } catch (IOException | UncheckedIOException e) {
      terminal.error("input or output failed: " + e.getMessage());
      trace(e, debug);
      return Command.USAGE;
    } catch (OutOfMemoryError e) {
      terminal.error(
          "out of memory: Java may use %.1f GB; make tables (values=hashed, fewer bins), features, networks, the replay memory (buffer_size) or --envs smaller, or give Java more memory: JDK_JAVA_OPTIONS=-Xmx16g ./rl …"
              .formatted(Runtime.getRuntime().maxMemory() / 1e9));
      trace(e, debug);
      return Command.USAGE;
    } catch (PluginFault e) {
      terminal.error(e.getMessage() + (debug ? "" : "; run again with --debug"));
      trace(e, debug);
      return Command.USAGE;
    } catch (Throwable e) {
      // Everything: a plugin's code may throw checked exceptions that nobody declares.
      terminal.error(
          "this should not have happened: " + e + (debug ? "" : "; run again with --debug"));
      trace(e, debug);
      return Command.INTERNAL;
    } finally {
      terminal.flush();
    }
  }

  private int run(ParseResult parsed) throws IOException {
    List<Path> places = new ArrayList<>(plugins);
    ParseResult innermost = parsed;
    addPlugins(innermost, places);
    tellModules(innermost);
    boolean help = parsed.isUsageHelpRequested();
    boolean version = parsed.isVersionHelpRequested();
    while (innermost.hasSubcommand()) {
      refuseOwn(innermost);
      innermost = innermost.subcommand();
      help |= innermost.isUsageHelpRequested();
      addPlugins(innermost, places);
      tellModules(innermost);
    }
    CommandSpec spec = innermost.commandSpec();
    if (version) {
      parsed.commandSpec().commandLine().printVersionHelp(terminal.out());
      return Command.OK;
    }
    if (!help && spec.userObject() instanceof Command.Wiring wiring) {
      try (Plugins opened = Plugins.open(places, loaders.getFirst())) {
        return run(wiring.type(), innermost, opened, invocation(parsed));
      }
    }
    terminal.out().print(UsageText.of(spec.commandLine()));
    return Command.OK;
  }

  /** Refuses what a command is given for itself, and not for the command behind it. */
  private static void refuseOwn(ParseResult command) {
    String inner = command.subcommand().commandSpec().qualifiedName();
    for (OptionSpec option : command.matchedOptionsSet()) {
      if (option.scopeType() == ScopeType.LOCAL && !option.usageHelp() && !option.versionHelp()) {
        throw new UserError(option.longestName() + " does not go with " + inner);
      }
    }
    if (!command.matchedPositionals().isEmpty()) {
      throw new UserError(
          "'%s' does not go with %s"
              .formatted(
                  command.matchedPositionals().getFirst().originalStringValues().getFirst(),
                  inner));
    }
  }

  private int run(
      Class<? extends Command> type, ParseResult words, Plugins opened, Invocation invocation)
      throws IOException {
    try {
      return injector(opened, invocation).getInstance(type).run(words);
    } catch (UserError | UnavailableException | EnvironmentException | LearningException e) {
      throw e;
    } catch (Throwable e) {
      Optional<String> blame = opened.blame(e);
      if (blame.isPresent()) {
        throw new PluginFault(blame.get(), e);
      }
      throw e;
    }
  }

  /** What a plugin's code threw. */
  private static final class PluginFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginFault(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** An inherited option has one value, that of the innermost command; its words are each's own. */
  private static void addPlugins(ParseResult command, List<Path> places) {
    if (command.hasMatchedOption(PLUGINS)) {
      for (String place : command.matchedOption(PLUGINS).stringValues()) {
        places.add(Path.of(place));
      }
    }
  }

  private static void tellModules(ParseResult command) {
    PROPERTIES.forEach((option, property) -> {
      if (command.hasMatchedOption(option)) {
        System.setProperty(property, command.matchedOption(option).stringValues().getLast());
      }
    });
  }

  private Injector injector(Plugins opened, Invocation invocation) {
    return Guice.createInjector(
        Stage.DEVELOPMENT,
        new LabModule(terminal, loaders, opened),
        binder -> binder.bind(Invocation.class).toInstance(invocation));
  }

  /** The options of all commands that were given at any place. */
  private static Invocation invocation(ParseResult outermost) {
    List<String> options = new ArrayList<>();
    for (ParseResult at = outermost; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
      for (String option : List.of(PLUGINS, MUJOCO, PYTHON)) {
        if (at.hasMatchedOption(option)) {
          for (String value : at.matchedOption(option).stringValues()) {
            options.addAll(List.of(option, value));
          }
        }
      }
    }
    return new Invocation(options);
  }

  static CommandSpec spec() {
    CommandSpec root = CommandSpec.create().name(NAME).versionProvider(new Versions());
    root.usageMessage()
        .description("Reinforcement learning for the JVM.")
        .footer(
            "",
            "Start with: ./rl train q-learning FrozenLake-v1 --env is_slippery=false",
            "In a clone of the repository, ./rl jshell starts JShell with Bellman imported, and",
            "./rl bench measures how fast Bellman is; ./rl bench --help shows its options.");
    root.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the versions of Bellman and Java.")
            .build());
    root.addOption(
        OptionSpec.builder(DEBUG)
            .scopeType(ScopeType.INHERIT)
            .description("Show a stack trace when something goes wrong.")
            .build());
    root.addOption(
        OptionSpec.builder(PLUGINS)
            .paramLabel("DIR")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .scopeType(ScopeType.INHERIT)
            .description("Load plugins from a jar, or from all jars in a folder. May be repeated.")
            .build());
    root.addOption(
        OptionSpec.builder(MUJOCO)
            .paramLabel("PLACE")
            .type(String.class)
            .arity("1")
            .scopeType(ScopeType.INHERIT)
            .description(
                "Where MuJoCo is: its library, an unpacked release or a Python environment (default:"
                    + " MUJOCO_HOME, or where pip installs it).")
            .build());
    root.addOption(
        OptionSpec.builder(PYTHON)
            .paramLabel("FILE")
            .type(String.class)
            .arity("1")
            .scopeType(ScopeType.INHERIT)
            .description(
                "The Python that runs the environments gym/NAME (default: RL_PYTHON, that of the"
                    + " active environment, or python3).")
            .build());
    CommandSpec trace =
        CommandSpec.create()
            .name("trace")
            .addOption(
                OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build())
            .addSubcommand("check", TraceCheckCommand.spec());
    trace.usageMessage().description("Check recorded episodes.");
    return root.addSubcommand("envs", EnvsCommand.spec())
        .addSubcommand("learners", LearnersCommand.spec())
        .addSubcommand("wrappers", WrappersCommand.spec())
        .addSubcommand("listeners", ListenersCommand.spec())
        .addSubcommand("policies", PoliciesCommand.spec())
        .addSubcommand("train", TrainCommand.spec())
        .addSubcommand("resume", ResumeCommand.spec())
        .addSubcommand("config", ConfigCommand.spec())
        .addSubcommand("tune", TuneCommand.spec())
        .addSubcommand("eval", EvalCommand.spec())
        .addSubcommand("show", ShowCommand.spec())
        .addSubcommand("play", PlayCommand.spec())
        .addSubcommand("watch", WatchCommand.spec())
        .addSubcommand("runs", RunsCommand.spec())
        .addSubcommand("compare", CompareCommand.spec())
        .addSubcommand("plot", PlotCommand.spec())
        .addSubcommand("export", ExportCommand.spec())
        .addSubcommand("import", ImportCommand.spec())
        .addSubcommand("textbook", TextbookCommand.spec())
        .addSubcommand("gallery", GalleryCommand.spec())
        .addSubcommand("serve", ServeCommand.spec())
        .addSubcommand("step", StepCommand.spec())
        .addSubcommand("worker", WorkerCommand.spec())
        .addSubcommand("cluster", ClusterCommand.spec())
        .addSubcommand("trace", trace)
        .addSubcommand("help", HelpCommand.spec());
  }

  /** What is wrong with the words, with the nearest right one. */
  private static String complaint(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String help = spec.qualifiedName() + " --help shows what there is";
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      boolean option = word.startsWith("-");
      boolean command = !option && !spec.subcommands().isEmpty();
      List<String> near =
          option
              ? NearMatches.closest(word.split("=", 2)[0], spec.optionsMap().keySet(), 2)
              : command ? NearMatches.closest(word, spec.subcommands().keySet(), 2) : List.of();
      message =
          (option ? "unknown option '" : command ? "unknown command '" : "unexpected argument '")
              + word
              + "'"
              + (near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?");
    } else if (!message.isEmpty()) {
      message = Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    return message + "; " + help;
  }

  private void trace(Throwable e, boolean debug) {
    if (debug) {
      e.printStackTrace(terminal.err());
    }
  }
}
