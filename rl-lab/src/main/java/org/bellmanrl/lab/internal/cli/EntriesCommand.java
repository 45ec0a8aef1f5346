package org.bellmanrl.lab.internal.cli;

import java.util.Locale;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Lists the entries of a kind, or shows the one that is named. */
abstract class EntriesCommand<E extends Entry> implements Command {
  final Terminal terminal;
  private final Assembler assembler;
  private final Class<E> kind;
  private final String use;

  /**
   * Makes the command.
   *
   * @param use how entries of this kind are used, in lines that end the list
   */
  EntriesCommand(Terminal terminal, Assembler assembler, Class<E> kind, String use) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.kind = kind;
    this.use = use;
  }

  static CommandSpec spec(
      Class<? extends Command> command, String name, String description, String what) {
    return Command.spec(command, name, description)
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel(what.toUpperCase(Locale.ROOT))
                .type(String.class)
                .arity("0..1")
                .description("The " + what + " to show.")
                .build());
  }

  @Override
  public final int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (id.isEmpty()) {
      assembler.entries().registry().all(kind).forEach(this::show);
      terminal.line("");
      terminal.line(use);
    } else {
      show(assembler.entries().get(kind, id));
    }
    return OK;
  }

  /** Prints the details of one. */
  void show(E entry) {
    terminal.line(Listing.wrapped(entry.id() + "  ", entry.description(), terminal.room()));
    terminal.out().print(Listing.options(entry.options().descriptions(), "    ", terminal.room()));
  }
}
