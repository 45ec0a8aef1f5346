package org.bellmanrl.bench.learning;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * What one seed of a task came to.
 *
 * @param command the words that trained it, without the seed
 * @param commit of which sources
 * @param seed from which everything random came
 * @param steps of training
 * @param seconds that training took, the evaluation and the start of the JVM left out
 * @param cpuSeconds processor time of the whole training command, on all cores: with the start of
 *     the JVM, its compilers and the preset's own evaluation; null if it was resumed, since what
 *     was used before it was killed is not known
 * @param episodes that the greedy policy then played
 * @param meanReturn mean of their returns
 * @param stdReturn standard deviation of their returns, of the population
 */
record SeedResult(
    String command,
    String commit,
    long seed,
    long steps,
    double seconds,
    @Nullable Double cpuSeconds,
    long episodes,
    double meanReturn,
    double stdReturn) {
  private static final String FORMAT = "bellman-learning-seed";
  private static final int VERSION = 1;

  /** Steps of training a second. */
  double stepsPerSecond() {
    return steps / seconds;
  }

  void write(Path file) {
    ReportFile.write(file, FORMAT, VERSION, entries());
  }

  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("command", command);
    entries.put("commit", commit);
    entries.put("seed", seed);
    entries.put("steps", steps);
    entries.put("seconds", seconds);
    if (cpuSeconds != null) {
      entries.put("cpuSeconds", cpuSeconds);
    }
    entries.put("episodes", episodes);
    entries.put("meanReturn", meanReturn);
    entries.put("stdReturn", stdReturn);
    return entries;
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws org.bellmanrl.results.document.UserError naming the file, if it is none or damaged
   */
  static SeedResult read(Path file) {
    Document fields = ReportFile.read(file, FORMAT, VERSION);
    SeedResult result =
        new SeedResult(
            fields.text("command"),
            fields.text("commit"),
            fields.whole("seed", 0, Long.MAX_VALUE),
            fields.whole("steps", 1, Long.MAX_VALUE),
            fields.real("seconds"),
            fields.has("cpuSeconds") ? fields.real("cpuSeconds") : null,
            fields.whole("episodes", 1, Long.MAX_VALUE),
            fields.real("meanReturn"),
            fields.real("stdReturn"));
    fields.refuseOthers();
    return result;
  }
}
