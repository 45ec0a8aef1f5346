package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl cluster HOST:PORT}: shows the members of a cluster, and what they are doing. */
final class ClusterCommand implements Command {
  private static final String FOLLOW = "--follow";
  private static final long PERIOD_MILLIS = 1000;

  /** Moves to the beginning of the screen and clears what follows. */
  private static final String CLEAR = "\u001b[H\u001b[J";

  private final Terminal terminal;

  @Inject
  ClusterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandSpec spec() {
    return ClusterOptions.addKeysTo(
            Command.spec(
                ClusterCommand.class,
                "cluster",
                "Show the members of a cluster and what they are doing."))
        .addPositional(
            PositionalParamSpec.builder(
                    Command.argument(0, "HOST:PORT", "The address of the cluster."))
                .required(false)
                .arity("0..1")
                .build())
        .addOption(Command.flag(FOLLOW, "Refresh every second, until Ctrl-C."))
        .addSubcommand("certificates", Certify.spec());
  }

  @Override
  public int run(ParseResult arguments) {
    if (!arguments.hasMatchedPositional(0)) {
      throw new UserError("'HOST:PORT' is missing: say which cluster");
    }
    try (ClusterProvider.View view =
        RemoteProtocol.provider()
            .view(ClusterOptions.membership(arguments.matchedPositionalValue(0, ""), arguments))) {
      if (arguments.hasMatchedOption(FOLLOW)) {
        follow(view);
      } else {
        view.lines().forEach(terminal::line);
      }
      return OK;
    } catch (ClusterException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  /** Shows the cluster until the process is ended; it then leaves. */
  private void follow(ClusterProvider.View view) {
    Runtime.getRuntime().addShutdownHook(new Thread(view::close, "leave-cluster"));
    List<String> before = List.of();
    try {
      while (true) {
        List<String> lines = view.lines();
        if (!lines.equals(before)) {
          if (terminal.interactive()) {
            terminal.out().print(CLEAR);
          } else if (!before.isEmpty()) {
            terminal.line("");
          }
          lines.forEach(terminal::line);
          terminal.flush();
          before = lines;
        }
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code rl cluster certificates DIR NAME…}: makes what machines show one another. */
  static final class Certify implements Command {
    private final Terminal terminal;

    @Inject
    Certify(Terminal terminal) {
      this.terminal = terminal;
    }

    static CommandSpec spec() {
      return Command.spec(
              Certify.class,
              "certificates",
              "Create the certificate of a machine, and the authority that signs it.")
          .addPositional(
              Command.argument(0, "DIR", "The folder for the authority and the certificates."))
          .addPositional(Command.argument(1, "MACHINE", "The name of the machine."));
    }

    @Override
    public int run(ParseResult arguments) {
      try {
        Path file =
            RemoteProtocol.provider()
                .certify(
                    Path.of(arguments.matchedPositionalValue(0, "")),
                    arguments.matchedPositionalValue(1, ""));
        terminal.line("made " + file + "; copy it to the machine, and keep ca.p12 to yourself");
        terminal.line("use it with:  ./rl worker --join HOST:PORT --certificate " + file);
        return OK;
      } catch (ClusterException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
