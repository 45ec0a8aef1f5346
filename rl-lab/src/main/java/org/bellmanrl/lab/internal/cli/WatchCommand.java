package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.watch.Watch;
import org.bellmanrl.policy.ShippedPolicy;
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
                "Show a run in a browser, over or still going on in another process: its curves, its"
                    + " values and its policy at work. For one that begins: train --watch.")
            .addPositional(
                Command.argument(
                    0,
                    "RUN",
                    "The run folder, or that of several seeds, or huggy: a dog that comes"
                        + " trained."));
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
        Policy policy = baseline.policy(assembler, environment);
        return watch(baseline.part().id(), "a policy that needs no learning", environment, policy);
      } catch (Throwable e) {
        environment.close();
        throw e;
      }
    }
    Baseline.refuseOptions(arguments);
    String name = arguments.matchedPositionalValue(0, "");
    Optional<ShippedPolicy> pretrained = Pretrained.find(name);
    if (pretrained.isPresent()) {
      ShippedPolicy policy = pretrained.get();
      VectorEnvironment environment = assembler.environment(policy.spec().name(), Map.of());
      return watch(name, "a policy that comes trained", environment, policy);
    }
    Path path = RunArguments.one(name, assembler, terminal);
    return RunFolder.isBegun(path) && !RunFolder.hasSummary(path)
        ? Watch.following(assembler, path, terminal::warning)
        : Watch.over(assembler, RunFolder.open(path), terminal::warning);
  }

  private Watch watch(String name, String details, VectorEnvironment environment, Policy policy) {
    return Watch.policy(name, details, environment, policy, terminal::warning);
  }
}
