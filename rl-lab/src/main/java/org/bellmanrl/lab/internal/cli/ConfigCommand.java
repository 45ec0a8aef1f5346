package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.EntryLookup;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl config LEARNER ENV}: prints the whole experiment, to be kept in a file and changed. */
final class ConfigCommand implements Command {
  private static final int COMMENT_COLUMN = 34;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,12})?");
  private static final int LEGEND_WIDTH = 100;

  private final Terminal terminal;
  private final Assembler assembler;
  private final Resolver resolver;

  @Inject
  ConfigCommand(Terminal terminal, Assembler assembler, Resolver resolver) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.resolver = resolver;
  }

  static CommandSpec spec() {
    return TrainArguments.addTo(
        Command.spec(
            ConfigCommand.class,
            "config",
            "Print an experiment with all its settings, as a file for ./rl train FILE.yaml."));
  }

  @Override
  public int run(ParseResult arguments) {
    TrainArguments asked = TrainArguments.of(arguments);
    Experiment experiment = asked.experiment(resolver, arguments);
    terminal.line("# An experiment: run it with  ./rl train FILE.yaml");
    terminal.line(
        "# Settings: "
            + (experiment.preset().isEmpty() ? "the learner's defaults" : experiment.preset()));
    EntryLookup entries = assembler.entries();
    part(
        "learner",
        experiment.learner(),
        entries.get(LearnerEntry.class, experiment.learner().id()));
    Experiment.Part environment = experiment.environment();
    part("environment", environment, entries.get(EnvironmentEntry.class, environment.id()));
    line(
        "  max_episode_steps: " + experiment.maxEpisodeSteps(),
        "after so many steps an episode is truncated; 0: never");
    legend(experiment);
    Map<String, @Nullable Object> rest = experiment.entries();
    line("environments: " + experiment.rows(), "stepped together");
    if (experiment.stepping().round() > 1) {
      line(
          "round: " + experiment.stepping().round(),
          "steps of every environment before the learner learns from them");
    }
    if (experiment.stepping().overlap()) {
      line("overlap: true", "each round is stepped while the learner learns from the one before");
    }
    if (!experiment.stepping().reproducible()) {
      line(
          "asynchronous: " + experiment.stepping().asynchronous(),
          "rounds that each environment may be ahead of learning; the result is not reproducible");
    }
    if (experiment.wrappers().isEmpty()) {
      line("wrappers: []", "the innermost first; ./rl wrappers lists them");
    } else {
      yaml("wrappers", rest);
    }
    line("seed: " + experiment.seed(), "the seed of everything random");
    if (asked.seeds() > 0) {
      line("seeds: " + asked.seeds(), "number of runs, with the seeds from this one on");
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
          line("    " + option + ": " + Document.inline(plain(value)), comment);
        });
  }

  /** What the numbers of the task mean, as comments. */
  private void legend(Experiment experiment) {
    try (VectorEnvironment task = assembler.bare(experiment)) {
      Legend legend = task.spec().legend();
      comment("actions", numbered(legend.actions()));
      comment("observations", numbered(legend.observations()));
      comment("reward", legend.reward());
    }
  }

  private static String numbered(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : IntStream.range(0, names.size())
            .mapToObj(i -> i + " " + names.get(i))
            .collect(Collectors.joining("; "));
  }

  private void comment(String what, String text) {
    if (!text.isEmpty()) {
      Listing.wrapped(what + ": ", text, LEGEND_WIDTH)
          .lines()
          .forEach(line -> terminal.line("  # " + line));
    }
  }

  /** Numbers that are kept as texts, such as the units of layers, need no quotes. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigCommand::plain).toList();
    }
    if (value instanceof String text && NUMBER.matcher(text).matches()) {
      return text.contains(".") ? (Object) Double.valueOf(text) : Long.valueOf(text);
    }
    return value;
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
