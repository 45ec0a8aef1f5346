package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.view.GridPainter;
import org.bellmanrl.lab.internal.view.GridPicture;
import org.bellmanrl.lab.internal.view.StateTable;
import org.jspecify.annotations.Nullable;

/** What the commands tell of a run. */
final class Report {
  private static final int MOST_LAYERS = 2;
  private static final int RECENT = 100;

  /** Without a grid, more states or actions than that are not listed. */
  private static final int MOST_LISTED = 32;

  private Report() {}

  /** What is run, with every option. */
  static String experiment(Experiment experiment, int width) {
    List<String> task = words(experiment.environment().options());
    int limit = experiment.maxEpisodeSteps();
    if (limit != 0 && !experiment.environment().options().containsKey(Assembler.LIMIT)) {
      task.add("max_episode_steps=" + limit);
    }
    List<String> lines = new ArrayList<>();
    lines.add(experiment.learner().id() + " on " + experiment.environment().id());
    lines.add(Listing.wrapped("  learner      ", words(experiment.learner().options()), width));
    lines.add(Listing.wrapped("  environment  ", task, width));
    for (Experiment.Part wrapper : experiment.wrappers()) {
      List<String> words = words(wrapper.options());
      words.addFirst(wrapper.id());
      lines.add(Listing.wrapped("  wrapper      ", words, width));
    }
    lines.add(
        "  training     "
            + budget(experiment.budget())
            + (experiment.schedules().equals(experiment.budget())
                ? ""
                : ", schedules over the first " + budget(experiment.schedules()))
            + (experiment.rows() == 1 ? "" : " in " + experiment.rows() + " environments at once")
            + ", seed "
            + experiment.seed());
    lines.add(
        "  settings     "
            + (experiment.preset().isEmpty()
                ? "defaults; there is no preset for this pair"
                : experiment.preset()));
    return String.join("\n", lines);
  }

  /**
   * What was earned while learning, which is not what the learned policy earns: exploration costs,
   * and the beginning counts. Empty if no episode has ended.
   */
  static Optional<String> learning(MetricsTable metrics, int width) {
    if (metrics.rows() == 0) {
      return Optional.empty();
    }
    long latest = Math.min(metrics.episodes(), RECENT);
    String words =
        "mean return %s over all of %s, %s over the last %s"
            .formatted(
                Numbers.fixed(metrics.recentReturn(Long.MAX_VALUE), 3),
                Numbers.count(metrics.episodes(), "episode"),
                Numbers.fixed(metrics.recentReturn(latest), 3),
                Numbers.grouped(latest));
    return Optional.of(Listing.wrapped("while learning: ", List.of(words.split(" ", -1)), width));
  }

  private static String budget(Budget budget) {
    return budget.episodes() != Long.MAX_VALUE
        ? Numbers.count(budget.episodes(), "episode")
        : Numbers.count(budget.steps(), "step");
  }

  private static List<String> words(Map<String, @Nullable Object> options) {
    List<String> words = new ArrayList<>();
    options.forEach((name, value) -> words.add(name + "=" + (value == null ? "None" : value)));
    return words;
  }

  /**
   * The learned policy and values as grids where the task has one; else, of a few states, their
   * values in a list.
   *
   * @param beginner the same learner before it learned anything
   * @param layers which layers to draw; empty for the ones in which most was learned
   */
  static Optional<String> grids(
      VectorEnvironment environment,
      Learner learner,
      Supplier<? extends Learner> beginner,
      Terminal terminal,
      List<Integer> layers) {
    Optional<GridView> grid = environment.capability(0, GridView.class);
    if (grid.isEmpty()) {
      return list(environment.spec(), learner, beginner, terminal.width());
    }
    Optional<StateTable> table = StateTable.of(environment.spec(), learner, beginner);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    GridPainter painter = new GridPainter(grid.get(), table.get(), terminal.style());
    List<Integer> drawn = layers.isEmpty() ? painter.liveliest(MOST_LAYERS) : layers;
    String note =
        drawn.size() < grid.get().layers()
            ? "("
                + drawn.size()
                + " of "
                + grid.get().layers()
                + " layers; ./rl show RUN --layers all draws all)\n"
            : "";
    return Optional.of(painter.draw(drawn) + note);
  }

  /** V by state or, where there is but one, Q by action. */
  private static Optional<String> list(
      EnvironmentSpec spec, Learner learner, Supplier<? extends Learner> beginner, int width) {
    int states =
        ProductIndex.of(spec.observationSpace()).map(ProductIndex::size).orElse(Integer.MAX_VALUE);
    if (states > MOST_LISTED) {
      return Optional.empty();
    }
    return StateTable.of(spec, learner, beginner)
        .filter(table -> states > 1 || table.width() <= MOST_LISTED)
        .map(table -> {
          boolean actions = states == 1 && table.width() > 1;
          List<String> numbers = new ArrayList<>();
          for (int i = 0; i < (actions ? table.width() : states); i++) {
            numbers.add(Numbers.fixed(actions ? table.value(0, i) : table.value(i), 3));
          }
          return Listing.wrapped(actions ? "Q(a)  " : "V(s)  ", numbers, width) + "\n";
        });
  }

  /**
   * The learned policy and values as a picture.
   *
   * @throws UserError if the task has no grid
   */
  static void picture(
      VectorEnvironment environment,
      Learner learner,
      Supplier<? extends Learner> beginner,
      List<Integer> layers,
      Path file)
      throws IOException {
    GridView grid =
        environment
            .capability(0, GridView.class)
            .orElseThrow(() ->
                new UserError(environment.spec().name() + " has no grid to draw into a file"));
    StateTable table =
        StateTable.of(environment.spec(), learner, beginner)
            .orElseThrow(() -> new UserError("the learner has no values of states to draw"));
    GridPainter painter = new GridPainter(grid, table, new GridPainter.Style(false, true, 80));
    new GridPicture(grid, table)
        .write(layers.isEmpty() ? painter.liveliest(MOST_LAYERS) : layers, file);
  }
}
