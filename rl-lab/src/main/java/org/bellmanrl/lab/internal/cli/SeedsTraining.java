package org.bellmanrl.lab.internal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SealedJson;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.statistics.Bootstrap;
import org.bellmanrl.lab.internal.statistics.Estimates;
import org.bellmanrl.lab.internal.statistics.Interval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from several seeds, side by side on the cores there are. Each run has a folder of
 * its own, {@code seed-S}, and is the same to the bit as if it had run alone.
 */
final class SeedsTraining {
  private static final String PREFIX = "seed-";
  private static final String SUMMARY = "seeds.json";
  private static final int FORMAT = 1;

  private final Terminal terminal;
  private final Assembler assembler;
  private final boolean quiet;
  private final Display display;
  private final List<TrainingRun> running = new ArrayList<>();
  private boolean stopped;

  SeedsTraining(Terminal terminal, Assembler assembler, boolean quiet) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.quiet = quiet;
    this.display = new Display();
  }

  /** Whether a folder holds runs from several seeds. */
  static boolean isGroup(Path folder) {
    return Files.isDirectory(folder) && !members(folder).isEmpty();
  }

  private static List<Path> members(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(PREFIX + "[0-9]+"))
          .sorted((a, b) -> Long.compare(seed(a), seed(b)))
          .toList();
    } catch (java.io.IOException e) {
      throw new UserError("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static long seed(Path member) {
    return Long.parseLong(String.valueOf(member.getFileName()).substring(PREFIX.length()));
  }

  /** Trains from {@code count} seeds, that of the experiment first; the exit status. */
  int run(
      Experiment experiment, int count, Path folder, boolean tensorBoard, TrainingRun.Pace pace) {
    RunFolder.create(folder);
    if (!quiet) {
      terminal.line(Report.experiment(experiment, terminal.width()));
      terminal.line("  seeds        " + count + ", from " + experiment.seed() + " on");
      terminal.flush();
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long seed = experiment.seed() + i;
      Path path = folder.resolve(PREFIX + seed);
      members.add(
          new Member(
              seed,
              () ->
                  TrainingRun.begin(
                      assembler,
                      experiment.withSeed(seed),
                      RunFolder.create(path),
                      tensorBoard,
                      pace,
                      display,
                      this::warn)));
    }
    return run(members, folder);
  }

  /** Goes on with those that did not come to their end; the exit status. */
  int resume(Path folder, TrainingRun.Pace pace) {
    List<Member> members = new ArrayList<>();
    for (Path path : members(folder)) {
      if (RunFolder.isFinished(path)) {
        Judgement judgement = RunFolder.open(path).summary().judgement();
        if (judgement != null) {
          members.add(new Member(seed(path), judgement));
          continue;
        }
      }
      RunFolder.Unfinished unfinished = RunFolder.unfinished(path);
      members.add(
          new Member(
              seed(path),
              () -> TrainingRun.resume(assembler, unfinished, pace, display, this::warn)));
    }
    return run(members, folder);
  }

  private synchronized void warn(String message) {
    terminal.warning(message);
  }

  private int run(List<Member> members, Path folder) {
    display.runs = members.size();
    int threads = Math.min(members.size(), Runtime.getRuntime().availableProcessors());
    boolean finished = true;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads);
        Interruption _ = new Interruption(this::stop)) {
      List<Future<Boolean>> futures = new ArrayList<>();
      for (Member member : members) {
        futures.add(executor.submit(() -> train(member)));
      }
      try {
        for (Future<Boolean> future : futures) {
          finished &= future.get();
        }
      } catch (ExecutionException e) {
        stop();
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
        finished = false;
      }
      display.line.clear();
      if (!finished) {
        terminal.line("interrupted; go on with:  ./rl resume " + folder);
        terminal.flush();
        return Command.INTERRUPTED;
      }
    }
    tell(members, folder);
    return Command.OK;
  }

  private boolean train(Member member) {
    if (member.judgement != null) {
      display.ended();
      return true;
    }
    TrainingRun run = started(member);
    if (run == null) {
      return false;
    }
    try (run) {
      if (!run.run()) {
        return false;
      }
      member.judgement = run.judge();
      display.ended();
      return true;
    } finally {
      ended(run);
    }
  }

  private synchronized @Nullable TrainingRun started(Member member) {
    if (stopped) {
      return null;
    }
    TrainingRun run = member.begin();
    running.add(run);
    return run;
  }

  private synchronized void ended(TrainingRun run) {
    running.remove(run);
  }

  private synchronized void stop() {
    stopped = true;
    running.forEach(TrainingRun::stop);
  }

  private void tell(List<Member> members, Path folder) {
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    double[] scores = new double[members.size()];
    for (int i = 0; i < scores.length; i++) {
      Member member = members.get(i);
      Judgement judgement = member.judged();
      if (!quiet) {
        terminal.line("seed " + member.seed + ": " + judgement.line());
      }
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("seed", member.seed);
      result.putAll(judgement.entries());
      results.add(result);
      scores[i] = judgement.meanReturn();
    }
    double mean = Estimates.mean(scores);
    double middle = Estimates.interquartileMean(scores);
    Interval interval = Bootstrap.DEFAULT.interval(scores, Estimates::interquartileMean);
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("meanReturn", mean);
    entries.put("interquartileMean", middle);
    entries.put("interquartileMeanLow", interval.low());
    entries.put("interquartileMeanHigh", interval.high());
    entries.put("results", results);
    SealedJson.write(folder.resolve(SUMMARY), FORMAT, entries);
    terminal.line(
        "%d seeds: mean return %s, interquartile mean %s [%s, %s]; saved in %s"
            .formatted(
                scores.length,
                Numbers.fixed(mean, 3),
                Numbers.fixed(middle, 3),
                Numbers.fixed(interval.low(), 3),
                Numbers.fixed(interval.high(), 3),
                folder));
  }

  /** A seed, and what comes of it. */
  private static final class Member {
    private final long seed;
    private final @Nullable Callable<TrainingRun> begin;
    private volatile @Nullable Judgement judgement;

    Member(long seed, Callable<TrainingRun> begin) {
      this.seed = seed;
      this.begin = begin;
    }

    Member(long seed, Judgement judgement) {
      this.seed = seed;
      this.begin = null;
      this.judgement = judgement;
    }

    TrainingRun begin() {
      try {
        if (begin != null) {
          return begin.call();
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      throw new IllegalStateException("seed " + seed + " has come to its end before");
    }

    Judgement judged() {
      Judgement found = judgement;
      if (found == null) {
        throw new IllegalStateException("seed " + seed + " has not come to its end");
      }
      return found;
    }
  }

  /** Tells now and then how many have come to their end. */
  private final class Display implements RunMonitor.Watcher {
    private final StatusLine line = new StatusLine(terminal);
    private final long start = System.nanoTime();
    private int runs;
    private int done;

    @Override
    public synchronized void look(Progress progress, RunMonitor monitor, double seconds) {
      double now = (System.nanoTime() - start) / 1e9;
      if (quiet || !line.due(now)) {
        return;
      }
      double recent = monitor.recentReturn();
      line.show(
          done
              + " of "
              + runs
              + " seeds done, another at "
              + Numbers.fixed(100 * progress.fraction(), 0)
              + "%"
              + (Double.isNaN(recent) ? "" : " with return " + Numbers.fixed(recent, 2)),
          now);
    }

    synchronized void ended() {
      done++;
    }
  }
}
