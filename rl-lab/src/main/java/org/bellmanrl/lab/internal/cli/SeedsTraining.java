package org.bellmanrl.lab.internal.cli;

import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.SetMultimap;
import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.cluster.RemoteRuns;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.FolderLock;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.RunResult;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from several seeds, side by side on the cores there are. Each run has a folder of
 * its own, see {@link SeedGroup}, and is the same to the bit as if it had run alone. A live page
 * shows the first run that learns.
 */
final class SeedsTraining {
  private final Terminal terminal;
  private final Assembler assembler;
  private final Invocation invocation;
  private final Display display;
  private boolean quiet;
  private CheckpointInterval interval = CheckpointInterval.DEFAULT;
  private @Nullable WatchPage page;
  private @Nullable Workers workers;
  private @Nullable RemoteRuns remote;
  private volatile @Nullable TrainingRun watched;

  @Inject
  SeedsTraining(Terminal terminal, Assembler assembler, Invocation invocation) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.invocation = invocation;
    this.display = new Display();
  }

  /** Prints the results only. */
  SeedsTraining quiet(boolean wanted) {
    quiet = wanted;
    return this;
  }

  /** Sets how often checkpoints are written. */
  SeedsTraining interval(CheckpointInterval wanted) {
    interval = wanted;
    return this;
  }

  /** Shows the first run that learns on a page, if there is one. */
  SeedsTraining page(@Nullable WatchPage wanted) {
    page = wanted;
    return this;
  }

  /** Trains on the workers of a cluster, if there are any. */
  SeedsTraining workers(@Nullable Workers wanted) {
    workers = wanted;
    return this;
  }

  /** Trains from the seeds of a folder that is new; the exit status. */
  int run(SeedGroup group) {
    try (FolderLock _ = group.lock()) {
      group.requireNew();
      group.write();
      return train(group);
    }
  }

  /** Continues the runs that did not finish; returns the exit status. */
  int resume(SeedGroup group) {
    try (FolderLock _ = group.lock()) {
      group.write();
      return train(group);
    }
  }

  private int train(SeedGroup group) {
    Path folder = group.path();
    if (!quiet) {
      Experiment experiment = group.experiment();
      terminal.line(RunReport.experiment(experiment, terminal.width()));
      terminal.line("  seeds        " + group.count() + ", from " + experiment.seed() + " on");
      if (page != null) {
        page.tell(terminal);
      }
      terminal.flush();
    }
    display.runs = group.count();
    if (workers != null) {
      remote = new RemoteRuns(workers.dispatcher(), assembler, interval, display::look);
    }
    Map<Long, Judgement> judgements = new LinkedHashMap<>();
    String resume = invocation.next("resume", folder.toString());
    SeedRuns runs = new SeedRuns(assembler, interval, new Observer(), remote);
    try (ExecutorService executor = threads(group.count());
        Interruption _ = new Interruption(terminal, () -> stop(runs), runs::activities, resume)) {
      Map<Long, Future<@Nullable Judgement>> futures = new LinkedHashMap<>();
      for (long seed : group.seeds()) {
        futures.put(seed, executor.submit(() -> train(runs, group, seed)));
      }
      try {
        for (Map.Entry<Long, Future<@Nullable Judgement>> future : futures.entrySet()) {
          Judgement judgement = future.getValue().get();
          if (judgement != null) {
            judgements.put(future.getKey(), judgement);
          }
        }
      } catch (ExecutionException e) {
        stop(runs);
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        stop(runs);
        Thread.currentThread().interrupt();
      }
      display.line.clear();
      if (judgements.size() < group.count()) {
        if (page != null) {
          page.watch().stopped();
        }
        terminal.line("interrupted; go on with:  " + resume);
        terminal.flush();
        return Command.INTERRUPTED;
      }
    }
    SeedResults results = new SeedResults(judgements);
    SetMultimap<String, Long> odd = MultimapBuilder.treeKeys().linkedHashSetValues().build();
    for (long seed : group.seeds()) {
      StoredRun.open(group.folder(seed)).summary().odd().forEach(text -> odd.put(text, seed));
    }
    if (!quiet) {
      results.lines().forEach(terminal::line);
      odd.asMap()
          .forEach((text, seeds) ->
              terminal.line(
                  "odd: seed" + (seeds.size() == 1 ? " " : "s ") + joined(seeds) + ": " + text));
    }
    group.finish(results.entries());
    terminal.line(
        results.line()
            + "; saved in "
            + folder
            + (quiet && !odd.isEmpty() ? "; odd, as ./rl show says of each seed's folder" : ""));
    if (page != null && (!quiet || page.watch().hasAudience())) {
      Training.linger(page, terminal);
    }
    return Command.OK;
  }

  /** Threads that train or, with a cluster, wait for those that do. */
  private ExecutorService threads(int runs) {
    return workers == null
        ? Executors.newFixedThreadPool(Math.min(runs, Runtime.getRuntime().availableProcessors()))
        : Executors.newVirtualThreadPerTaskExecutor();
  }

  private static String joined(Collection<Long> seeds) {
    return seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Trains and judges what is left to do of a seed; null if it was stopped. */
  private @Nullable Judgement train(SeedRuns runs, SeedGroup group, long seed) {
    Judgement judgement = runs.carryOut(group, seed);
    if (judgement != null) {
      display.ended();
    }
    return judgement;
  }

  private void stop(SeedRuns runs) {
    runs.stop();
    if (page != null) {
      page.watch().release();
    }
  }

  /** Tells how a run is going, and the page if that run is shown there. */
  private final class Observer implements SeedRuns.Observer {
    @Override
    public void look(Progress progress, RunMonitor monitor, double seconds) {
      display.look(progress.fraction(), monitor.recentReturn());
      TrainingRun shown = watched;
      if (page != null && shown != null && shown.monitor() == monitor) {
        page.watch().look(progress, monitor, seconds);
      }
    }

    @Override
    public void warn(String message) {
      synchronized (terminal) {
        terminal.warning(message);
      }
    }

    @Override
    public void began(TrainingRun run) {
      if (page != null && watched == null) {
        page.watch().attach(run);
        watched = run;
      }
    }

    @Override
    public void trained(TrainingRun run) {
      if (run == watched && page != null) {
        page.watch().judging();
      }
    }

    @Override
    public void judged(TrainingRun run, long seed, RunResult result) {
      if (run == watched && page != null) {
        page.watch().finished(result);
      }
    }
  }

  /** Shows now and then how many have finished. */
  private final class Display {
    private final StatusLine line = new StatusLine(terminal);
    private final long start = System.nanoTime();
    private int runs;
    private int done;

    synchronized void look(double fraction, double recent) {
      double now = (System.nanoTime() - start) / 1e9;
      if (quiet || !line.due(now)) {
        return;
      }
      line.show(
          done
              + " of "
              + runs
              + " seeds done, another at "
              + Numbers.fixed(100 * fraction, 0)
              + "%"
              + (Double.isNaN(recent) ? "" : " with return " + Numbers.fixed(recent, 2)),
          now);
    }

    synchronized void ended() {
      done++;
    }
  }
}
