package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl policies [NAME]}: which policies there are that need no learning. */
final class PoliciesCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  PoliciesCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            PoliciesCommand.class,
            "policies",
            "List the policies that need no learning, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("POLICY")
                .type(String.class)
                .arity("0..1")
                .description("The policy to show.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (!id.isEmpty()) {
      show(assembler.policyEntry(id));
      return OK;
    }
    for (PolicyEntry entry : assembler.registry().all(PolicyEntry.class)) {
      show(entry);
    }
    terminal.line("");
    terminal.line("Judge one with rl eval --policy ID:name=value ENV, watch it with rl play.");
    return OK;
  }

  private void show(PolicyEntry entry) {
    terminal.line(entry.id() + "  " + entry.description());
    terminal.out().print(Listing.options(entry.options().descriptions(), "    "));
  }
}
