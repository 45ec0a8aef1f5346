package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl wrappers [NAME]}: which wrappers there are. */
final class WrappersCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  WrappersCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(WrappersCommand.class, "wrappers", "List the wrappers, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("WRAPPER")
                .type(String.class)
                .arity("0..1")
                .description("The wrapper to show.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (!id.isEmpty()) {
      show(assembler.wrapperEntry(id));
      return OK;
    }
    for (WrapperEntry entry : assembler.registry().all(WrapperEntry.class)) {
      show(entry);
    }
    terminal.line("");
    terminal.line("Put around a task with rl train … --wrap ID:name=value,name=[1,2], the");
    terminal.line("innermost first; in most shells brackets need quotes.");
    return OK;
  }

  private void show(WrapperEntry entry) {
    terminal.line(entry.id() + "  " + entry.description());
    terminal.line("  takes: " + entry.takes());
    terminal.line("  gives: " + entry.gives());
    terminal.out().print(Listing.options(entry.options().descriptions(), "    "));
  }
}
