package org.bellmanrl.lab.internal.preset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * Settings known to work.
 *
 * @param source who found them
 * @param when the environment's options that they are for; none for any
 * @param observations the kind of space that the environment's observations must be of; none for
 *     any
 * @param wrapped the wrappers that must be asked for, with these options and no others; none for
 *     any
 * @param options the learner's options that differ from its defaults
 * @param rows how many environments are stepped together
 * @param wrappers what is put around the task, or around {@code wrapped}, the innermost first
 * @param maxEpisodeSteps after how many steps episodes are cut, if not at the environment's own
 *     limit
 * @param budget how long to train
 * @param evaluationEpisodes how many episodes to judge by
 * @param evaluationSeeds their seeds; empty to derive them
 */
public record Preset(
    String source,
    Map<String, @Nullable Object> when,
    Optional<Space.Kind> observations,
    List<Experiment.Part> wrapped,
    Map<String, @Nullable Object> options,
    int rows,
    List<Experiment.Part> wrappers,
    OptionalInt maxEpisodeSteps,
    Budget budget,
    int evaluationEpisodes,
    List<Long> evaluationSeeds) {

  /** How many conditions it has. */
  int conditions() {
    return when.size() + (observations.isPresent() ? 1 : 0) + wrapped.size();
  }

  /**
   * What is put around the task, the innermost first.
   *
   * @param asked the wrappers that were asked for, if any were: they replace this preset's, unless
   *     it is for just these and adds its own
   */
  public List<Experiment.Part> around(@Nullable List<Experiment.Part> asked) {
    if (asked == null) {
      return wrappers;
    }
    List<Experiment.Part> all = new ArrayList<>(asked);
    if (!wrapped.isEmpty()) {
      all.addAll(wrappers);
    }
    return List.copyOf(all);
  }

  static Preset of(Document document) {
    Document budget = document.mapping("budget");
    Preset preset =
        new Preset(
            document.text("source"),
            document.has("when") ? document.mapping("when").entries() : Map.of(),
            document.has("observations")
                ? Optional.of(
                    Space.Kind.valueOf(document.text("observations").toUpperCase(Locale.ROOT)))
                : Optional.empty(),
            Experiment.Part.list(document, "wrapped"),
            document.mapping("options").entries(),
            document.has("environments")
                ? (int) document.whole("environments", 1, Experiment.MAX_ROWS)
                : 1,
            Experiment.Part.list(document, "wrappers"),
            document.has("max_episode_steps")
                ? OptionalInt.of((int) document.whole("max_episode_steps", 1, Integer.MAX_VALUE))
                : OptionalInt.empty(),
            budget.has("steps")
                ? Budget.steps(budget.whole("steps", 1, Long.MAX_VALUE))
                : Budget.episodes(budget.whole("episodes", 1, Long.MAX_VALUE)),
            (int) document.whole("evaluation_episodes", 1, Integer.MAX_VALUE),
            document.has("evaluation_seeds") ? document.wholes("evaluation_seeds") : List.of());
    budget.refuseOthers();
    document.refuseOthers();
    if (preset.source.isBlank()) {
      throw document.refusal("must say in 'source' who found the settings");
    }
    return preset;
  }
}
