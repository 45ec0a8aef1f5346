package org.bellmanrl.bench.learning;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bellmanrl.bench.origin.Machine;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;

/** The results as Markdown. */
final class LearningPage {
  /** So many seeds are all named. */
  private static final int FEW = 3;

  private LearningPage() {}

  /**
   * The page.
   *
   * @param jobs how many seeds were trained side by side
   */
  static String text(List<TaskResult> results, Machine machine, int jobs) {
    StringBuilder text = new StringBuilder("# What the learners reach\n\n");
    text.append(
        """
        Every seed counts: none was picked, none left out. Each is trained in its own process by
        the command that its section names, with the settings of its preset; then its greedy policy
        plays %d episodes that depend on the seed. A seed's score is the mean return of these. IQM is
        the mean of the middle half of the seeds, with its 95 %% interval by the percentile bootstrap
        (Agarwal et al., 2021); of few seeds such an interval comes out too narrow. A published
        result is reached if the IQM is no lower, and within if the interval contains it; in brackets
        is a goal where there is none. Time is that of
        training alone, the median over the seeds, with the JVM's warm-up in it and %s; it
        holds for the machine and its load. Processor time is that of the whole command on all cores,
        with the start of the JVM, its compilers and the preset's own evaluation; a busy machine
        changes it less. It is not known of seeds that were killed and resumed.

        | | |
        |---|---|
        """
            .formatted(
                SeedRun.EPISODES, jobs == 1 ? "one seed at a time" : jobs + " seeds side by side"));
    machine.facts().forEach((name, value) -> row(text, name, value));
    TreeSet<String> commits = new TreeSet<>();
    results.forEach(result -> result.seeds().forEach(seed -> commits.add(seed.commit())));
    row(text, commits.size() == 1 ? "commit" : "commits", String.join(", ", commits));
    text.append(
        """

        | learner | environment | steps | seeds | mean | IQM [95 %] | least \
        | published | reached | training | steps/s | processor |
        |---|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|
        """);
    for (TaskResult result : results) {
      summary(text, result);
    }
    text.append("\nPublished results are those of:\n\n");
    for (TaskResult result : results) {
      LearningTask task = result.task();
      text.append("* ").append(name(task)).append(": ").append(task.reference().explanation());
      text.append(".\n");
    }
    text.append("\n## Seed by seed\n");
    for (TaskResult result : results) {
      text.append("\n`./rl ").append(String.join(" ", result.task().command()));
      text.append(" --seed S`, mean return for S = ").append(seeds(result.seeds())).append(":\n");
      text.append(
          result.seeds().stream()
              .map(seed -> fixed(seed.meanReturn()))
              .collect(Collectors.joining(", ")));
      text.append("\n");
    }
    return text.toString();
  }

  /** All seeds if they are few, else the first and the last. */
  private static String seeds(List<SeedResult> results) {
    List<String> seeds = results.stream().map(result -> Long.toString(result.seed())).toList();
    return seeds.size() <= FEW
        ? String.join(", ", seeds)
        : seeds.getFirst() + ", …, " + seeds.getLast();
  }

  private static void summary(StringBuilder text, TaskResult result) {
    double[] returns = result.returns();
    Interval interval = result.interval();
    double[] steps = result.seeds().stream().mapToDouble(SeedResult::steps).toArray();
    text.append("| ").append(result.task().learner());
    text.append(" | ").append(name(result.task()).substring(result.task().learner().length() + 1));
    text.append(" | ").append(String.format(Locale.ROOT, "%,.0f", Estimates.median(steps)));
    text.append(" | ").append(result.seeds().size());
    text.append(" | ").append(fixed(Estimates.mean(returns)));
    text.append(" | ").append(fixed(Estimates.interquartileMean(returns)));
    if (returns.length > 1) {
      text.append(" [").append(fixed(interval.low())).append(", ").append(fixed(interval.high()));
      text.append("]");
    }
    text.append(" | ").append(fixed(Arrays.stream(returns).min().orElseThrow()));
    ReferenceReturn reference = result.task().reference();
    text.append(" | ").append(reference.text());
    text.append(" | ").append(reference.reached(Estimates.interquartileMean(returns), interval));
    text.append(" | ")
        .append(String.format(Locale.ROOT, "%.2f s", Estimates.median(result.seconds())));
    text.append(" | ");
    text.append(String.format(Locale.ROOT, "%,.0f", Estimates.median(result.stepsPerSecond())));
    double[] cpuSeconds = result.cpuSeconds();
    text.append(
        cpuSeconds.length == 0
            ? " | – |\n"
            : String.format(Locale.ROOT, " | %.1f s |\n", Estimates.median(cpuSeconds)));
  }

  /** Learner, environment, and what is said besides but for the number of steps. */
  static String name(LearningTask task) {
    StringBuilder name = new StringBuilder(task.learner()).append(' ').append(task.environment());
    List<String> words = task.words();
    for (int i = 0; i < words.size(); i += 2) {
      if (!words.get(i).equals("--steps")) {
        name.append(' ').append(words.get(i + 1));
      }
    }
    return name.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value.replace("|", "\\|")).append(" |\n");
  }

  static String fixed(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
