package org.bellmanrl.lab.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * How a policy did, in a few numbers.
 *
 * @param episodes how many were played
 * @param meanReturn mean of their returns
 * @param stdReturn standard deviation of their returns, of the population
 * @param minReturn least return
 * @param maxReturn greatest return
 * @param meanLength mean number of steps
 * @param terminated how many reached a terminal state; the others were cut
 */
public record Judgement(
    long episodes,
    double meanReturn,
    double stdReturn,
    double minReturn,
    double maxReturn,
    double meanLength,
    long terminated) {

  /** The numbers of an evaluation. */
  public static Judgement of(Evaluation evaluation) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < evaluation.episodes(); i++) {
      least = Math.min(least, evaluation.episodeReturn(i));
      most = Math.max(most, evaluation.episodeReturn(i));
    }
    return new Judgement(
        evaluation.episodes(),
        evaluation.meanReturn(),
        evaluation.stdReturn(),
        least,
        most,
        evaluation.meanLength(),
        evaluation.terminated());
  }

  /** By name, for JSON. */
  public Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("episodes", episodes);
    entries.put("meanReturn", meanReturn);
    entries.put("stdReturn", stdReturn);
    entries.put("minReturn", minReturn);
    entries.put("maxReturn", maxReturn);
    entries.put("meanLength", meanLength);
    entries.put("terminated", terminated);
    return entries;
  }

  /** Reads {@link #entries}. */
  static Judgement of(Document document) {
    return new Judgement(
        document.whole("episodes", 1, Long.MAX_VALUE),
        document.real("meanReturn"),
        document.real("stdReturn"),
        document.real("minReturn"),
        document.real("maxReturn"),
        document.real("meanLength"),
        document.whole("terminated", 0, Long.MAX_VALUE));
  }

  /** One line for people. */
  public String line() {
    return "mean return "
        + Numbers.fixed(meanReturn, 3)
        + " ± "
        + Numbers.fixed(stdReturn, 3)
        + " over "
        + Numbers.count(episodes, "episode")
        + ", mean length "
        + Numbers.fixed(meanLength, 1);
  }
}
