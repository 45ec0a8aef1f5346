package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.api.SpaceKind;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl learners [NAME]}: which learners there are. */
final class LearnersCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  LearnersCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(LearnersCommand.class, "learners", "List the learners, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("LEARNER")
                .type(String.class)
                .arity("0..1")
                .description("The learner to show.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (!id.isEmpty()) {
      show(assembler.learnerEntry(id));
      return OK;
    }
    for (LearnerEntry entry : assembler.registry().all(LearnerEntry.class)) {
      show(entry);
    }
    terminal.line("");
    terminal.line("Options are set with --set name=value.");
    return OK;
  }

  private void show(LearnerEntry entry) {
    terminal.line(entry.id() + "  " + entry.description());
    terminal.line("  observations: " + words(entry.accepts().observations()));
    terminal.line("  actions: " + words(entry.accepts().actions()));
    terminal.out().print(Listing.options(entry.options().descriptions(), "    "));
  }

  private static String words(List<SpaceKind> kinds) {
    return kinds.stream().map(SpaceKind::words).collect(Collectors.joining(" or "));
  }
}
