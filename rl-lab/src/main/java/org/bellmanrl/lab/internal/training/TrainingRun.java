package org.bellmanrl.lab.internal.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.EnvironmentException;
import org.bellmanrl.api.interaction.EvaluationPlan;
import org.bellmanrl.api.interaction.Evaluator;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.checkpoint.Checkpoints;
import org.bellmanrl.lab.internal.flight.Flight;
import org.bellmanrl.lab.internal.rounds.LocalRounds;
import org.bellmanrl.lab.internal.rounds.Playback;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.TimingTable;
import org.bellmanrl.lab.internal.run.UserError;
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
  private static final int KEPT_CHECKPOINTS = 2;

  /** When others may look at a run that is going on for the first time. */
  private static final double FIRST_SHOW_SECONDS = 1;

  /** Seconds until they see how far it is then. */
  private static final double SHOW_SECONDS = 5;

  /** Seconds between checkpoints where another process looks at the run. */
  private static final double WATCHED_SECONDS = 5;

  /** Most of the time that may go into those, as one part in so many. */
  private static final double CHECKPOINT_SHARE = 20;

  /** Most of the time that may go into that, as one part in so many. */
  private static final double SHOW_SHARE = 100;

  private static final String REMEDY =
      "; learning has diverged, or the task pays or shows what is too large: try a smaller"
          + " learning rate, or the wrappers that normalise";

  /** The share of the budget after which a number that has never come is a doubtful one. */
  private static final double DOUBT = 0.1;

  /** Steps in a row without an end of an episode, which a warning is worth. */
  private static final long ENDLESS = 100_000;

  /** Where episodes never end, rewards are reported in about so many pieces. */
  private static final long STRETCHES = 1000;

  private static final int LEAST_STRETCH = 100;

  /** Added to the run's seed for trials, so that they are not what the result is judged by. */
  private static final long TRIAL_SEEDS = 1_000_003;

  private final Assembler assembler;
  private final Experiment experiment;
  private final RunFolder folder;
  private final Pace pace;
  private final Consumer<String> warnings;
  private final VectorEnvironment environment;
  private final MetricsTable metrics = new MetricsTable();
  private final TimingTable timing = new TimingTable();
  private final RunMonitor monitor;
  private final Trainer<?> trainer;

  /** Shows the rounds that workers play; null if this run steps its rows itself. */
  private final @Nullable Playback playback;

  private final Trials trials;
  private final Checkpoints checkpoints;
  private final Events events;
  private final Listeners listeners;
  private final Map<String, Double> last = new LinkedHashMap<>();
  private Judge.@Nullable Outlook outlook;
  private String ending = "";
  private double lastCheckpoint;
  private double nextShow = FIRST_SHOW_SECONDS;
  private boolean checkpointDue;
  private boolean doubted;
  private boolean watched;
  private double leastPause;
  private boolean endlessTold;
  private List<String> contradictions = List.of();
  private volatile boolean stopWanted;
  private volatile Activity activity = Activity.LEARNING;

  /** What a run is at. */
  public enum Activity {
    /** It learns, or tries out what it has learned. */
    LEARNING,
    /** It writes what it must not lose, or has done all there was to do. */
    SAVING,
    /** What was learned is judged. */
    JUDGING
  }

  /**
   * How often checkpoints are written.
   *
   * @param seconds between two checkpoints, by the clock; positive infinity for none but the last
   * @param steps transitions between two checkpoints besides; {@code Long.MAX_VALUE} for none
   */
  public record Pace(double seconds, long steps) {
    /** Once a minute. */
    public static final Pace DEFAULT = new Pace(60, Long.MAX_VALUE);

    public Pace {
      if (!(seconds >= 0) || steps < 1) {
        throw new IllegalArgumentException(
            "seconds must be at least 0 and steps at least 1, were %s and %d"
                .formatted(seconds, steps));
      }
    }
  }

  private TrainingRun(
      Assembler assembler,
      Experiment experiment,
      RunFolder folder,
      boolean tensorBoard,
      Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings,
      RoundEngine.@Nullable Maker rounds) {
    this.assembler = assembler;
    this.experiment = experiment;
    this.folder = folder;
    this.pace = pace;
    this.warnings = warnings;
    this.trials = new Trials(experiment.trials());
    this.checkpoints = new Checkpoints(folder.checkpoints(), KEPT_CHECKPOINTS);
    this.events =
        tensorBoard
            ? Events.to(folder.path(), metrics, experiment.schedules(), warnings)
            : Events.none(metrics);
    @Nullable VectorEnvironment made = null;
    try {
      made = assembler.environment(experiment);
      this.monitor =
          new RunMonitor(
              made.spec().diagnostics(),
              metrics,
              timing,
              (progress, heard, seconds) -> {
                watcher.look(progress, heard, seconds);
                show(seconds);
                warnOfEndless();
                askForCheckpoint(seconds);
              },
              stretch(made.spec()),
              events);
      this.listeners = new Listeners(assembler.listeners(experiment, made.spec(), folder.path()));
      Playback ahead = ahead(made, rounds);
      this.trainer =
          assembler.trainer(
              experiment,
              ahead == null ? made : ahead.environment(),
              listeners.isEmpty() ? List.of(monitor) : List.of(monitor, listeners),
              ahead == null ? UnaryOperator.identity() : ahead::learner);
      if (ahead != null) {
        ahead.attach(trainer, experiment);
      }
      this.playback = ahead;
      this.environment = made;
    } catch (Throwable e) {
      if (made != null) {
        made.close();
      }
      throw e;
    }
  }

  /** What steps the rows ahead of learning; null if they are stepped one by one. */
  private @Nullable Playback ahead(VectorEnvironment made, RoundEngine.@Nullable Maker rounds) {
    RoundEngine engine;
    if (rounds != null) {
      engine = rounds.make(assembler, experiment, () -> stopWanted, warnings);
    } else if (experiment.round() > 1) {
      engine = new LocalRounds(assembler, experiment);
    } else {
      return null;
    }
    return new Playback(engine, made, experiment.budget(), experiment.round());
  }

  /** Prepares a new run that steps its rows itself. */
  public static TrainingRun begin(
      Assembler assembler,
      Experiment experiment,
      RunFolder folder,
      boolean tensorBoard,
      Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings) {
    return begin(assembler, experiment, folder, tensorBoard, pace, watcher, warnings, null);
  }

  /**
   * Prepares a new run.
   *
   * @param folder where it is kept, locked; released by {@link #close}, and if this fails
   * @param tensorBoard whether TensorBoard is told of it, in an event file
   * @param warnings hears of checkpoints that could not be written
   * @param rounds who steps the rows ahead of learning; null to step them one by one
   * @throws UserError if the experiment can't be carried out
   */
  public static TrainingRun begin(
      Assembler assembler,
      Experiment experiment,
      RunFolder folder,
      boolean tensorBoard,
      Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings,
      RoundEngine.@Nullable Maker rounds) {
    @Nullable TrainingRun run = null;
    try {
      run =
          new TrainingRun(
              assembler, experiment, folder, tensorBoard, pace, watcher, warnings, rounds);
      if (!experiment.from().isEmpty()) {
        assembler.inherit(experiment, run.environment, run.trainer.learner());
      }
      run.events.begin(experiment);
      folder.begin(experiment, assembler.plugins(experiment));
      return run;
    } catch (Throwable e) {
      if (run != null) {
        after(e, run.events::discard);
        after(e, run::closeParts);
      }
      after(e, folder::discard);
      after(e, folder::close);
      throw e;
    }
  }

  /** Does what is to be done after a failure, which it must not hide. */
  private static void after(Throwable failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Goes on with a run that steps its rows itself. */
  public static TrainingRun resume(
      Assembler assembler,
      RunFolder.Unfinished unfinished,
      Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings) {
    return resume(assembler, unfinished, pace, watcher, warnings, null);
  }

  /**
   * Goes back to where a run was when its last whole checkpoint was written or, to make it longer,
   * to where it ended.
   *
   * @param unfinished not one that has only to be judged, see {@link #judge(Assembler,
   *     RunFolder.Unfinished)}
   * @param warnings hears of damaged checkpoints, and of those that could not be written
   * @param rounds who steps the rows ahead of learning; null to step them one by one
   * @throws UserError if no checkpoint is whole, it doesn't fit the experiment, or the experiment
   *     was changed
   */
  public static TrainingRun resume(
      Assembler assembler,
      RunFolder.Unfinished unfinished,
      Pace pace,
      RunMonitor.Watcher watcher,
      Consumer<String> warnings,
      RoundEngine.@Nullable Maker rounds) {
    RunFolder folder = unfinished.folder().hold();
    @Nullable TrainingRun run = null;
    try {
      folder.requireUnchanged();
      warnOfPlugins(unfinished.plugins(), assembler.plugins(unfinished.experiment()), warnings);
      run =
          new TrainingRun(
              assembler,
              unfinished.experiment(),
              folder,
              Events.isIn(folder.path()),
              pace,
              watcher,
              warnings,
              rounds);
      boolean atEnd = unfinished.trained();
      if (atEnd || run.checkpoints.exist()) {
        if (atEnd) {
          run.restoreEnd();
        } else {
          run.checkpoints.restore(warnings, run.parts());
        }
        run.listeners.warnOfForgetful(warnings);
        if (!run.environment.spec().resumable()) {
          warnings.accept(
              run.environment.spec().name()
                  + " can't be saved in the middle of an episode: a new one begins");
        }
      } else {
        run.events.begin(unfinished.experiment());
        if (!unfinished.experiment().from().isEmpty()) {
          assembler.inherit(unfinished.experiment(), run.environment, run.trainer.learner());
        }
      }
      run.lastCheckpoint = run.monitor.seconds();
      run.nextShow = run.lastCheckpoint + SHOW_SECONDS;
      if (unfinished.longer()) {
        run.lengthen();
      }
      folder.reopen();
      return run;
    } catch (Throwable e) {
      if (run != null) {
        after(e, run::closeParts);
      }
      after(e, folder::close);
      throw e;
    }
  }

  /**
   * What a run that is going on, or was killed, had learned when its newest checkpoint was written:
   * its learner, its metrics and how far it was. Nothing is locked or written. It can only be
   * looked at and closed.
   *
   * @return empty if there is no whole checkpoint, or if listeners, which nobody makes twice, have
   *     their part in it
   */
  public static Optional<TrainingRun> peek(Assembler assembler, RunFolder.Unfinished unfinished) {
    Experiment experiment = unfinished.experiment();
    Checkpoints checkpoints = new Checkpoints(unfinished.folder().checkpoints(), KEPT_CHECKPOINTS);
    if (!experiment.listeners().isEmpty() || !checkpoints.exist()) {
      return Optional.empty();
    }
    TrainingRun run =
        new TrainingRun(
            assembler,
            experiment,
            unfinished.folder(),
            false,
            Pace.DEFAULT,
            (progress, monitor, seconds) -> {},
            warning -> {},
            null);
    try {
      run.checkpoints.restore(warning -> {}, run.parts());
      return Optional.of(run);
    } catch (UserError e) {
      // Its chunks were removed this moment, as a newer one was written.
      run.closeParts();
      return Optional.empty();
    } catch (Throwable e) {
      after(e, run::closeParts);
      throw e;
    }
  }

  private static void warnOfPlugins(
      List<Map<String, String>> before, List<Map<String, String>> now, Consumer<String> warnings) {
    for (Map<String, String> plugin : before) {
      if (!now.contains(plugin)) {
        warnings.accept(
            "the run began with another plugin: it was "
                + plugin
                + (now.isEmpty() ? ", and now there is none" : ", and now it is one of " + now));
      }
    }
  }

  /** Puts everything where it was when the run came to its end. */
  private void restoreEnd() {
    try (VectorEnvironment one = assembler.judged(experiment, environment)) {
      RunFolder.open(folder.path()).restore(learner(), one);
    }
    folder.restoreTraining(parts(trainer.loop()));
  }

  /** From here on the run goes on to its new end, also from a kill. */
  private void lengthen() {
    if (trainer.progress().exhausted()) {
      throw new UserError(
          "%s has %d steps and %d episodes already; say more, counted from the run's beginning"
              .formatted(folder.path(), progress().steps(), progress().episodes()));
    }
    trials.goOn();
    writeCheckpoint();
    folder.reopen();
    folder.begin(experiment, assembler.plugins(experiment));
  }

  private Stateful[] parts(Stateful loop) {
    List<Stateful> parts = new ArrayList<>(List.of(loop, monitor, trials, events));
    if (!listeners.isEmpty()) {
      parts.add(listeners);
    }
    if (playback != null && experiment.round() > 1) {
      parts.add(playback);
    }
    return parts.toArray(Stateful[]::new);
  }

  private Stateful[] parts() {
    return parts(trainer);
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

  /** What has been heard of it; read on the thread that runs it. */
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
  public Activity activity() {
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
   * Trains until the budget is used up or somebody wants it to stop, and saves what was learned.
   *
   * @return whether training came to its end; otherwise it was stopped and can be resumed
   */
  public boolean run() {
    boolean finished;
    try {
      finished = train();
    } catch (Throwable e) {
      if (checkpoints.exist()) {
        warnings.accept(
            "training failed after %d steps; its last checkpoint is kept, to go on from once the cause is removed: ./rl resume %s"
                .formatted(progress().steps(), folder.path()));
      } else {
        after(e, events::discard);
        after(e, checkpoints::remove);
        after(e, folder::discard);
      }
      if (e instanceof NonFiniteException diverged) {
        throw divergence(diverged);
      }
      if (e instanceof EnvironmentException) {
        throw new UserError(e.getMessage() + "; seed " + experiment.seed(), e);
      }
      throw e;
    }
    activity = Activity.SAVING;
    monitor.end(progress());
    listeners.warnOfUnheard(monitor.metrics().names(), warnings);
    if (!finished) {
      tryTo(this::writeCheckpoint, "resuming begins at the checkpoint before, if there is one");
    }
    listeners.end(progress());
    folder.save(learner(), environment, metrics, timing, trials.csv());
    if (finished) {
      settle();
      metrics.forEachLatest(last::put);
      tryTo(
          () -> folder.saveTraining(parts(trainer.loop())), "this run can't be trained for longer");
      // Not earlier: what a learner reports are means since it was last asked, which are saved.
      learner().report(last::put);
    }
    folder.finish(summary(!finished, null));
    return finished;
  }

  private static LearningException divergence(NonFiniteException e) {
    return new LearningException(e.getMessage() + REMEDY, e);
  }

  private boolean train() {
    while (!stopWanted) {
      if (playback != null) {
        playback.begin();
      }
      long steps = Math.min(trials.stepsUntil(progress().steps()), pace.steps());
      Trainer.StopReason reason = trainer.run(steps);
      if (trials.due(progress().steps())) {
        tryOut();
        if (trials.wantStop()) {
          ending = trials.ending();
          return true;
        }
      }
      if (reason == Trainer.StopReason.REQUEST) {
        if (stopWanted || !checkpointDue) {
          return false;
        }
      } else if (reason != Trainer.StopReason.PAUSE) {
        ending = reason == Trainer.StopReason.LISTENER ? "stopped by " + listeners.stoppers() : "";
        return true;
      }
      if (checkpointDue || pace.steps() != Long.MAX_VALUE) {
        checkpoint();
      }
    }
    return false;
  }

  /** How many transitions are reported together where episodes never end; 0 where they do. */
  private int stretch(EnvironmentSpec task) {
    if (task.terminates() || task.maxEpisodeSteps() != 0) {
      return 0;
    }
    long steps = experiment.schedules().steps();
    return steps == Long.MAX_VALUE
        ? (int) STRETCHES
        : Math.clamp(steps / STRETCHES, LEAST_STRETCH, Integer.MAX_VALUE);
  }

  private void warnOfEndless() {
    long steps = monitor.stepsSinceEpisode(progress()) / experiment.rows();
    if (!endlessTold && steps >= ENDLESS && environment.spec().terminates()) {
      endlessTold = true;
      warnings.accept(
          "no episode has ended in the last %s steps, and a learner that remembers episodes needs ever more memory: is there a way to the end? A limit cuts episodes: --env %s=%d"
              .formatted(Numbers.grouped(steps), Assembler.LIMIT, ENDLESS / 100));
    }
  }

  private void show(double seconds) {
    if (!doubted && progress().fraction() >= DOUBT) {
      doubted = true;
      listeners.warnOfUnheard(monitor.metrics().names(), warnings);
    }
    if (seconds < nextShow) {
      return;
    }
    watched = folder.isWatched();
    try {
      // Not since the look began: whoever watches may have held the run up for long.
      double before = monitor.seconds();
      folder.show(metrics, timing, trials.csv());
      double now = monitor.seconds();
      nextShow = now + Math.max(SHOW_SECONDS, SHOW_SHARE * (now - before));
    } catch (UserError e) {
      nextShow = Double.POSITIVE_INFINITY;
      warnings.accept(e.getMessage() + "; training goes on without it");
    }
  }

  private void askForCheckpoint(double seconds) {
    double due = watched ? Math.min(WATCHED_SECONDS, pace.seconds()) : pace.seconds();
    if (seconds - lastCheckpoint >= Math.max(due, Math.min(pace.seconds(), leastPause))) {
      checkpointDue = true;
      trainer.stop();
    }
  }

  private void writeCheckpoint() {
    Flight.CheckpointEvent event = new Flight.CheckpointEvent();
    long before = checkpoints.bytesWritten();
    event.begin();
    Activity during = activity;
    activity = Activity.SAVING;
    try {
      settle();
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
    checkpointDue = false;
    double before = monitor.seconds();
    if (tryTo(this::writeCheckpoint, "training goes on without it")) {
      leastPause = CHECKPOINT_SHARE * (monitor.seconds() - before);
    }
    lastCheckpoint = monitor.seconds();
  }

  /** Warns of a file that could not be written, and of what follows. */
  private boolean tryTo(Runnable write, String otherwise) {
    try {
      write.run();
      return true;
    } catch (UserError e) {
      warnings.accept(e.getMessage() + "; " + otherwise);
      return false;
    }
  }

  private void tryOut() {
    EvaluationPlan own = experiment.evaluation();
    EvaluationPlan plan =
        EvaluationPlan.episodes(experiment.trials().episodes())
            .withSeed(Math.floorMod(own.seed() + TRIAL_SEEDS, Long.MAX_VALUE))
            .withMaxEpisodeSteps(own.maxEpisodeSteps());
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

  private Judge.Verdict judged(EvaluationPlan plan, Listener listener) {
    Flight.EvaluationEvent event = new Flight.EvaluationEvent();
    event.begin();
    try (VectorEnvironment judging = assembler.judged(experiment, environment)) {
      Judge.Verdict verdict = Judge.judge(judging, learner(), gamma(), plan, listener);
      event.end(plan.episodes(), verdict.judgement().meanReturn());
      return verdict;
    } catch (NonFiniteException e) {
      throw divergence(e);
    }
  }

  /** The learner's discount factor; NaN if it has none. */
  private double gamma() {
    return experiment.learner().options().get("gamma") instanceof Number gamma
        ? gamma.doubleValue()
        : Double.NaN;
  }

  /**
   * Judges what was learned, after a {@link #run} that came to its end, and completes the folder.
   *
   * @param listener is told of the steps
   */
  public Judgement judge(Listener listener) {
    activity = Activity.JUDGING;
    Judge.Verdict verdict = judged(experiment.evaluation(), listener);
    Judgement judgement = verdict.judgement();
    outlook = verdict.outlook();
    contradictions =
        Contradictions.in(
            this,
            last,
            assembler.learnerEntry(experiment.learner().id()).needsNetworks(),
            judgement,
            outlook);
    activity = Activity.SAVING;
    checkpoints.remove();
    folder.finish(summary(false, judgement));
    return judgement;
  }

  /**
   * Judges what was learned in a run that was killed after the end of its training, and completes
   * the folder.
   *
   * @param trained a run whose training came to its end
   */
  public static Judgement judge(Assembler assembler, RunFolder.Unfinished trained) {
    Experiment experiment = trained.experiment();
    try (RunFolder folder = trained.folder().hold();
        VectorEnvironment environment = assembler.judged(experiment)) {
      RunFolder.Opened run = RunFolder.open(folder.path());
      Learner learner = assembler.restored(run, environment);
      Judgement judgement =
          Judgement.of(Evaluator.evaluate(environment, learner.policy(), experiment.evaluation()));
      new Checkpoints(folder.checkpoints(), KEPT_CHECKPOINTS).remove();
      folder.finish(run.summary().judged(judgement));
      return judgement;
    } catch (NonFiniteException e) {
      throw divergence(e);
    }
  }

  /** What is odd about the result, each in a sentence with what to try; after {@link #judge}. */
  public List<String> contradictions() {
    return contradictions;
  }

  /**
   * What the learner expected at the start of the judged episodes beside what they brought, in a
   * sentence; empty if its values are no such expectation.
   */
  public String expectation() {
    Judge.Outlook expected = outlook;
    return expected == null || Contradictions.otherRewards(experiment)
        ? ""
        : "%s expected at the start; the episodes brought %s, discounted by gamma = %s"
            .formatted(
                Numbers.brief(expected.value()),
                Numbers.brief(expected.discounted()),
                Numbers.exact(expected.gamma()));
  }

  /** The learner's numbers at the end of training, by name; empty before. */
  public Map<String, Double> lastMetrics() {
    return Collections.unmodifiableMap(last);
  }

  private Summary summary(boolean interrupted, @Nullable Judgement judgement) {
    return new Summary(
        interrupted, progress().episodes(), progress().steps(), judgement, trials.summary());
  }

  private void closeParts() {
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
