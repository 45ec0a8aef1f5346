package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How runs from several seeds did.
 *
 * @param bySeed how each of them did, in the order of the seeds; at least one
 */
record SeedResults(Map<Long, Judgement> bySeed) {

  /** A line for each seed. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    bySeed.forEach((seed, judgement) -> lines.add("seed " + seed + ": " + judgement.line()));
    return lines;
  }

  /** All of them in one line. */
  String line() {
    Interval interval = interval();
    return "%d seed%s: mean return %s, interquartile mean %s [%s, %s]"
        .formatted(
            bySeed.size(),
            bySeed.size() == 1 ? "" : "s",
            Numbers.fixed(mean(), 3),
            Numbers.fixed(interquartileMean(), 3),
            Numbers.fixed(interval.low(), 3),
            Numbers.fixed(interval.high(), 3));
  }

  /** By name, for JSON. */
  Map<String, @Nullable Object> entries() {
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    bySeed.forEach((seed, judgement) -> {
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("seed", seed);
      result.putAll(judgement.entries());
      results.add(result);
    });
    Interval interval = interval();
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("meanReturn", mean());
    entries.put("interquartileMean", interquartileMean());
    entries.put("interquartileMeanLow", interval.low());
    entries.put("interquartileMeanHigh", interval.high());
    entries.put("results", results);
    return entries;
  }

  /** Mean of the mean returns. */
  double mean() {
    return Estimates.mean(scores());
  }

  /** Interquartile mean of the mean returns. */
  double interquartileMean() {
    return Estimates.interquartileMean(scores());
  }

  /** A 95 % interval of that. */
  Interval interval() {
    return Bootstrap.DEFAULT.interval(scores(), Estimates::interquartileMean);
  }

  private double[] scores() {
    return bySeed.values().stream().mapToDouble(Judgement::meanReturn).toArray();
  }
}
