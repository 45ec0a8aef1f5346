package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.InstalledCatalogues;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.LearnerPlugins;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl worker --join HOST:PORT}: works for learners on other machines until it is ended. */
final class WorkerCommand implements Command {
  private static final String JOIN = "--join";
  private static final String ATTENDED = "--attended";
  private static final String ALONE = "--alone";
  private static final String ACCEPT = "--accept-plugins";
  private static final String CACHE = "--plugin-cache";

  private final Terminal terminal;
  private final Assembler assembler;
  private final InstalledCatalogues installed;

  @Inject
  WorkerCommand(Terminal terminal, Assembler assembler, InstalledCatalogues installed) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.installed = installed;
  }

  static CommandSpec spec() {
    return ClusterOptions.addKeysTo(
            Command.spec(
                WorkerCommand.class,
                "worker",
                "Offer this machine's cores to the learners of a cluster, until stopped."))
        .addOption(
            OptionSpec.builder(Command.option(JOIN, "HOST:PORT", String.class, ""))
                .required(true)
                .description(
                    "The address of the cluster. The process that finds the port free on its own"
                        + " machine starts the cluster.")
                .build())
        .addOption(
            Command.option(
                "--cores",
                "N",
                Integer.class,
                "Number of concurrent jobs (default: one per core). With 0, only coordinates"
                    + " the cluster."))
        .addOption(
            Command.option(
                ACCEPT,
                "WHEN",
                String.class,
                "When to run plugins that learners send (--ship-plugins): guarded, only if"
                    + " members show a secret or a certificate; always; or never (default: guarded)."))
        .addOption(
            Command.option(
                CACHE,
                "DIR",
                Path.class,
                "The folder for plugins that learners send (default: ~/.cache/bellman/plugins)."))
        .addOption(
            OptionSpec.builder(ATTENDED)
                .hidden(true)
                .description("End when the standard input does, and found no cluster.")
                .build())
        .addOption(
            OptionSpec.builder(ALONE)
                .hidden(true)
                .description("The cluster ends when the standard input does.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    int cores = arguments.matchedOptionValue("--cores", Runtime.getRuntime().availableProcessors());
    if (cores < 0) {
      throw new UserError("--cores must be at least 0, was " + cores);
    }
    Membership membership =
        ClusterOptions.membership(arguments.matchedOptionValue(JOIN, ""), arguments);
    boolean attended = arguments.hasMatchedOption(ATTENDED);
    ClusterWork work = new ClusterWork(assembler, plugins(membership, arguments));
    AtomicBoolean joined = new AtomicBoolean();
    CountDownLatch end = new CountDownLatch(1);
    if (attended) {
      Thread.ofPlatform()
          .daemon()
          .name("attend")
          .start(() -> {
            awaitEnd();
            end.countDown();
            if (!joined.get()) {
              System.exit(OK); // joining may take long, and there is nothing to leave
            }
          });
    }
    try {
      ClusterProvider.Service service =
          RemoteProtocol.provider()
              .work(membership, cores, !attended, RemoteProtocol.facts(), work, this::say);
      Thread hook = new Thread(service::close, "leave-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      joined.set(true);
      end.await();
      Runtime.getRuntime().removeShutdownHook(hook);
      if (arguments.hasMatchedOption(ALONE)) {
        service.abandon();
      } else {
        service.close();
      }
    } catch (ClusterException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  /** The plugins that are taken from learners: code that is sent is run. */
  private LearnerPlugins plugins(Membership membership, ParseResult arguments) {
    boolean guarded = !membership.secret().isEmpty() || membership.certificate().isPresent();
    String when = arguments.matchedOptionValue(ACCEPT, "guarded");
    return switch (when) {
      case "always" -> taken(arguments);
      case "guarded" ->
          guarded
              ? taken(arguments)
              : refused(
                  arguments,
                  "or the learner with --ship-plugins and both with the same --secret FILE: without"
                      + " a secret or a certificate any user of the machine could send code;"
                      + " --accept-plugins always takes it nevertheless");
      case "never" -> refused(arguments, "since it has --accept-plugins never");
      default ->
          throw new UserError(ACCEPT + " must be guarded, always or never, was '" + when + "'");
    };
  }

  private static LearnerPlugins refused(ParseResult arguments, String reason) {
    Command.refuse(
        arguments,
        List.of(CACHE),
        "is for plugins that learners send, and this worker takes none: give %s always, or --secret"
                .formatted(ACCEPT)
            + " FILE");
    return LearnerPlugins.refused(reason);
  }

  private LearnerPlugins taken(ParseResult arguments) {
    @Nullable Path folder = arguments.matchedOptionValue(CACHE, (Path) null);
    return LearnerPlugins.taken(
        installed,
        folder == null
            ? Path.of(System.getProperty("user.home"), ".cache", "bellman", "plugins")
            : folder.toAbsolutePath(),
        this::say);
  }

  /** Waits until the process that started this one has ended. */
  private static void awaitEnd() {
    int next;
    do {
      try {
        next = System.in.read();
      } catch (IOException e) {
        return; // it can't be read any more
      }
    } while (next >= 0);
  }

  private synchronized void say(String line) {
    terminal.line(line);
    terminal.flush();
  }
}
