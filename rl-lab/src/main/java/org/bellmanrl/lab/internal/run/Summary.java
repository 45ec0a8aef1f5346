package org.bellmanrl.lab.internal.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param interrupted whether it was stopped from outside, before its budget was used up
 * @param episodes episodes ended in training
 * @param steps transitions of training
 * @param judgement how the learned policy did; null if it has not been judged
 * @param best the best of the policies that were tried out in training; null if none was
 * @param reproducible whether the same experiment gives the same run
 * @param odd what is odd about the result, each in a sentence with what to try
 */
public record Summary(
    boolean interrupted,
    long episodes,
    long steps,
    @Nullable Judgement judgement,
    @Nullable Best best,
    boolean reproducible,
    List<String> odd) {

  public Summary {
    odd = List.copyOf(odd);
  }

  /**
   * The best policy of a run.
   *
   * @param step after how many transitions it was tried out
   * @param episodes after how many episodes
   * @param meanReturn what that trial brought
   */
  public record Best(long step, long episodes, double meanReturn) {}

  /** The same once the learned policy has been judged. */
  public Summary judged(Judgement result, List<String> found) {
    return new Summary(interrupted, episodes, steps, result, best, reproducible, found);
  }

  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("status", interrupted ? "interrupted" : "finished");
    entries.put("episodes", episodes);
    entries.put("steps", steps);
    if (judgement != null) {
      entries.put("evaluation", judgement.entries());
    }
    if (best != null) {
      Map<String, @Nullable Object> trial = new LinkedHashMap<>();
      trial.put("step", best.step());
      trial.put("episodes", best.episodes());
      trial.put("meanReturn", best.meanReturn());
      entries.put("best", trial);
    }
    if (!reproducible) {
      entries.put("reproducible", false);
    }
    if (!odd.isEmpty()) {
      entries.put("odd", odd);
    }
    return entries;
  }

  static Summary of(Document document) {
    return new Summary(
        document.text("status").equals("interrupted"),
        document.whole("episodes", 0, Long.MAX_VALUE),
        document.whole("steps", 0, Long.MAX_VALUE),
        document.has("evaluation") ? Judgement.of(document.mapping("evaluation")) : null,
        document.has("best") ? best(document.mapping("best")) : null,
        !document.has("reproducible") || document.truth("reproducible"),
        document.has("odd") ? document.texts("odd") : List.of());
  }

  private static Best best(Document document) {
    return new Best(
        document.whole("step", 0, Long.MAX_VALUE),
        document.has("episodes") ? document.whole("episodes", 0, Long.MAX_VALUE) : 0,
        document.real("meanReturn"));
  }
}
