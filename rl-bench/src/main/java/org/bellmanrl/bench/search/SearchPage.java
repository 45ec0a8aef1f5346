package org.bellmanrl.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;

/** The results as Markdown. */
final class SearchPage {
  private SearchPage() {}

  /**
   * The page.
   *
   * @param ours what our samplers have found
   * @param peer what another one has found, with which our first is compared
   */
  static String text(
      List<SamplerResult> ours, @Nullable SamplerResult peer, int studies, int trials) {
    List<SamplerResult> all = new ArrayList<>(ours);
    if (peer != null) {
      all.addFirst(peer);
    }
    StringBuilder text = new StringBuilder("# How low the samplers get\n\n");
    text.append(
        """
        Median of the least values of %d studies of %d trials each, with its 95 %% interval by the
        percentile bootstrap. Less is better.

        """
            .formatted(studies, trials));
    text.append("| function |");
    all.forEach(found -> text.append(' ').append(found.sampler()).append(" |"));
    text.append("\n|---").append("|--:".repeat(all.size())).append("|\n");
    for (SearchFunction function : SearchFunction.values()) {
      text.append("| ").append(function.id());
      for (SamplerResult found : all) {
        double[] least = found.of(function);
        text.append(" | ").append(number(Estimates.median(least))).append(' ');
        text.append(range(Bootstrap.DEFAULT.interval(least, Estimates::median)));
      }
      text.append(" |\n");
    }
    if (peer != null) {
      SamplerResult first = ours.getFirst();
      text.append("\nHow probably a study of ours finds less than one of ").append(peer.sampler());
      text.append(":\n\n| function | probability |\n|---|--:|\n");
      for (SearchFunction function : SearchFunction.values()) {
        text.append("| ").append(function.id()).append(" | ");
        text.append(number(first.probability(function, peer))).append(' ');
        text.append(range(first.interval(function, peer))).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String range(Interval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
