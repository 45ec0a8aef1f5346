package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.watch.Watch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl watch RUN}: shows a run on a page, or a policy, until it is stopped. */
final class WatchCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  WatchCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(
            WatchCommand.class,
            "watch",
            "Show a run in a browser, whether it has finished or another process is"
                + " training it: its curves, its values and its policy in action. To watch a new"
                + " run, use ./rl train --watch.");
    return WatchPage.addToOver(ReadyPolicy.addTo(spec));
  }

  @Override
  public int run(ParseResult arguments) {
    try (WatchPage page = WatchPage.of(arguments, watch(arguments), terminal)) {
      page.tell(terminal);
      terminal.line("Ctrl-C ends it");
      terminal.flush();
      new CountDownLatch(1).await();
      return OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private Watch watch(ParseResult arguments) {
    Optional<ReadyPolicy> ready = ReadyPolicy.of(arguments);
    if (ready.isPresent()) {
      return watch(ready.get());
    }
    Path path = RunArguments.one(arguments.matchedPositionalValue(0, ""), assembler, terminal);
    return RunFolder.isBegun(path) && !RunFolder.hasSummary(path)
        ? Watch.following(assembler, path, terminal::warning)
        : Watch.over(assembler, StoredRun.open(path), terminal::warning);
  }

  private Watch watch(ReadyPolicy ready) {
    VectorEnvironment environment = ready.environment(assembler);
    try {
      return Watch.policy(
          ready.name(),
          ready.details(),
          environment,
          ready.policy(assembler, environment),
          terminal::warning);
    } catch (Throwable e) {
      environment.close();
      throw e;
    }
  }
}
