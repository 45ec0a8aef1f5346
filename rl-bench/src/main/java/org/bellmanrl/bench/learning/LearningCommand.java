package org.bellmanrl.bench.learning;

import static org.bellmanrl.bench.command.CommandOptions.count;
import static org.bellmanrl.bench.command.CommandOptions.flag;
import static org.bellmanrl.bench.command.CommandOptions.help;
import static org.bellmanrl.bench.command.CommandOptions.option;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.bench.origin.Commit;
import org.bellmanrl.bench.origin.Machine;
import org.bellmanrl.lab.launcher.JvmFlags;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl bench learning}: trains every task from several seeds and reports what they reach.
 *
 * <p>Each seed that has come to its end is kept: a command that was killed goes on where it stood.
 */
public final class LearningCommand {
  private static final Path OUT = Path.of("bench-reports");
  private static final String FOLDER = "learning";
  private static final String FORMAT = "bellman-learning";
  private static final int VERSION = 1;
  private static final int SEEDS = 10;
  private static final int QUICK_SEEDS = 3;

  private final PrintStream out;
  private final PrintStream err;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /**
   * A command.
   *
   * @param out takes progress and results
   * @param err takes warnings
   */
  public LearningCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** How it is written. */
  public static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("learning")
            .addOption(help())
            .addOption(
                flag(
                    "--quick", "Train only the quick tasks, with %d seeds.".formatted(QUICK_SEEDS)))
            .addOption(
                option(
                    "--out", "DIR", Path.class, "The folder for results (default: " + OUT + ")."))
            .addOption(
                option(
                    "--only",
                    "PATTERN",
                    String.class,
                    "Train only the tasks whose name contains this regular expression, such as"
                        + " ppo-CartPole."))
            .addOption(
                option(
                    "--seeds",
                    "N",
                    Integer.class,
                    "Train with the seeds 0 to N − 1 (default: %d).".formatted(SEEDS)))
            .addOption(
                option(
                    "--jobs",
                    "N",
                    Integer.class,
                    "Number of seeds to train side by side (default: one per core)."));
    spec.usageMessage()
        .description(
            "Train learners with several seeds, and report what they reach beside published"
                + " results. This takes long; started again, it continues where it was stopped or"
                + " killed.");
    return spec;
  }

  /**
   * Trains and reports.
   *
   * @return the exit status
   */
  public int run(ParseResult arguments) {
    boolean quick = arguments.hasMatchedOption("--quick");
    int seeds = count(arguments, "--seeds", quick ? QUICK_SEEDS : SEEDS);
    int jobs = count(arguments, "--jobs", Runtime.getRuntime().availableProcessors());
    List<LearningTask> tasks = chosen(quick, arguments.matchedOptionValue("--only", (String) null));
    Path folder = arguments.matchedOptionValue("--out", OUT).resolve(FOLDER);
    Machine machine = Machine.here();
    String commit = Commit.here();
    Thread end = new Thread(() -> running.forEach(Process::destroyForcibly));
    Runtime.getRuntime().addShutdownHook(end);
    List<TaskResult> results;
    try {
      results = trained(tasks, seeds, jobs, folder, commit);
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
    }
    if (results.isEmpty()) {
      throw new UserError("no task came to its end");
    }
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("machine", machine.entries());
    entries.put("jobs", jobs);
    entries.put("tasks", results.stream().map(TaskResult::entries).toList());
    Path json = folder.resolve("learning.json");
    Path markdown = folder.resolve("learning.md");
    ReportFile.write(json, FORMAT, VERSION, entries);
    ReportFile.writeText(markdown, LearningPage.text(results, machine, jobs));
    out.println("written: " + json + ", " + markdown);
    return 0;
  }

  private static List<LearningTask> chosen(boolean quick, @Nullable String only) {
    List<LearningTask> tasks;
    try {
      Pattern pattern = Pattern.compile(only == null ? "" : only, Pattern.CASE_INSENSITIVE);
      tasks =
          LearningTask.ALL.stream()
              .filter(task -> (!quick || task.quick()) && pattern.matcher(task.id()).find())
              .toList();
    } catch (PatternSyntaxException e) {
      throw new UserError("--only is no regular expression: " + e.getDescription(), e);
    }
    if (tasks.isEmpty()) {
      throw new UserError(
          "no task contains '"
              + only
              + "'; there are "
              + String.join(", ", LearningTask.ALL.stream().map(LearningTask::id).toList()));
    }
    return tasks;
  }

  private List<TaskResult> trained(
      List<LearningTask> tasks, int seeds, int jobs, Path folder, String commit) {
    List<TaskResult> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(jobs)) {
      List<List<Future<@Nullable SeedResult>>> pending = new ArrayList<>();
      for (LearningTask task : tasks) {
        List<Future<@Nullable SeedResult>> each = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
          long s = seed;
          each.add(executor.submit(() -> result(task, s, folder.resolve(task.id()), commit)));
        }
        pending.add(each);
      }
      for (int i = 0; i < tasks.size(); i++) {
        List<SeedResult> all = new ArrayList<>();
        for (Future<@Nullable SeedResult> future : pending.get(i)) {
          SeedResult result = future.get();
          if (result != null) {
            all.add(result);
          }
        }
        if (all.size() == seeds) {
          results.add(new TaskResult(tasks.get(i), all));
          tell(results.getLast());
        } else {
          err.println(
              "warning: "
                  + tasks.get(i).id()
                  + " is left out: "
                  + (seeds - all.size())
                  + " of its seeds failed");
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted; run it again to go on", e);
    }
    return results;
  }

  private void tell(TaskResult result) {
    Interval interval = result.interval();
    say(
        String.format(
            Locale.ROOT,
            "%s: IQM %.3f [%.3f, %.3f] from %d seeds; %s",
            result.task().id(),
            Estimates.interquartileMean(result.returns()),
            interval.low(),
            interval.high(),
            result.seeds().size(),
            result.task().reference().explanation()));
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** What a seed came to, kept or trained now; null if it failed. */
  private @Nullable SeedResult result(LearningTask task, long seed, Path folder, String commit) {
    Path file = folder.resolve("seed-" + seed + ".json");
    String command = String.join(" ", task.command());
    if (Files.exists(file)) {
      SeedResult kept = SeedResult.read(file);
      if (kept.command().equals(command)) {
        return kept;
      }
    }
    try {
      Path runFolder = folder.resolve("runs").resolve("seed-" + seed);
      Files.createDirectories(folder);
      Path log = folder.resolve("seed-" + seed + ".log");
      int status = process(task, seed, file, runFolder, log, commit);
      if (status != 0) {
        String said = Files.readString(log, StandardCharsets.UTF_8).strip();
        String last = said.lines().reduce("", (a, b) -> b);
        synchronized (this) {
          err.println("warning: " + task.id() + ", seed " + seed + ": " + last);
        }
        return null;
      }
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SeedResult result = SeedResult.read(file);
    say(
        String.format(
            Locale.ROOT,
            "  %-40s seed %2d: return %9.3f, trained in %7.2f s",
            task.id(),
            seed,
            result.meanReturn(),
            result.seconds()));
    return result;
  }

  private int process(
      LearningTask task, long seed, Path file, Path runFolder, Path log, String commit)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JvmFlags.networks());
    words.add("-Xlog:disable");
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(SeedRun.class.getName());
    words.addAll(List.of(file.toString(), runFolder.toString(), commit, Long.toString(seed)));
    words.addAll(task.command());
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    running.add(process);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return -1;
    } finally {
      running.remove(process);
    }
  }
}
