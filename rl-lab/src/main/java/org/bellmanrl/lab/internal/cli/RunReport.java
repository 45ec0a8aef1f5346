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
import org.bellmanrl.lab.internal.assembly.LimitOption;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.view.GridPainter;
import org.bellmanrl.lab.internal.view.GridPicture;
import org.bellmanrl.lab.internal.view.StateTable;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/** What the commands tell of a run. */
final class RunReport {
  private static final int MOST_LAYERS = 2;

  /** Grids with more lines than that are only drawn into files, unless their layers are named. */
  private static final int MOST_ROWS = 32;

  private static final int RECENT = 100;

  /** Without a grid, more states or actions than that are not listed. */
  private static final int MOST_LISTED = 32;

  private RunReport() {}

  /** What is run, with every option. */
  static String experiment(Experiment experiment, int width) {
    List<String> task = words(experiment.environment().options());
    int limit = experiment.maxEpisodeSteps();
    if (limit != 0 && !experiment.environment().options().containsKey(LimitOption.NAME)) {
      task.add("max_episode_steps=" + limit);
    }
    List<String> lines = new ArrayList<>();
    lines.add(experiment.title());
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
    if (experiment.stepping().ahead()) {
      lines.add(Listing.wrapped("  stepping     ", experiment.stepping().inWords(), width));
    }
    String settings =
        experiment.preset().isEmpty()
            ? "defaults; there is no preset for this pair"
            : experiment.preset();
    lines.add(Listing.wrapped("  settings     ", settings, width));
    return String.join("\n", lines);
  }

  /** What a policy that comes trained was trained with, and what it earns. */
  static String pretrained(ShippedPolicy policy, int width) {
    Map<String, String> about = policy.about();
    return String.join(
        "\n",
        about.get("learner") + " on " + policy.spec().name(),
        Listing.wrapped("  learner      ", words(about, "learner."), width),
        Listing.wrapped("  environment  ", words(about, "environment."), width),
        "  training     %s, seed %s"
            .formatted(
                Numbers.count(Long.parseLong(about.getOrDefault("training_steps", "0")), "step"),
                about.get("seed")),
        Listing.wrapped(
            "learned policy: ",
            "mean return %s ± %s over %s"
                .formatted(
                    Numbers.fixed(Double.parseDouble(about.getOrDefault("mean_return", "NaN")), 3),
                    Numbers.fixed(Double.parseDouble(about.getOrDefault("std_return", "NaN")), 3),
                    Numbers.count(
                        Long.parseLong(about.getOrDefault("evaluation_episodes", "0")), "episode")),
            width));
  }

  private static List<String> words(Map<String, String> about, String prefix) {
    return about.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getKey().substring(prefix.length()) + "=" + entry.getValue())
        .toList();
  }

  /**
   * What was earned while learning, which is not what the learned policy earns: exploration costs,
   * and the beginning counts. Empty if no episode has ended.
   *
   * @param task says whether episodes end; if not, their returns are given per step too
   */
  static Optional<String> learning(MetricsTable metrics, EnvironmentSpec task, int width) {
    if (metrics.rows() == 0) {
      return Optional.empty();
    }
    long latest = Math.min(metrics.episodes(), RECENT);
    String words =
        "mean return %s over all of %s%s"
            .formatted(
                earned(metrics, Long.MAX_VALUE, task),
                Numbers.count(metrics.episodes(), "episode"),
                metrics.episodes() == latest
                    ? ""
                    : ", %s over the last %s"
                        .formatted(earned(metrics, latest, task), Numbers.grouped(latest)));
    return Optional.of(Listing.wrapped("while learning: ", words, width));
  }

  private static String earned(MetricsTable metrics, long episodes, EnvironmentSpec task) {
    double mean = metrics.recentReturn(episodes);
    return Numbers.fixed(mean, 3) + byTheStep(mean, metrics.recentLength(episodes), task);
  }

  /** What a policy earns, for people. */
  static String judged(Judgement judgement, EnvironmentSpec task) {
    return judgement.line() + byTheStep(judgement.meanReturn(), judgement.meanLength(), task);
  }

  private static String byTheStep(double earned, double length, EnvironmentSpec task) {
    return task.terminates() ? "" : " (" + Numbers.fixed(earned / length, 3) + " a step)";
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
    if (layers.isEmpty() && grid.get().height() > MOST_ROWS) {
      return Optional.of(
          "the policy and the values of %d × %d places: ./rl show RUN --out FILE draws them\n"
              .formatted(grid.get().width(), grid.get().height()));
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
