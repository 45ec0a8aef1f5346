package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rl policies [POLICY]}: which policies need no learning. */
final class PoliciesCommand extends EntriesCommand<PolicyEntry> {
  @Inject
  PoliciesCommand(Terminal terminal, Assembler assembler) {
    super(
        terminal,
        assembler,
        PolicyEntry.class,
        """
        ./rl eval --policy ID:name=value ENV evaluates a policy, and ./rl play shows it.\
        """);
  }

  static CommandSpec spec() {
    return spec(
        PoliciesCommand.class,
        "policies",
        "List the policies that need no learning, or show one.",
        "policy");
  }
}
