package org.bellmanrl.lab.internal.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.lab.internal.checkpoint.Checkpoints;
import org.bellmanrl.lab.internal.export.PolicyExport;
import org.bellmanrl.lab.internal.flight.FlightEvents;
import org.bellmanrl.lab.internal.rounds.Playback;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.TimingTable;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * An experiment being carried out in a run folder.
 *
 * <p>What is learned, and every metric, depends on the experiment alone: not on when checkpoints
 * are written, nor on how often the run was stopped or killed and resumed. Checkpoints are written
 * now and then by the clock, and when the run is stopped; a finished run has none.
 *
 * <p>One thread runs it; {@link #stop} may be called from any.
 */
public final class TrainingRun implements AutoCloseable {
  static final int KEPT_CHECKPOINTS = 2;
  private static final long MOST_NANOS_TO_END_A_ROUND = 1_000_000_000;

  private static final String REMEDY =
      "; learning has diverged, or the task pays or shows what is too large: try a smaller"
          + " learning rate, or the wrappers that normalise";

  private final TrainingSetup setup;
  private final Experiment experiment;
  private final RunFolder folder;
  private final Housekeeping housekeeping;
  private final VectorEnvironment environment;
  private final MetricsTable metrics = new MetricsTable();
  private final TimingTable timing = new TimingTable();
  private final RunMonitor monitor;
  private final Trainer<?> trainer;

  /** Shows the rounds that workers play; null if this run steps its rows itself. */
  private final @Nullable Playback playback;

  private final Trials trials;
  private final Checkpoints checkpoints;
  private final TensorBoardLog events;
  private final Listeners listeners;
  private final InitialNetworks initialNetworks;
  private final Map<String, Double> last = new LinkedHashMap<>();
  private String ending = "";
  private volatile boolean stopWanted;
  private volatile RunPhase activity = RunPhase.LEARNING;

  /** Makes the parts of a run, at its beginning. */
  TrainingRun(TrainingSetup setup, Experiment experiment, RunFolder folder, boolean tensorBoard) {
    this.setup = setup;
    this.experiment = experiment;
    this.folder = folder;
    this.housekeeping = new Housekeeping(this, setup);
    this.trials = new Trials(experiment.trials());
    this.checkpoints = new Checkpoints(folder.checkpoints(), KEPT_CHECKPOINTS);
    this.events =
        tensorBoard
            ? TensorBoardLog.to(folder.path(), metrics, experiment.schedules(), setup.warnings())
            : TensorBoardLog.none(metrics);
    @Nullable VectorEnvironment made = null;
    try {
      made = setup.assembler().environment(experiment);
      this.monitor =
          new RunMonitor(
              made.spec().diagnostics(),
              metrics,
              timing,
              housekeeping,
              RunMonitor.stretch(made.spec(), experiment.schedules()),
              events);
      this.listeners =
          new Listeners(setup.assembler().listeners(experiment, made.spec(), folder.path()));
      Playback ahead =
          Playback.of(
              setup.assembler(),
              experiment,
              made,
              setup.rounds(),
              () -> stopWanted,
              setup.warnings());
      this.trainer =
          setup
              .assembler()
              .trainer(
                  experiment,
                  ahead == null ? made : ahead.environment(),
                  listeners.isEmpty() ? List.of(monitor) : List.of(monitor, listeners),
                  ahead == null ? UnaryOperator.identity() : ahead::learner);
      if (ahead != null) {
        ahead.attach(trainer, experiment);
      }
      this.playback = ahead;
      listeners.attach(this::savePolicy);
      this.initialNetworks = InitialNetworks.of(setup.assembler(), experiment, trainer::learner);
      this.environment = made;
    } catch (Throwable e) {
      if (made != null) {
        made.close();
      }
      throw e;
    }
  }

  /** Takes over from the run that the experiment begins with, if there is one. */
  void inherit() {
    if (!experiment.from().isEmpty()) {
      WarmStart.give(setup.assembler(), experiment, environment, learner());
    }
  }

  /**
   * Goes back to where a run was when its last whole checkpoint was written; false if there is
   * none.
   */
  boolean restore() {
    if (!checkpoints.exist()) {
      return false;
    }
    checkpoints.restore(setup.warnings(), parts());
    warnOfLost();
    return true;
  }

  /** Restores what can be looked at: all but the state of listeners and of rounds. */
  boolean peek() {
    if (!checkpoints.exist()) {
      return false;
    }
    checkpoints.restoreFirst(setup.warnings(), trainer, monitor, trials);
    return true;
  }

  /** Restores the state in which the run finished. */
  void restoreEnd() {
    try (VectorEnvironment one = setup.assembler().judged(experiment, environment)) {
      StoredRun.open(folder.path()).restore(learner(), one);
    }
    folder.restoreTraining(parts(trainer.loop()));
    warnOfLost();
  }

  private void warnOfLost() {
    listeners.warnOfForgetful(setup.warnings());
    if (!environment.spec().resumable()) {
      setup
          .warnings()
          .accept(
              environment.spec().name()
                  + " can't be saved in the middle of an episode: a new one begins");
    }
  }

  /** Notes that training continues from here: what is due by the clock is due later. */
  void resumed() {
    housekeeping.resumed(monitor.seconds());
  }

  /** From here on the run goes on to its new end, also from a kill. */
  void lengthen() {
    if (trainer.progress().exhausted()) {
      throw new UserError(
          "%s has %d steps and %d episodes already; say more, counted from the run's beginning"
              .formatted(folder.path(), progress().steps(), progress().episodes()));
    }
    trials.goOn();
    writeCheckpoint();
    folder.reopen();
    folder.begin(experiment, setup.assembler().entries().plugins(experiment));
  }

  /** Ends the present stretch of training soon, to write a checkpoint. */
  void pause() {
    trainer.stop();
  }

  /** Writes what others may see of the run while it is going on. */
  void show() {
    folder.show(metrics, timing, trials.csv());
  }

  void warnOfUnheard() {
    listeners.warnOfUnheard(monitor.metrics().names(), setup.warnings());
  }

  private Stateful[] parts(Stateful loop) {
    List<Stateful> parts = new ArrayList<>(List.of(loop, monitor, trials, events));
    if (!listeners.isEmpty()) {
      parts.add(listeners);
    }
    if (playback != null && experiment.stepping().ahead()) {
      parts.add(playback);
    }
    return parts.toArray(Stateful[]::new);
  }

  private Stateful[] parts() {
    return parts(trainer);
  }

  TensorBoardLog events() {
    return events;
  }

  /** Carried out here. */
  public Experiment experiment() {
    return experiment;
  }

  /** Where it is kept. */
  public RunFolder folder() {
    return folder;
  }

  /** What is learned on. */
  public VectorEnvironment environment() {
    return environment;
  }

  /** What learns. */
  public Learner learner() {
    return trainer.learner();
  }

  /** Its metrics and timing; read on the thread that runs it. */
  public RunMonitor monitor() {
    return monitor;
  }

  /** How far it is. */
  public RunProgress progress() {
    return trainer.progress();
  }

  /** Seconds of training, those before an interruption included. */
  public double seconds() {
    return timing.seconds();
  }

  /** Why training ended before its budget was used up, in words; empty if it did not. */
  public String ending() {
    return ending;
  }

  /** The rounds that workers played, if they step the rows of this run. */
  public Optional<Playback> playback() {
    return Optional.ofNullable(playback);
  }

  /** Best mean return of a trial; negative infinity if there was none. */
  public double bestTrial() {
    return trials.best();
  }

  /** What it is at; safe from any thread. */
  public RunPhase activity() {
    return activity;
  }

  /**
   * Asks {@link #run} to save and return. Safe from any thread; a run that is only about to begin
   * may miss it, so ask again.
   */
  public void stop() {
    stopWanted = true;
    trainer.stop();
  }

  /**
   * Trains until the budget is used up or it is asked to stop, and saves the learner.
   *
   * @return whether training finished; otherwise it was stopped and can be resumed
   */
  public boolean run() {
    boolean finished;
    try {
      finished = train();
    } catch (Throwable e) {
      if (checkpoints.exist()) {
        setup
            .warnings()
            .accept(
                "training failed after %d steps; its last checkpoint is kept, to go on from once the cause is removed: ./rl resume %s"
                    .formatted(progress().steps(), folder.path()));
      } else {
        TrainingRuns.after(e, events::discard);
        TrainingRuns.after(e, checkpoints::remove);
        TrainingRuns.after(e, folder::discard);
      }
      if (e instanceof NonFiniteException diverged) {
        throw divergence(diverged);
      }
      if (e instanceof EnvironmentException) {
        throw new UserError(e.getMessage() + "; seed " + experiment.seed(), e);
      }
      throw e;
    }
    monitor.end(progress());
    warnOfUnheard();
    if (!finished) {
      tryTo(this::writeCheckpoint, "resuming begins at the checkpoint before, if there is one");
    }
    activity = RunPhase.SAVING;
    listeners.end(progress());
    folder.save(learner(), environment, metrics, timing, trials.csv());
    if (finished) {
      metrics.forEachLatest(last::put);
      tryTo(
          () -> {
            settle();
            folder.saveTraining(parts(trainer.loop()));
          },
          "this run can't be trained for longer");
      // Not earlier: what a learner reports are means since it was last asked, which are saved.
      learner().report(last::put);
    }
    folder.finish(summary(!finished, null));
    return finished;
  }

  static LearningException divergence(NonFiniteException e) {
    return new LearningException(e.getMessage() + REMEDY, e);
  }

  private boolean train() {
    while (!stopWanted) {
      if (playback != null) {
        playback.begin();
      }
      long steps = Math.min(trials.stepsUntil(progress().steps()), setup.interval().steps());
      Trainer.StopReason reason;
      try {
        reason = train(steps);
      } catch (RoundEngine.StoppedException e) {
        return false;
      }
      if (trials.due(progress().steps())) {
        tryOut();
        if (trials.wantStop()) {
          ending = trials.ending();
          return true;
        }
      }
      if (reason == Trainer.StopReason.REQUEST) {
        if (stopWanted || !housekeeping.checkpointDue()) {
          return false;
        }
      } else if (reason != Trainer.StopReason.PAUSE) {
        ending = reason == Trainer.StopReason.LISTENER ? "stopped by " + listeners.stoppers() : "";
        return true;
      }
      if (housekeeping.checkpointDue() || setup.interval().steps() != Long.MAX_VALUE) {
        checkpoint();
      }
    }
    return false;
  }

  /**
   * Trains for a number of steps, unless it is asked to stop. Then it trains on for a moment if a
   * round is about to end: in the middle of one, rows would be stepped again in order to be saved.
   */
  private Trainer.StopReason train(long steps) {
    long end = Math.min(steps, Long.MAX_VALUE - progress().steps()) + progress().steps();
    Trainer.StopReason reason = trainer.run(steps);
    if (reason != Trainer.StopReason.REQUEST || playback == null) {
      return reason;
    }
    long begun = System.nanoTime();
    while (playback.inMidRound()
        && progress().steps() < end
        && System.nanoTime() - begun < MOST_NANOS_TO_END_A_ROUND) {
      Trainer.StopReason now = trainer.run(1);
      if (now != Trainer.StopReason.PAUSE && now != Trainer.StopReason.REQUEST) {
        return now;
      }
    }
    return reason;
  }

  private void writeCheckpoint() {
    FlightEvents.CheckpointEvent event = new FlightEvents.CheckpointEvent();
    long before = checkpoints.bytesWritten();
    event.begin();
    RunPhase during = activity;
    settle();
    activity = RunPhase.SAVING;
    try {
      checkpoints.write(parts());
    } finally {
      activity = during;
    }
    event.end(progress().steps(), checkpoints.bytesWritten() - before);
  }

  /** Puts the rows where the loop is, before they are saved. */
  private void settle() {
    if (playback != null) {
      playback.settle();
    }
  }

  /** A run goes on without a checkpoint rather than not at all. */
  private void checkpoint() {
    double before = monitor.seconds();
    boolean written = tryTo(this::writeCheckpoint, "training goes on without it");
    double now = monitor.seconds();
    housekeeping.checkpointed(written ? now - before : 0, now);
  }

  /** Warns of a file that could not be written, and of what follows. */
  private boolean tryTo(Runnable write, String otherwise) {
    try {
      write.run();
      return true;
    } catch (UserError | RoundEngine.StoppedException e) {
      setup.warnings().accept(e.getMessage() + "; " + otherwise);
      return false;
    }
  }

  private void tryOut() {
    Evaluation.Plan plan = experiment.trials().plan(experiment.evaluation());
    Judgement judgement = judged(plan, new Listener() {}).judgement();
    Progress progress = progress();
    for (Listener listener : List.of(monitor, listeners)) {
      listener.onMetric("trial/return", judgement.meanReturn(), progress);
      listener.onMetric("trial/length", judgement.meanLength(), progress);
    }
    if (trials.take(judgement, progress)) {
      folder.saveBest(learner(), environment);
    }
  }

  /** A run goes on without a policy for others rather than not at all. */
  private void savePolicy(Path file) {
    tryTo(
        () -> {
          try (VectorEnvironment judged = setup.assembler().judged(experiment, environment)) {
            PolicyExport.write(
                file, setup.assembler(), experiment, learner(), judged, summary(true, null));
          }
        },
        "training goes on without it");
  }

  private Judge.Verdict judged(Evaluation.Plan plan, Listener listener) {
    FlightEvents.EvaluationEvent event = new FlightEvents.EvaluationEvent();
    event.begin();
    try (VectorEnvironment judging = setup.assembler().judged(experiment, environment)) {
      Judge.Verdict verdict =
          Judge.judge(setup.assembler(), judging, learner(), experiment, plan, listener);
      event.end(plan.episodes(), verdict.judgement().meanReturn());
      return verdict;
    } catch (NonFiniteException e) {
      throw divergence(e);
    }
  }

  /**
   * Evaluates the learned policy, after a {@link #run} that came to its end, and completes the
   * folder.
   *
   * @param listener takes the steps
   */
  public RunResult judge(Listener listener) {
    activity = RunPhase.JUDGING;
    RunResult result =
        RunResult.of(
            experiment,
            environment.spec(),
            progress(),
            metrics,
            last,
            !initialNetworks.lasts(learner()),
            judged(experiment.evaluation(), listener));
    activity = RunPhase.SAVING;
    checkpoints.remove();
    folder.finish(summary(false, result));
    return result;
  }

  /** The learner's numbers at the end of training, by name; empty before. */
  public Map<String, Double> lastMetrics() {
    return Collections.unmodifiableMap(last);
  }

  private Summary summary(boolean interrupted, @Nullable RunResult result) {
    return new Summary(
        interrupted,
        progress().episodes(),
        progress().steps(),
        result == null ? null : result.judgement(),
        trials.summary(),
        experiment.stepping().reproducible(),
        result == null ? List.of() : result.odd());
  }

  /** Closes all but the folder. */
  void closeParts() {
    try (listeners;
        playback;
        trainer) {
      events.close();
    }
  }

  @Override
  public void close() {
    try (folder) {
      closeParts();
    }
  }
}
