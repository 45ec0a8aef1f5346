package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.Remote;
import org.bellmanrl.lab.internal.run.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl worker --join HOST:PORT}: works for learners on other machines until it is ended. */
final class WorkerCommand implements Command {
  private static final String JOIN = "--join";
  private static final String ATTENDED = "--attended";

  private final Terminal terminal;
  private final ClusterWork work;

  @Inject
  WorkerCommand(Terminal terminal, ClusterWork work) {
    this.terminal = terminal;
    this.work = work;
  }

  static CommandSpec spec() {
    return ClusterOptions.addKeysTo(
            Command.spec(
                WorkerCommand.class,
                "worker",
                "Offer this machine's cores to learners elsewhere, until it is ended."))
        .addOption(
            OptionSpec.builder(Command.option(JOIN, "HOST:PORT", String.class, ""))
                .required(true)
                .description(
                    "The cluster's address. The process that finds the port free on its own machine"
                        + " founds the cluster.")
                .build())
        .addOption(
            Command.option(
                "--cores",
                "N",
                Integer.class,
                "Do so many jobs at the same time; all cores. 0 to be there for others to join."))
        .addOption(
            OptionSpec.builder(ATTENDED)
                .hidden(true)
                .description("End when the standard input does.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    int cores = arguments.matchedOptionValue("--cores", Runtime.getRuntime().availableProcessors());
    if (cores < 0) {
      throw new UserError("--cores must be at least 0, was " + cores);
    }
    try (ClusterProvider.Service service =
        Remote.provider()
            .work(
                ClusterOptions.membership(arguments.matchedOptionValue(JOIN, ""), arguments),
                cores,
                Remote.facts(),
                work,
                this::say)) {
      Thread hook = new Thread(service::close, "leave-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      if (arguments.hasMatchedOption(ATTENDED)) {
        awaitEnd();
        Runtime.getRuntime().removeShutdownHook(hook);
      } else {
        new CountDownLatch(1).await();
      }
    } catch (ClusterException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  /** Waits until the process that started this one has ended. */
  private static void awaitEnd() throws IOException {
    int next;
    do {
      next = System.in.read();
    } while (next >= 0);
  }

  private synchronized void say(String line) {
    terminal.line(line);
    terminal.flush();
  }
}
