package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.EnvironmentFamily;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.LimitOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl envs [NAME]}: which environments there are. */
final class EnvsCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  EnvsCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(EnvsCommand.class, "envs", "List the environments, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("ENV")
                .type(String.class)
                .arity("0..1")
                .description("The environment to show in detail.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (!id.isEmpty()) {
      detail(assembler.entries().get(EnvironmentEntry.class, id));
      return OK;
    }
    int room = terminal.room();
    terminal
        .out()
        .print(Listing.entries(assembler.entries().registry().all(EnvironmentEntry.class), room));
    for (EnvironmentFamily family : assembler.entries().registry().all(EnvironmentFamily.class)) {
      terminal.line(Listing.wrapped(family.id() + "/NAME  ", family.description(), room));
    }
    terminal.line("");
    terminal.line("./rl envs ENV shows an environment with its spaces and options.");
    return OK;
  }

  /** What each part means, by its number; what stands for the whole has none. */
  private void numbered(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String label = "    " + (names.size() == 1 ? "" : i + "  ");
      terminal.line(Listing.wrapped(label, names.get(i), terminal.room()));
    }
  }

  private void detail(EnvironmentEntry entry) {
    try (VectorEnvironment environment = assembler.environment(entry.id(), Map.of())) {
      EnvironmentSpec spec = environment.spec();
      int room = terminal.room();
      terminal.line(Listing.wrapped(entry.id() + "  ", entry.description(), room));
      Legend legend = spec.legend();
      terminal.line(Listing.wrapped("  observations  ", spec.observationSpace().toString(), room));
      numbered(legend.observations());
      terminal.line(
          Listing.wrapped(
              "  actions       ", spec.actionSpace() + (spec.masked() ? ", masked" : ""), room));
      numbered(legend.actions());
      if (!legend.reward().isEmpty()) {
        terminal.line(Listing.wrapped("  reward        ", legend.reward(), terminal.width()));
      }
      int limit = spec.maxEpisodeSteps();
      terminal.line(
          "  episodes      "
              + (spec.terminates() ? "can end by themselves" : "don't end by themselves")
              + (limit == 0 ? ", no limit" : ", cut after " + limit + " steps"));
      if (!spec.diagnostics().isEmpty()) {
        terminal.line(
            Listing.wrapped("  diagnostics   ", String.join(", ", spec.diagnostics()), room));
      }
      terminal.line(
          "  exact model   "
              + (environment.capability(0, Modelled.class).isPresent() ? "yes" : "no"));
      terminal.line("  options, set with --env name=value");
      terminal.out().print(Listing.options(entry.options().descriptions(), "    ", room));
      if (LimitOption.isOwn(entry)) {
        return;
      }
      terminal.line(
          Listing.wrapped(
              "    " + LimitOption.NAME + "=" + (limit == 0 ? -1 : limit) + "  ",
              "int, 1 or more, -1 for no limit: number of steps after which an episode is truncated",
              room));
    }
  }
}
