package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rl listeners [LISTENER]}: what may hear of training. */
final class ListenersCommand extends EntriesCommand<ListenerEntry> {
  @Inject
  ListenersCommand(Terminal terminal, Assembler assembler) {
    super(
        terminal,
        assembler,
        ListenerEntry.class,
        """
        ./rl train … --listen ID:name=value,name=value adds a listener to training. To stop at a
        return, or when it no longer grows, use --trials STEPS with --stop-at or --patience.\
        """);
  }

  static CommandSpec spec() {
    return spec(
        ListenersCommand.class,
        "listeners",
        "List the loggers and stoppers, or show one.",
        "listener");
  }
}
