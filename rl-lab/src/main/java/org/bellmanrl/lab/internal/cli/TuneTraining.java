package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.cluster.RemoteRuns;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.FolderLock;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Pruner;
import org.bellmanrl.tune.Sampler;
import org.bellmanrl.tune.Trial;
import org.jspecify.annotations.Nullable;

/**
 * A search being carried out in its folder: trials side by side, then the best of them again from
 * other seeds.
 */
final class TuneTraining {
  /** The number of points in a row after whose refusal by the learner a search gives up. */
  private static final int MOST_REFUSALS = 100;

  private final Terminal terminal;
  private final Assembler assembler;
  private final Invocation invocation;
  private boolean quiet;
  private boolean json;
  private CheckpointInterval interval = CheckpointInterval.DEFAULT;
  private @Nullable Workers workers;

  @Inject
  TuneTraining(Terminal terminal, Assembler assembler, Invocation invocation) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.invocation = invocation;
  }

  /** Prints the result only. */
  TuneTraining quiet(boolean wanted) {
    quiet = wanted;
    return this;
  }

  /** Prints the result as JSON, and nothing else. */
  TuneTraining json(boolean wanted) {
    json = wanted;
    return this;
  }

  /** Sets how often checkpoints are written. */
  TuneTraining interval(CheckpointInterval wanted) {
    interval = wanted;
    return this;
  }

  /** Trains on the workers of a cluster, if there are any. */
  TuneTraining workers(@Nullable Workers wanted) {
    workers = wanted;
    return this;
  }

  /** Searches in a folder that is new; the exit status. */
  int run(Study study) {
    try (FolderLock _ = study.lock()) {
      study.requireNew();
      study.write();
      return search(study);
    }
  }

  /** Goes on with a search; the exit status. */
  int resume(Study study) {
    try (FolderLock _ = study.lock()) {
      study.write();
      return search(study);
    }
  }

  private int search(Study study) {
    if (!quiet && !json) {
      StudyReport.beginning(study, terminal.width()).forEach(terminal::line);
      terminal.flush();
    }
    Display display = new Display(study);
    RemoteRuns remote =
        workers == null
            ? null
            : new RemoteRuns(
                workers.dispatcher(),
                assembler,
                interval,
                (fraction, recentReturn) -> display.look());
    SeedRuns runs = new SeedRuns(assembler, interval, display, remote);
    String resume = invocation.next("resume", study.path().toString());
    try (Search search = new Search(study, runs, display);
        ExecutorService executor = threads(study.plan().parallel());
        Interruption _ = new Interruption(terminal, search::stop, runs::activities, resume)) {
      List<Callable<@Nullable Void>> workers = new ArrayList<>();
      for (int i = 0; i < study.plan().parallel(); i++) {
        workers.add(search::work);
      }
      all(executor, workers, search);
      if (!search.isStopped()) {
        display.judging();
        all(executor, search.finals(), search);
      }
      display.line.clear();
      if (search.isStopped()) {
        terminal.line("interrupted; go on with:  " + resume);
        terminal.flush();
        return Command.INTERRUPTED;
      }
    }
    StudyReport report = StudyReport.of(study, assembler);
    try {
      report.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (json) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("study", study.path().toString());
      entries.putAll(report.entries());
      terminal.line(Json.text(entries));
    } else if (quiet) {
      terminal.line(report.line());
    } else {
      report.lines(terminal.room(), invocation).forEach(terminal::line);
    }
    return Command.OK;
  }

  /** Threads that train or, with a cluster, wait for those that do. */
  private ExecutorService threads(int parallel) {
    return workers == null
        ? Executors.newFixedThreadPool(parallel)
        : Executors.newVirtualThreadPerTaskExecutor();
  }

  private static void all(
      ExecutorService executor, List<Callable<@Nullable Void>> work, Search search) {
    List<Future<@Nullable Void>> futures = new ArrayList<>();
    work.forEach(one -> futures.add(executor.submit(one)));
    try {
      for (Future<@Nullable Void> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      search.stop();
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      search.stop();
      Thread.currentThread().interrupt();
    }
  }

  /** Hands trials out, and takes their results. */
  private final class Search implements AutoCloseable {
    private final Study study;

    /** Says what the task is, to learners that are only made to see whether they can be. */
    private final VectorEnvironment task;

    private final SeedRuns runs;
    private final Display display;
    private final Sampler sampler;
    private final Pruner pruner;
    private final List<Trial> trials;
    private final double before;
    private final long start = System.nanoTime();
    private int next;

    Search(Study study, SeedRuns runs, Display display) {
      this.study = study;
      this.task = assembler.judged(study.base());
      this.runs = runs;
      this.display = display;
      this.sampler = study.sampler();
      this.pruner = study.pruner();
      this.trials = study.trials();
      this.before = trials.stream().mapToDouble(Trial::elapsed).max().orElse(0);
      trials.stream().filter(Trial::isEnded).forEach(display::ended);
    }

    @Override
    public void close() {
      task.close();
    }

    private double elapsed() {
      return before + (System.nanoTime() - start) / 1e9;
    }

    boolean isStopped() {
      return runs.isStopped();
    }

    synchronized void stop() {
      runs.stop();
      notifyAll();
    }

    /**
     * A trial to be carried out.
     *
     * @param trial how far it is
     * @param ended the earlier trials whose results count for it
     */
    private record Task(Trial trial, List<Trial> ended) {}

    /** Carries trials out until there are no more. */
    @Nullable Void work() throws InterruptedException {
      for (Task task = take(); task != null; task = take()) {
        carryOut(task);
      }
      return null;
    }

    private synchronized @Nullable Task take() throws InterruptedException {
      while (next < trials.size() && trials.get(next).isEnded()) {
        next++;
      }
      int number = next;
      boolean begun = number < trials.size();
      int counted = Math.max(0, number - study.plan().lag() + 1);
      while (!isStopped() && !trials.subList(0, counted).stream().allMatch(Trial::isEnded)) {
        wait();
        if (next != number) {
          return take();
        }
      }
      boolean more = number < study.plan().trials() && elapsed() < study.plan().hours() * 3600;
      if (isStopped() || !(begun || more)) {
        return null;
      }
      List<Trial> ended = List.copyOf(trials.subList(0, counted));
      if (!begun) {
        Trial trial = Trial.begin(number, suggest(number, ended));
        study.write(trial);
        trials.add(trial);
      }
      next++;
      return new Task(trials.get(number), ended);
    }

    private Map<String, @Nullable Object> suggest(int number, List<Trial> ended) {
      List<double[]> begun = new ArrayList<>();
      for (Trial trial : trials.subList(ended.size(), trials.size())) {
        begun.add(study.space().point(trial.parameters()));
      }
      RandomStream random = study.stream(number);
      for (int refusals = 0; ; refusals++) {
        Sampler from = refusals == 0 ? sampler : sampler.afterRefusal();
        Map<String, @Nullable Object> values =
            study.space().values(from.suggest(number, ended, begun, random));
        try {
          assembler.beginner(StudyReport.changed(study, assembler, number, values), task);
          return values;
        } catch (UserError e) {
          if (refusals == MOST_REFUSALS) {
            throw new UserError(
                "the learner refuses whatever the search space gives: " + e.getMessage(), e);
          }
        }
      }
    }

    private void carryOut(Task task) {
      Trial trial = task.trial;
      Experiment changed =
          StudyReport.changed(study, assembler, trial.number(), trial.parameters());
      List<Double> parts = pruner.parts();
      while (!trial.isEnded()) {
        int part = trial.results().size();
        SeedGroup group = study.group(trial.number(), changed, parts.get(part));
        group.write();
        Map<Long, Judgement> judgements = new LinkedHashMap<>();
        String failure = carryOut(group, group.seeds(), judgements);
        if (failure.isEmpty() && judgements.size() < group.count()) {
          return;
        }
        if (failure.isEmpty()) {
          SeedResults results = new SeedResults(judgements);
          trial = trial.with(results.mean());
          if (part == parts.size() - 1) {
            group.finish(results.entries());
            trial = trial.ended(Trial.State.COMPLETE, "", elapsed());
          } else if (pruner.ends(trial.results(), task.ended)) {
            trial = trial.ended(Trial.State.PRUNED, "", elapsed());
          }
        } else {
          trial = trial.ended(Trial.State.FAILED, failure, elapsed());
        }
        take(trial);
      }
    }

    private synchronized void take(Trial trial) {
      study.write(trial);
      trials.set(trial.number(), trial);
      if (trial.isEnded()) {
        study.writeTable(trials);
        display.ended(trial);
        notifyAll();
      }
    }

    /**
     * Carries out the runs of some seeds.
     *
     * @param judgements takes how they did, by their seeds; not of all if it was stopped
     * @return why the learner failed; empty if it did not
     */
    private String carryOut(SeedGroup group, List<Long> seeds, Map<Long, Judgement> judgements) {
      for (long seed : seeds) {
        try {
          Judgement judgement = runs.carryOut(group, seed);
          if (judgement == null) {
            return "";
          }
          if (!Double.isFinite(judgement.meanReturn())) {
            return "seed " + seed + ": the mean return is " + judgement.meanReturn();
          }
          judgements.put(seed, judgement);
        } catch (LearningException e) {
          return "seed " + seed + ": " + e.getMessage();
        }
      }
      return "";
    }

    /** What is left to do when all trials have ended, a piece of work for each run. */
    List<Callable<@Nullable Void>> finals() {
      List<Callable<@Nullable Void>> work = new ArrayList<>();
      for (SeedGroup group : StudyReport.finals(study, assembler, trials).values()) {
        SeedGroup.makeFolder(group.path());
        group.write();
        for (long seed : group.seeds()) {
          work.add(() -> {
            String failure = carryOut(group, List.of(seed), new LinkedHashMap<>());
            if (!failure.isEmpty()) {
              display.warn(group.path() + " failed: " + failure);
            }
            return null;
          });
        }
      }
      return work;
    }
  }

  /** Shows the progress of the search: a line for each trial, and now and then the number done. */
  private final class Display implements SeedRuns.Observer {
    private final StatusLine line = new StatusLine(terminal);
    private final long start = System.nanoTime();
    private final Study study;
    private int ended;
    private double best = Double.NEGATIVE_INFINITY;
    private boolean judging;

    Display(Study study) {
      this.study = study;
    }

    @Override
    public void look(Progress progress, RunMonitor monitor, double seconds) {
      look();
    }

    synchronized void look() {
      double now = (System.nanoTime() - start) / 1e9;
      if (quiet || json || !line.due(now)) {
        return;
      }
      line.show(
          judging
              ? "evaluating the best trials with other seeds"
              : ended
                  + (study.plan().trials() == Study.MOST_TRIALS
                      ? ""
                      : " of " + study.plan().trials())
                  + " trials done"
                  + (best == Double.NEGATIVE_INFINITY
                      ? ""
                      : ", best return " + Numbers.fixed(best, 2)),
          now);
    }

    synchronized void judging() {
      judging = true;
    }

    synchronized void ended(Trial trial) {
      ended++;
      boolean better = trial.isComplete() && trial.result() > best;
      if (better) {
        best = trial.result();
      }
      if (!quiet && !json) {
        line.clear();
        terminal.line(StudyReport.line(trial, study) + (better ? "  (best so far)" : ""));
        terminal.flush();
      }
    }

    @Override
    public synchronized void warn(String message) {
      terminal.warning(message);
    }
  }
}
