package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.watch.Watch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl watch RUN}: shows a run that is over on a page, or a policy, until it is stopped. */
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
                "Show a run that is over in a browser: its curves, its values and its policy at"
                    + " work. For one that begins: train --watch.")
            .addPositional(Command.argument(0, "RUN", "The run folder, or that of several seeds."));
    return WatchPage.addToOver(Baseline.addTo(spec));
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
    if (Baseline.wanted(arguments)) {
      Baseline baseline = Baseline.of(arguments);
      VectorEnvironment environment = baseline.environment(assembler);
      try {
        return Watch.policy(
            assembler,
            baseline.experiment(),
            environment,
            baseline.policy(assembler, environment),
            terminal::warning);
      } catch (Throwable e) {
        environment.close();
        throw e;
      }
    }
    Baseline.refuseOptions(arguments);
    return Watch.over(
        assembler,
        RunFolder.open(RunArguments.one(arguments.matchedPositionalValue(0, ""), terminal)),
        terminal::warning);
  }
}
