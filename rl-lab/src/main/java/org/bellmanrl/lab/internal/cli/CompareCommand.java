package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.compare.Comparison;
import org.bellmanrl.lab.internal.compare.RunGroups;
import org.bellmanrl.lab.internal.plot.Surface;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl compare RUNS…}: which of several ways of learning did better, and how surely. */
final class CompareCommand implements Command {
  private static final String NOTHING = "-";
  private static final int FEW_RUNS = 5;
  private static final String[] COLUMNS = {
    "  learner",
    ">runs",
    ">return",
    ">IQM",
    "95 %",
    ">better",
    "better 95 %",
    ">learning",
    ">steps",
    ">time",
    ">steps/s"
  };

  private final Terminal terminal;

  private final Assembler assembler;

  /** A policy that needs no learning, beside the runs on a task. */
  private record Reference(String label, Judgement judgement) {}

  @Inject
  CompareCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            CompareCommand.class,
            "compare",
            "Compare runs. Runs that differ only in their seed are one group.")
        .addPositional(
            RunArguments.runs(
                "Run folders, or folders that contain them; also huggy, the pretrained policy"
                    + " of a dog, beside runs on its task."))
        .addOption(
            Command.option(
                "--out",
                "FILE",
                Path.class,
                "Draw performance profiles into a .svg or .png file, one for each task."))
        .addOption(
            OptionSpec.builder("--policy")
                .paramLabel("ID[:NAME=VALUE,…]")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                    "Also evaluate a policy that needs no learning (./rl policies lists them). May"
                        + " be repeated.")
                .build())
        .addOption(Command.flag("--json", "Print the result as JSON."));
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    List<String> folders = new ArrayList<>();
    Map<String, ShippedPolicy> pretrained = new LinkedHashMap<>();
    for (String given : arguments.matchedPositionalValue(0, List.<String>of())) {
      Pretrained.find(given)
          .ifPresentOrElse(policy -> pretrained.put(given, policy), () -> folders.add(given));
    }
    if (folders.isEmpty()) {
      String name = String.join(" ", pretrained.keySet());
      throw new UserError(
          "%s has no run to be compared with; ./rl eval %s evaluates it alone"
              .formatted(name, name));
    }
    List<StoredRun> judged = new ArrayList<>();
    for (StoredRun run : RunArguments.open(folders, terminal)) {
      Judgement judgement = run.summary().judgement();
      if (judgement != null && Double.isFinite(judgement.meanReturn())) {
        judged.add(run);
      } else if (judgement != null) {
        terminal.warning(
            "%s is left out: its mean return is %s, which cannot be compared"
                .formatted(run.path(), Numbers.fixed(judgement.meanReturn(), 3)));
      } else {
        terminal.warning(
            "%s is left out: it ended before it was evaluated; ./rl resume %s continues it"
                .formatted(run.path(), run.path()));
      }
    }
    if (judged.isEmpty()) {
      throw new UserError("no run has been evaluated, so there is nothing to compare");
    }
    List<Experiment.Part> policies =
        Wrapping.parse("--policy", arguments.matchedOptionValue("--policy", List.of()));
    List<List<Reference>> references = new ArrayList<>();
    List<Comparison> comparisons = new ArrayList<>();
    for (RunGroups.Task task : RunGroups.of(judged, terminal::warning)) {
      comparisons.add(Comparison.of(task));
      references.add(references(task, policies, pretrained));
      if (judgings(task) > 1) {
        terminal.warning(
            "the runs on %s were evaluated by different numbers of episodes"
                .formatted(task.label()));
      }
    }
    pretrained.forEach((name, policy) -> {
      if (references.stream().flatMap(List::stream).noneMatch(r -> r.label().equals(name))) {
        terminal.warning(
            "%s is left out: none of the runs is on %s".formatted(name, policy.spec().name()));
      }
    });
    Path out = arguments.matchedOptionValue("--out", (Path) null);
    List<Path> pictures = out == null ? List.of() : draw(comparisons, out);
    if (arguments.hasMatchedOption("--json")) {
      terminal.line(Json.text(entries(comparisons, references)));
      return OK;
    }
    print(comparisons, references);
    pictures.forEach(picture -> terminal.line("performance profiles in " + picture));
    return OK;
  }

  /** Judges policies on the task of runs, without their wrappers, and as their first is judged. */
  private List<Reference> references(
      RunGroups.Task task, List<Experiment.Part> policies, Map<String, ShippedPolicy> pretrained) {
    Experiment experiment = task.groups().getFirst().runs().getFirst().experiment();
    List<Reference> references = new ArrayList<>();
    for (Experiment.Part part : policies) {
      StringBuilder label = new StringBuilder(part.id());
      part.options().forEach((name, value) -> label.append(' ' + name + "=" + value));
      references.add(
          reference(
              label.toString(),
              experiment,
              environment -> assembler.policy(part, environment.spec())));
    }
    pretrained.forEach((name, policy) -> {
      if (policy.spec().name().equals(experiment.environment().id())) {
        references.add(reference(name, experiment, _ -> policy));
      }
    });
    return references;
  }

  private Reference reference(
      String label, Experiment experiment, Function<VectorEnvironment, Policy> policy) {
    try (VectorEnvironment environment = assembler.bare(experiment)) {
      return new Reference(
          label,
          Judgement.of(
              Evaluation.of(environment, policy.apply(environment), experiment.evaluation())));
    }
  }

  private static long judgings(RunGroups.Task task) {
    return task.groups().stream()
        .flatMap(group -> group.runs().stream())
        .map(run -> run.experiment().evaluation().episodes())
        .distinct()
        .count();
  }

  /** With several tasks each picture has the number of its task in its name, from 1. */
  private static List<Path> draw(List<Comparison> comparisons, Path out) throws IOException {
    Surface.open(out, "", 1, 1);
    List<Path> pictures = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      Path picture = out;
      if (comparisons.size() > 1) {
        String name = String.valueOf(out.getFileName());
        int dot = name.lastIndexOf('.');
        picture =
            out.resolveSibling(
                name.substring(0, dot) + "-" + (pictures.size() + 1) + name.substring(dot));
      }
      comparison.profiles().write(picture);
      pictures.add(picture);
    }
    return pictures;
  }

  private void print(List<Comparison> comparisons, List<List<Reference>> references) {
    boolean few = false;
    boolean several = false;
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison comparison = comparisons.get(i);
      terminal.line(comparison.task());
      TextTable table = new TextTable(COLUMNS);
      for (Comparison.Entry entry : comparison.entries()) {
        table.row(cells(entry));
        few |= entry.scores().size() < FEW_RUNS;
      }
      references.get(i).forEach(reference -> table.row(cells(reference)));
      several |= comparison.entries().size() > 1;
      table
          .lines(
              terminal.room(), ">steps/s", ">time", ">steps", ">learning", ">better", "better 95 %")
          .forEach(terminal::line);
      terminal.line("");
    }
    note(
        "return: mean ± deviation over the runs; IQM: interquartile mean, with its bootstrap"
            + " interval; learning: mean return of all episodes of training");
    if (several) {
      note("better: probability that a run does better than one of the first line");
    }
    if (few) {
      note("intervals of so few runs are too narrow; ./rl train … --seeds 10 makes more");
    }
  }

  private void note(String sentence) {
    terminal.line(Listing.wrapped("", sentence, terminal.room()));
  }

  private static List<String> cells(Comparison.Entry entry) {
    int decimals = decimals(entry.mean());
    List<String> cells = new ArrayList<>();
    cells.add("  " + entry.group().label());
    cells.add(Integer.toString(entry.scores().size()));
    cells.add(
        Numbers.fixed(entry.mean(), decimals) + " ± " + Numbers.fixed(entry.deviation(), decimals));
    cells.add(Numbers.fixed(entry.interquartileMean(), decimals));
    cells.add(interval(entry.interval(), decimals));
    Double improvement = entry.improvement();
    cells.add(improvement == null ? NOTHING : Numbers.fixed(improvement, 2));
    cells.add(interval(entry.improvementInterval(), 2));
    double learning = learning(entry);
    cells.add(Double.isNaN(learning) ? NOTHING : Numbers.fixed(learning, decimals));
    cells.add(Numbers.grouped(Math.round(entry.steps())));
    cells.add(Numbers.duration(entry.seconds()));
    cells.add(Numbers.rate(entry.stepsPerSecond()));
    return cells;
  }

  /** Mean return of the episodes of training, over the runs; NaN if some run has no episode. */
  private static double learning(Comparison.Entry entry) {
    double sum = 0;
    for (StoredRun run : entry.group().runs()) {
      sum += run.metrics().recentReturn(Long.MAX_VALUE);
    }
    return sum / entry.group().runs().size();
  }

  private static List<String> cells(Reference reference) {
    double mean = reference.judgement().meanReturn();
    List<String> cells = new ArrayList<>(Collections.nCopies(COLUMNS.length, NOTHING));
    cells.set(0, "  " + reference.label());
    cells.set(2, Numbers.fixed(mean, decimals(mean)));
    return cells;
  }

  /** Returns of thousands need no thousandths. */
  private static int decimals(double mean) {
    double size = Math.abs(mean);
    return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  }

  private static String interval(@Nullable Interval interval, int decimals) {
    return interval == null
        ? NOTHING
        : "["
            + Numbers.fixed(interval.low(), decimals)
            + ", "
            + Numbers.fixed(interval.high(), decimals)
            + "]";
  }

  private static List<Object> entries(
      List<Comparison> comparisons, List<List<Reference>> references) {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison comparison = comparisons.get(i);
      List<Object> groups = new ArrayList<>();
      for (Comparison.Entry entry : comparison.entries()) {
        Map<String, @Nullable Object> group = new LinkedHashMap<>();
        group.put("label", entry.group().label());
        group.put("runs", entry.group().runs().stream().map(run -> run.path().toString()).toList());
        group.put(
            "seeds", entry.group().runs().stream().map(run -> run.experiment().seed()).toList());
        group.put("returns", entry.scores());
        group.put("mean", entry.mean());
        group.put("deviation", entry.deviation());
        group.put("interquartileMean", entry.interquartileMean());
        group.put("interquartileMeanInterval", ends(entry.interval()));
        group.put("probabilityOfImprovement", entry.improvement());
        group.put("probabilityOfImprovementInterval", ends(entry.improvementInterval()));
        double learning = learning(entry);
        group.put("meanReturnWhileLearning", Double.isNaN(learning) ? null : learning);
        group.put("steps", entry.steps());
        group.put("seconds", entry.seconds());
        group.put("stepsPerSecond", entry.stepsPerSecond());
        groups.add(group);
      }
      Map<String, @Nullable Object> task = new LinkedHashMap<>();
      task.put("task", comparison.task());
      task.put("groups", groups);
      List<Object> policies = new ArrayList<>();
      for (Reference reference : references.get(i)) {
        Map<String, @Nullable Object> policy = new LinkedHashMap<>();
        policy.put("policy", reference.label());
        policy.putAll(reference.judgement().entries());
        policies.add(policy);
      }
      if (!policies.isEmpty()) {
        task.put("policies", policies);
      }
      tasks.add(task);
    }
    return tasks;
  }

  private static @Nullable List<Double> ends(@Nullable Interval interval) {
    return interval == null ? null : List.of(interval.low(), interval.high());
  }
}
