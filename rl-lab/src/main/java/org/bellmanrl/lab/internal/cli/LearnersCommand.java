package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.lab.internal.assembly.Assembler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl learners [NAME]}: which learners there are, of all or for a task. */
final class LearnersCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  LearnersCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            LearnersCommand.class,
            "learners",
            "List the learners, or those that fit an environment, or show one.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("LEARNER|ENV")
                .type(String.class)
                .arity("0..1")
                .description("The learner to show, or the environment that the learners must fit.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    String id = arguments.matchedPositionalValue(0, "");
    if (id.isEmpty()) {
      list(assembler.entries().registry().all(LearnerEntry.class));
    } else if (assembler.entries().isEnvironment(id)) {
      list(assembler.entries().fitting(id));
    } else {
      show(assembler.entries().get(LearnerEntry.class, id));
    }
    return OK;
  }

  private void list(List<LearnerEntry> entries) {
    terminal.out().print(Listing.entries(entries, terminal.room()));
    terminal.line("");
    terminal.line(
        Listing.wrapped(
            "",
            "./rl learners LEARNER shows a learner with its options, which --set name=value"
                + " sets; ./rl learners ENV lists those that fit an environment.",
            terminal.room()));
  }

  private void show(LearnerEntry entry) {
    int room = terminal.room();
    terminal.line(Listing.wrapped(entry.id() + "  ", entry.description(), room));
    terminal.line(Listing.wrapped("  observations: ", words(entry.accepts().observations()), room));
    terminal.line(Listing.wrapped("  actions: ", words(entry.accepts().actions()), room));
    terminal.out().print(Listing.options(entry.options().descriptions(), "    ", room));
  }

  private static String words(List<Space.Kind> kinds) {
    return kinds.stream().map(Space.Kind::words).collect(Collectors.joining(" or "));
  }
}
