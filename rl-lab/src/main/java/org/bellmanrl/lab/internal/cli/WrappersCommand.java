package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rl wrappers [WRAPPER]}: what may be put around a task. */
final class WrappersCommand extends EntriesCommand<WrapperEntry> {
  @Inject
  WrappersCommand(Terminal terminal, Assembler assembler) {
    super(
        terminal,
        assembler,
        WrapperEntry.class,
        """
        ./rl train … --wrap ID:name=value,name=[1,2] puts a wrapper around the environment,
        the innermost first; in most shells brackets need quotes.\
        """);
  }

  static CommandSpec spec() {
    return spec(WrappersCommand.class, "wrappers", "List the wrappers, or show one.", "wrapper");
  }

  @Override
  void show(WrapperEntry entry) {
    int room = terminal.room();
    terminal.line(Listing.wrapped(entry.id() + "  ", entry.description(), room));
    terminal.line(Listing.wrapped("  takes: ", entry.takes(), room));
    terminal.line(Listing.wrapped("  gives: ", entry.gives(), room));
    terminal.out().print(Listing.options(entry.options().descriptions(), "    ", room));
  }
}
