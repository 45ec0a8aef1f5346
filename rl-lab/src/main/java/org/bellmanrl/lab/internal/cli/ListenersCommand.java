package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl listeners [NAME]}: which listeners there are. */
final class ListenersCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ListenersCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            ListenersCommand.class, "listeners", "List the loggers and stoppers, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("LISTENER")
                .type(String.class)
                .arity("0..1")
                .description("The listener to show.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (!id.isEmpty()) {
      show(assembler.listenerEntry(id));
      return OK;
    }
    for (ListenerEntry entry : assembler.registry().all(ListenerEntry.class)) {
      show(entry);
    }
    terminal.line("");
    terminal.line(
        "Hear of training with rl train … --listen ID:name=value,name=value. To stop at a");
    terminal.line(
        "return, or when it no longer grows: --trials STEPS with --stop-at or --patience.");
    return OK;
  }

  private void show(ListenerEntry entry) {
    terminal.line(entry.id() + "  " + entry.description());
    terminal.out().print(Listing.options(entry.options().descriptions(), "    "));
  }
}
