package org.bellmanrl.bench.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  Scores returns() {
    return new Scores(seeds.stream().mapToDouble(SeedResult::meanReturn).toArray());
  }

  Scores seconds() {
    return new Scores(seeds.stream().mapToDouble(SeedResult::seconds).toArray());
  }

  Scores cpuSeconds() {
    return new Scores(seeds.stream().mapToDouble(SeedResult::cpuSeconds).toArray());
  }

  Scores stepsPerSecond() {
    return new Scores(seeds.stream().mapToDouble(SeedResult::stepsPerSecond).toArray());
  }

  /** By name, for JSON. */
  Map<String, @Nullable Object> entries() {
    Scores returns = returns();
    double[] interval = returns.interval();
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("task", task.id());
    entries.put("command", String.join(" ", task.command()));
    entries.put("mean", returns.mean());
    entries.put("interquartileMean", returns.interquartileMean());
    entries.put("low", interval[0]);
    entries.put("high", interval[1]);
    entries.put("published", task.published());
    entries.put("source", task.source());
    entries.put("medianSeconds", seconds().median());
    entries.put("medianCpuSeconds", cpuSeconds().median());
    entries.put("medianStepsPerSecond", stepsPerSecond().median());
    entries.put("seeds", seeds.stream().map(SeedResult::entries).toList());
    return entries;
  }
}
