package org.bellmanrl.lab.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * How the policy is evaluated while it is learned: at intervals, on episodes apart from training,
 * always the same ones.
 *
 * @param every steps between two trials; 0 for no trials
 * @param episodes how many are played in a trial, at least 1
 * @param stopAt training ends when a trial's mean return reaches this; NaN for never
 * @param patience the number of trials in a row without a better mean return after which training
 *     ends; 0 for never
 */
public record TrialPlan(long every, int episodes, double stopAt, int patience) {
  /** Added to the seed of the result's episodes for those of trials. */
  private static final long SEEDS = 1_000_003;

  /** No trials. */
  public static final TrialPlan NONE = new TrialPlan(0, 10, Double.NaN, 0);

  public TrialPlan {
    if (every < 0) {
      throw new IllegalArgumentException("steps between trials must be at least 0, were " + every);
    }
    if (episodes < 1) {
      throw new IllegalArgumentException(
          "episodes of a trial must be at least 1, were " + episodes);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must be at least 0, was " + patience);
    }
    if (every == 0 && (!Double.isNaN(stopAt) || patience > 0)) {
      throw new IllegalArgumentException(
          "to stop by a threshold or by patience there must be trials: say how many steps lie"
              + " between them");
    }
  }

  /** Whether there are any. */
  public boolean wanted() {
    return every > 0;
  }

  /**
   * How a policy is tried out.
   *
   * @param result how the result of the run is judged: by other episodes than these
   */
  public Evaluation.Plan plan(Evaluation.Plan result) {
    return Evaluation.Plan.episodes(episodes)
        .withSeed(Math.floorMod(result.seed() + SEEDS, Long.MAX_VALUE))
        .withMaxEpisodeSteps(result.maxEpisodeSteps());
  }

  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("every", every);
    entries.put("episodes", episodes);
    if (!Double.isNaN(stopAt)) {
      entries.put("stop_at", stopAt);
    }
    entries.put("patience", patience);
    return entries;
  }

  /** Reads what a file holds of this; all but the steps may be left out. */
  public static TrialPlan of(Document document) {
    TrialPlan plan =
        new TrialPlan(
            document.whole("every", 0, Long.MAX_VALUE),
            document.has("episodes") ? (int) document.whole("episodes", 1, Integer.MAX_VALUE) : 10,
            document.has("stop_at") ? document.real("stop_at") : Double.NaN,
            document.has("patience") ? (int) document.whole("patience", 0, Integer.MAX_VALUE) : 0);
    document.refuseOthers();
    return plan;
  }
}
