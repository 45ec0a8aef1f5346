package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.lab.internal.view.ValueSlices;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Trial;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl show RUN}: shows a run, its result and what its learner learned. */
final class ShowCommand implements Command {
  private static final String LAYERS = "--layers";
  private static final String OUT = "--out";

  private final Terminal terminal;
  private final Assembler assembler;
  private final Invocation invocation;

  @Inject
  ShowCommand(Terminal terminal, Assembler assembler, Invocation invocation) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.invocation = invocation;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(ShowCommand.class, "show", "Show a run and what it learned.")
            .addPositional(RunArguments.run())
            .addOption(
                Command.option(
                    LAYERS,
                    "LIST|all",
                    String.class,
                    "The layers to draw of a task that has several, by number from 0: 0,3."))
            .addOption(
                Command.option(
                    OUT,
                    "FILE",
                    Path.class,
                    "Draw V, Q and the policy of a grid, or V over two numbers of the observation,"
                        + " into a .svg or .png file."));
    return SliceOptions.addTo(spec);
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    String name = arguments.matchedPositionalValue(0, "");
    Optional<ShippedPolicy> pretrained = Pretrained.find(name);
    if (pretrained.isPresent()) {
      refuseDrawing(arguments, "is for a run: " + name + " has no values to draw");
      terminal.line(RunReport.pretrained(pretrained.get(), terminal.width()));
      return OK;
    }
    Path path = Path.of(name);
    if (Study.isStudy(path)) {
      refuseDrawing(arguments, "is for a run: name one of the run folders in " + path);
      Study study = Study.open(path);
      StudyReport.beginning(study, terminal.width()).forEach(terminal::line);
      StudyReport report = StudyReport.of(study, assembler);
      for (Trial trial : report.trials()) {
        terminal.line(StudyReport.line(trial, study));
      }
      report.lines(terminal.room(), invocation).forEach(terminal::line);
      return OK;
    }
    StoredRun run = StoredRun.open(RunArguments.one(name, assembler, terminal));
    terminal.line(RunReport.experiment(run.experiment(), terminal.width()));
    Summary summary = run.summary();
    terminal.line(
        "  "
            + (summary.interrupted() ? "interrupted after " : "trained for ")
            + Numbers.count(summary.episodes(), "episode")
            + ", "
            + Numbers.count(summary.steps(), "step"));
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      draw(run, environment, arguments);
      EnvironmentSpec task = environment.spec();
      RunReport.learning(run.metrics(), task, terminal.width()).ifPresent(terminal::line);
      Judgement judgement = summary.judgement();
      terminal.line(
          judgement == null
              ? "not evaluated yet; ./rl eval " + run.path() + " evaluates it"
              : Listing.wrapped(
                  "learned policy: ", RunReport.judged(judgement, task), terminal.width()));
    }
    summary.odd().forEach(odd -> terminal.line(Training.odd(odd, terminal)));
    return OK;
  }

  private static void refuseDrawing(ParseResult arguments, String reason) {
    Command.refuse(arguments, List.of(OUT, LAYERS), reason);
    Command.refuse(arguments, SliceOptions.OPTIONS, reason);
  }

  private void draw(StoredRun run, VectorEnvironment environment, ParseResult arguments)
      throws IOException {
    Optional<GridView> grid = environment.capability(0, GridView.class);
    Optional<ValueSlices> slices = ValueSlices.of(environment);
    Path out = arguments.matchedOptionValue(OUT, (Path) null);
    Learner learner = assembler.restored(run, environment);
    if (grid.isEmpty()) {
      Command.refuse(
          arguments,
          List.of(LAYERS),
          "is for grids, and " + environment.spec().name() + " is none");
    }
    if (SliceOptions.wanted(arguments)) {
      Command.refuse(
          arguments, List.of(LAYERS), "draws layers of a grid, and --over another picture");
    }
    if (SliceOptions.wanted(arguments) && slices.isEmpty()) {
      throw new UserError(
          environment.spec().name()
              + " doesn't show two real numbers or more, up to 64, so --over draws nothing");
    }
    if (slices.isPresent() && (SliceOptions.wanted(arguments) || (out != null && grid.isEmpty()))) {
      SliceOptions.Drawn drawn =
          SliceOptions.of(arguments, slices.get()).drawn(slices.get(), environment, learner);
      if (out != null) {
        drawn.write(out);
        terminal.line("  drawn in " + out);
      }
      terminal.out().print("\n" + drawn.text(terminal) + "\n");
      return;
    }
    List<Integer> layers = layers(arguments.matchedOptionValue(LAYERS, ""), grid);
    if (out != null) {
      RunReport.picture(
          environment,
          learner,
          () -> assembler.beginner(run.experiment(), environment),
          layers,
          out);
      terminal.line("  drawn in " + out);
    }
    RunReport.grids(
            environment,
            learner,
            () -> assembler.beginner(run.experiment(), environment),
            terminal,
            layers)
        .ifPresentOrElse(
            text -> terminal.out().print("\n" + text + "\n"),
            () ->
                terminal.line(
                    slices
                        .filter(_ -> learner.values().isPresent())
                        .map(there -> SliceOptions.hint(there, terminal.width()))
                        .orElse("  (no grid to draw: this task has none)")));
  }

  private static List<Integer> layers(String given, Optional<GridView> grid) {
    if (given.isEmpty() || grid.isEmpty()) {
      return List.of();
    }
    int count = grid.get().layers();
    List<Integer> layers = new ArrayList<>();
    if (given.equals("all")) {
      for (int layer = 0; layer < count; layer++) {
        layers.add(layer);
      }
      return layers;
    }
    for (String word : given.split(",", -1)) {
      int layer = -1;
      try {
        layer = Integer.parseInt(word.strip());
      } catch (NumberFormatException e) {
        // refused below, like a number out of range
      }
      if (layer < 0 || layer >= count) {
        throw new UserError(
            "--layers must be 'all' or numbers from 0 to " + (count - 1) + ", was '" + given + "'");
      }
      layers.add(layer);
    }
    return layers;
  }
}
