package org.bellmanrl.lab.internal.preset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * @param source where they were published, or how they were found
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

  /** What an entry says that leaves out what it may, and does not say what it must. */
  private static final Preset NOTHING =
      new Preset(
          "",
          Map.of(),
          Optional.empty(),
          List.of(),
          Map.of(),
          1,
          List.of(),
          OptionalInt.empty(),
          Budget.steps(1),
          1,
          List.of());

  /**
   * Reads an entry of a file.
   *
   * @param like has what the entry leaves out, and options that it does not change; null if the
   *     entry stands alone
   */
  static Preset of(Document entry, @Nullable Preset like) {
    boolean alone = like == null;
    Preset base = like == null ? NOTHING : like;
    Map<String, @Nullable Object> options = new LinkedHashMap<>(base.options);
    if (alone || entry.has("options")) {
      options.putAll(entry.mapping("options").entries());
    }
    boolean judged = alone || entry.has("evaluation_episodes");
    Preset preset =
        new Preset(
            alone || entry.has("source") ? entry.text("source") : base.source,
            entry.has("when") ? entry.mapping("when").entries() : base.when,
            entry.has("observations")
                ? Optional.of(
                    Space.Kind.valueOf(entry.text("observations").toUpperCase(Locale.ROOT)))
                : base.observations,
            entry.has("wrapped") ? Experiment.Part.list(entry, "wrapped") : base.wrapped,
            options,
            entry.has("environments")
                ? (int) entry.whole("environments", 1, Experiment.MAX_ROWS)
                : base.rows,
            entry.has("wrappers") ? Experiment.Part.list(entry, "wrappers") : base.wrappers,
            entry.has("max_episode_steps")
                ? OptionalInt.of((int) entry.whole("max_episode_steps", 1, Integer.MAX_VALUE))
                : base.maxEpisodeSteps,
            alone || entry.has("budget") ? budget(entry.mapping("budget")) : base.budget,
            judged
                ? (int) entry.whole("evaluation_episodes", 1, Integer.MAX_VALUE)
                : base.evaluationEpisodes,
            entry.has("evaluation_seeds")
                ? entry.wholes("evaluation_seeds")
                : judged ? List.of() : base.evaluationSeeds);
    entry.refuseOthers();
    if (preset.source.isBlank()) {
      throw entry.refusal("must say in 'source' who found the settings");
    }
    return preset;
  }

  private static Budget budget(Document limit) {
    Budget budget =
        limit.has("steps")
            ? Budget.steps(limit.whole("steps", 1, Long.MAX_VALUE))
            : Budget.episodes(limit.whole("episodes", 1, Long.MAX_VALUE));
    limit.refuseOthers();
    return budget;
  }
}
