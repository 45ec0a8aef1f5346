package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.watch.Watch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl watch RUN}: shows a run that is over on a page, until somebody stops it. */
final class WatchCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  WatchCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return WatchPage.addToOver(
        Command.spec(
                WatchCommand.class,
                "watch",
                "Show a run that is over in a browser: its curves, its values and its policy at"
                    + " work. For one that begins: train --watch.")
            .addPositional(
                Command.argument(0, "RUN", "The run folder, or that of several seeds.")));
  }

  @Override
  public int run(ParseResult arguments) {
    RunFolder.Opened run =
        RunFolder.open(RunArguments.one(arguments.matchedPositionalValue(0, ""), terminal));
    Watch watch = Watch.over(assembler, run, terminal::warning);
    try (WatchPage page = WatchPage.of(arguments, watch, terminal)) {
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
}
