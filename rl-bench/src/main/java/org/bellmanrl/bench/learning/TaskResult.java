package org.bellmanrl.bench.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What all seeds of a task came to.
 *
 * @param task the task
 * @param seeds at least one, in the order of the seeds
 */
record TaskResult(LearningTask task, List<SeedResult> seeds) {
  TaskResult {
    seeds = List.copyOf(seeds);
  }

  double[] returns() {
    return seeds.stream().mapToDouble(SeedResult::meanReturn).toArray();
  }

  double[] seconds() {
    return seeds.stream().mapToDouble(SeedResult::seconds).toArray();
  }

  /** Without the seeds of which it is not known. */
  double[] cpuSeconds() {
    return seeds.stream()
        .map(SeedResult::cpuSeconds)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  double[] stepsPerSecond() {
    return seeds.stream().mapToDouble(SeedResult::stepsPerSecond).toArray();
  }

  /** The 95 % interval of the interquartile mean of returns. */
  Interval interval() {
    return Bootstrap.DEFAULT.interval(returns(), Estimates::interquartileMean);
  }

  /** By name, for JSON. */
  Map<String, @Nullable Object> entries() {
    Interval interval = interval();
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("task", task.id());
    entries.put("command", String.join(" ", task.command()));
    entries.put("mean", Estimates.mean(returns()));
    entries.put("interquartileMean", Estimates.interquartileMean(returns()));
    entries.put("low", interval.low());
    entries.put("high", interval.high());
    ReferenceReturn reference = task.reference();
    entries.put("reference", Double.isNaN(reference.value()) ? null : reference.value());
    entries.put("published", reference.published());
    entries.put("source", reference.source());
    entries.put("reached", reference.reached(Estimates.interquartileMean(returns()), interval));
    entries.put("medianSeconds", Estimates.median(seconds()));
    if (cpuSeconds().length > 0) {
      entries.put("medianCpuSeconds", Estimates.median(cpuSeconds()));
    }
    entries.put("medianStepsPerSecond", Estimates.median(stepsPerSecond()));
    entries.put("seeds", seeds.stream().map(SeedResult::entries).toList());
    return entries;
  }
}
