package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Document;
import org.bellmanrl.lab.internal.run.Experiment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl config LEARNER ENV}: prints the whole experiment, to be kept in a file and changed. */
final class ConfigCommand implements Command {
  private static final int COMMENT_COLUMN = 34;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ConfigCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return TrainArguments.addTo(
        Command.spec(
            ConfigCommand.class,
            "config",
            "Print an experiment with all its settings, as a file for rl train FILE.yaml."));
  }

  @Override
  public int run(ParseResult arguments) {
    TrainArguments asked = TrainArguments.of(arguments);
    Experiment experiment = asked.experiment(assembler);
    terminal.line("# An experiment: run it with  ./rl train FILE.yaml");
    terminal.line(
        "# Settings: "
            + (experiment.preset().isEmpty() ? "the learner's defaults" : experiment.preset()));
    part("learner", experiment.learner(), assembler.learnerEntry(experiment.learner().id()));
    Experiment.Part environment = experiment.environment();
    part("environment", environment, assembler.environmentEntry(environment.id()));
    line(
        "  max_episode_steps: " + experiment.maxEpisodeSteps(),
        "an episode is cut there; 0: never");
    Map<String, @Nullable Object> rest = experiment.entries();
    line("environments: " + experiment.rows(), "stepped together");
    if (experiment.round() > 1) {
      line("round: " + experiment.round(), "steps of each that are played before any is learned");
    }
    if (experiment.wrappers().isEmpty()) {
      line("wrappers: []", "the innermost first; ./rl wrappers lists them");
    } else {
      yaml("wrappers", rest);
    }
    line("seed: " + experiment.seed(), "everything random comes from it");
    if (asked.seeds() > 0) {
      line("seeds: " + asked.seeds(), "so many runs, from that seed on");
    }
    yaml("budget", rest);
    if (rest.containsKey("schedules")) {
      yaml("schedules", rest);
    }
    yaml("evaluation", rest);
    if (experiment.trials().wanted()) {
      yaml("trials", rest);
    } else {
      terminal.line("# trials: {every: 10000, episodes: 10, stop_at: 0.95, patience: 5}");
    }
    if (experiment.listeners().isEmpty()) {
      line("listeners: []", "loggers and stoppers; ./rl listeners lists them");
    } else {
      yaml("listeners", rest);
    }
    if (!experiment.from().isEmpty()) {
      yaml("from", rest);
    }
    return OK;
  }

  private void part(String name, Experiment.Part part, Entry entry) {
    terminal.line(name + ":");
    line("  id: " + part.id(), entry.description());
    if (part.options().isEmpty()) {
      return;
    }
    terminal.line("  options:");
    List<OptionSchema.Description> descriptions = entry.options().descriptions();
    part.options()
        .forEach((option, value) -> {
          String comment = "";
          for (OptionSchema.Description description : descriptions) {
            if (description.name().equals(option)) {
              comment =
                  description.description()
                      + (description.range().isEmpty() ? "" : ", " + description.range());
            }
          }
          line("    " + option + ": " + Document.inline(value), comment);
        });
  }

  private void yaml(String name, Map<String, @Nullable Object> entries) {
    terminal.line(name + ": " + Document.inline(entries.get(name)));
  }

  private void line(String text, String comment) {
    terminal.line(
        comment.isEmpty()
            ? text
            : "%%-%ds # %%s".formatted(COMMENT_COLUMN).formatted(text, comment));
  }
}
