package org.bellmanrl.lab.internal.watch;

import com.google.common.base.Suppliers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.training.RunResult;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.view.Ramp;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A run that may be watched: between the thread that trains and those that answer browsers.
 *
 * <p>The thread that trains hands over a {@link Snapshot} in {@link #look}, some four times a
 * second, if a page asked in the last two seconds; otherwise a look costs the reading of two
 * volatile fields. It never waits for viewers, except for a pause or a speed limit. Results don't
 * depend on any of this.
 *
 * <p>{@link #look}, {@link #judging}, {@link #finished}, {@link #stopped} and {@link #linger} are
 * for the thread that trains; everything else is safe for any.
 */
public final class Watch implements RunMonitor.Watcher, AutoCloseable {
  /**
   * Speed at which tasks on grids begin, in transitions a second; large grids and other tasks begin
   * without limit.
   */
  public static final double GRID_SPEED = 500;

  /** On grids with more places than that, learning takes too long at that speed. */
  private static final int MOST_FOLLOWED = 1000;

  /** The lowest speed besides 0, which means no limit. */
  public static final double LEAST_SPEED = 1;

  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(230);
  private static final long LINGER = TimeUnit.SECONDS.toNanos(10);

  /** How long a finished run waits for its first viewer. */
  private static final long FIRST_LOOK = TimeUnit.MINUTES.toNanos(1);

  private static final long GOODBYE = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_CHECK_MILLIS = 100;
  private static final double LOOKS_PER_SECOND = 20;
  private static final double RATE_SECONDS = 1;

  private final About about;
  private final String path;
  private final OpenPages pages = new OpenPages();
  private final ViewerInput input = new ViewerInput();
  private final Throttle throttle;
  private final Player player;
  private final @Nullable GridMap grid;
  private final Optional<ValueSurface> surface;
  private final boolean drawn;
  private final AtomicLong published = new AtomicLong();

  private volatile @Nullable Snapshot latest;
  private volatile Phase phase;
  private volatile String message = "";
  private volatile boolean stopWanted;

  private @Nullable Follower follower;
  private @Nullable TrainingRun run;
  private @Nullable ObservationTransform transform;
  private long lastPublished = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
  private long rateSteps = -1;
  private double rateSeconds;
  private double rate = Double.NaN;

  /**
   * What is watched.
   *
   * @param learner what learns or has learned
   * @param environment the task's id
   * @param details more about it, in a few words
   * @param rows how many environments are stepped together
   */
  private record About(String learner, String environment, String details, int rows) {
    static About of(Experiment experiment) {
      return new About(
          experiment.learner().id(),
          experiment.environment().id(),
          budget(experiment.budget()) + ", seed " + experiment.seed(),
          experiment.rows());
    }

    private static String budget(Budget budget) {
      return budget.episodes() != Long.MAX_VALUE
          ? Numbers.count(budget.episodes(), "episode")
          : Numbers.count(budget.steps(), "step");
    }
  }

  /** What a run is at. */
  private enum Phase {
    POLICY("policy"),
    TRAINING("training"),
    JUDGING("evaluating"),
    FINISHED("finished"),
    STOPPED("stopped"),
    KILLED("killed");

    private final String word;

    Phase(String word) {
      this.word = word;
    }
  }

  private Watch(
      About about,
      String path,
      double speed,
      Phase phase,
      VectorEnvironment environment,
      @Nullable GridMap grid,
      Consumer<String> problems) {
    this.about = about;
    this.path = path;
    this.phase = phase;
    this.grid = grid;
    this.throttle = new Throttle(speed < 0 ? speed(grid) : speed);
    this.drawn =
        environment.capability(0, PictureView.class).isPresent()
            || environment.capability(0, TextView.class).isPresent();
    this.player = new Player(environment, () -> latest, pages, input, problems);
    this.surface = grid == null ? ValueSurface.of(environment) : Optional.empty();
  }

  private static double speed(@Nullable GridMap grid) {
    return grid == null || grid.places() > MOST_FOLLOWED ? 0 : GRID_SPEED;
  }

  /**
   * A run that is about to begin or to go on: {@link #attach} tells which.
   *
   * @param speed transitions a second at first, 0 for no limit; below 0 for {@link #GRID_SPEED} on
   *     grids that are not large, and no limit elsewhere
   * @param problems takes descriptions of what cannot be shown
   */
  public static Watch training(
      Assembler assembler, Experiment experiment, double speed, Consumer<String> problems) {
    VectorEnvironment environment = assembler.judged(experiment);
    Watch watch =
        new Watch(
            About.of(experiment),
            "",
            speed,
            Phase.TRAINING,
            environment,
            grid(assembler, experiment, environment),
            problems);
    watch.player.start();
    return watch;
  }

  private static @Nullable GridMap grid(
      Assembler assembler, Experiment experiment, VectorEnvironment environment) {
    return GridMap.of(
            environment,
            Suppliers.memoize(
                () -> assembler.beginner(experiment, environment).values().orElseThrow()))
        .orElse(null);
  }

  /**
   * A policy that was not trained here, or needs no training.
   *
   * @param name what the user calls it
   * @param details more about it, in a few words
   * @param environment the task; closed with this
   */
  public static Watch policy(
      String name,
      String details,
      VectorEnvironment environment,
      Policy policy,
      Consumer<String> problems) {
    Watch watch =
        new Watch(
            new About(name, environment.spec().name(), details, 1),
            name,
            0,
            Phase.POLICY,
            environment,
            null,
            problems);
    watch.latest =
        new Snapshot(
            0,
            0,
            1,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Curve.of(new MetricsTable()),
            policy,
            policy,
            null,
            null);
    watch.player.start();
    return watch;
  }

  /** A run that is over, or that was interrupted. */
  public static Watch over(Assembler assembler, StoredRun opened, Consumer<String> problems) {
    Experiment experiment = opened.experiment();
    VectorEnvironment environment = assembler.judged(experiment);
    Learner learner = assembler.restored(opened, environment);
    Summary summary = opened.summary();
    Watch watch =
        new Watch(
            About.of(experiment),
            opened.path().toString(),
            0,
            summary.interrupted() ? Phase.STOPPED : Phase.FINISHED,
            environment,
            grid(assembler, experiment, environment),
            problems);
    watch.message = told(opened);
    watch.latest = snapshot(opened, learner, environment);
    watch.player.start();
    return watch;
  }

  /** A run that another process trains, or that was killed. */
  public static Watch following(Assembler assembler, Path folder, Consumer<String> problems) {
    Experiment experiment = RunFolder.experiment(folder);
    VectorEnvironment environment = assembler.judged(experiment);
    Watch watch =
        new Watch(
            About.of(experiment),
            folder.toString(),
            0,
            Phase.TRAINING,
            environment,
            grid(assembler, experiment, environment),
            problems);
    Follower follower = new Follower(assembler, folder, watch.pages, watch::follow, problems);
    watch.follower = follower;
    follower.start();
    watch.player.start();
    return watch;
  }

  private void follow(Snapshot snapshot, Follower.Standing standing, String words) {
    latest = snapshot;
    message = words;
    phase =
        switch (standing) {
          case RUNNING -> Phase.TRAINING;
          case KILLED -> Phase.KILLED;
          case STOPPED -> Phase.STOPPED;
          case FINISHED -> Phase.FINISHED;
        };
    published.incrementAndGet();
  }

  /** A run that is over at its end. */
  static Snapshot snapshot(StoredRun opened, Learner learner, VectorEnvironment environment) {
    Summary summary = opened.summary();
    MetricsTable metrics = opened.metrics();
    return new Snapshot(
        summary.steps(),
        summary.episodes(),
        summary.interrupted()
            ? opened.experiment().budget().fraction(summary.steps(), summary.episodes())
            : 1,
        opened.timing().seconds(),
        Double.NaN,
        metrics.recentReturn(RunMonitor.WINDOW),
        Curve.of(metrics),
        learner.policy().snapshot(),
        exploring(learner),
        learner.values().map(ValueFunction::snapshot).orElse(null),
        transform(environment));
  }

  /** What wrappers make of observations, as far as that is learned; null if there are none. */
  static @Nullable ObservationTransform transform(VectorEnvironment environment) {
    return environment
        .capability(0, ObservationTransform.class)
        .map(learned -> learned.frozen(1))
        .orElse(null);
  }

  /** What there is to say of a run that is over. */
  static String told(StoredRun opened) {
    Judgement judgement = opened.summary().judgement();
    return judgement != null
        ? told(judgement, opened.summary().odd())
        : "interrupted; ./rl resume " + opened.path() + " goes on with it";
  }

  private static String told(Judgement judgement, List<String> odd) {
    return "learned policy: "
        + judgement.line()
        + odd.stream().map(" Odd: "::concat).collect(Collectors.joining());
  }

  /** Shows values of actions if there are any, and otherwise the actions that the learner tries. */
  static @Nullable Policy exploring(Learner learner) {
    return learner.values().filter(values -> values.width() > 1).isPresent()
        ? null
        : learner.behaviour().snapshot();
  }

  /** Tells which run this is, before it runs. */
  public void attach(TrainingRun attached) {
    run = attached;
    transform = attached.environment().capability(0, ObservationTransform.class).orElse(null);
  }

  @Override
  public void look(Progress progress, RunMonitor monitor, double seconds) {
    publishIfAsked();
    throttle.hold(progress.steps(), this::publishIfAsked);
    double speed = throttle.speed();
    if (speed > 0) {
      monitor.lookAfter((long) (speed / LOOKS_PER_SECOND / about.rows));
    }
    if (stopWanted && run != null) {
      run.stop();
    }
  }

  private void publishIfAsked() {
    if (pages.present() && System.nanoTime() - lastPublished >= INTERVAL) {
      publish();
    }
  }

  private void publish() {
    TrainingRun training = run;
    if (training == null) {
      return;
    }
    Progress progress = training.progress();
    lastPublished = System.nanoTime();
    Snapshot before = latest;
    double seconds = training.monitor().seconds();
    measure(progress.steps(), seconds);
    if (before != null && before.step() == progress.steps()) {
      return;
    }
    Learner learner = training.learner();
    latest =
        new Snapshot(
            progress.steps(),
            progress.episodes(),
            training.experiment().budget().fraction(progress.steps(), progress.episodes()),
            seconds,
            rate,
            training.monitor().recentReturn(),
            Curve.of(training.monitor().metrics()),
            learner.policy().snapshot(),
            exploring(learner),
            learner.values().map(ValueFunction::snapshot).orElse(null),
            transform == null ? null : transform.frozen(1));
    published.incrementAndGet();
  }

  private void measure(long steps, double seconds) {
    if (rateSteps < 0) {
      rateSteps = steps;
      rateSeconds = seconds;
    } else if (seconds - rateSeconds >= RATE_SECONDS) {
      rate = (steps - rateSteps) / (seconds - rateSeconds);
      rateSteps = steps;
      rateSeconds = seconds;
    }
  }

  /** Notes that training has ended and the learned policy is being evaluated. */
  public void judging() {
    publish();
    phase = Phase.JUDGING;
  }

  /** All is done. */
  public void finished(RunResult result) {
    message = told(result.judgement(), result.odd());
    phase = Phase.FINISHED;
  }

  /** Notes that training was stopped before its end and the learner is saved. */
  public void stopped() {
    publish();
    message = "saved; ./rl resume " + path() + " goes on";
    phase = Phase.STOPPED;
  }

  /**
   * Waits until nobody looks any more: a finished run for ten seconds, or for a minute if nobody
   * has looked yet, a stopped one until its end has been told. Returns early, with the flag set, if
   * the thread is interrupted.
   */
  public void linger() {
    try {
      if (phase == Phase.STOPPED) {
        long end = System.nanoTime() + GOODBYE;
        while (pages.present() && System.nanoTime() - end < 0) {
          Thread.sleep(LINGER_CHECK_MILLIS);
        }
      } else {
        long end = System.nanoTime() + FIRST_LOOK;
        while (pages.within(LINGER) || (!pages.everPresent() && System.nanoTime() - end < 0)) {
          Thread.sleep(LINGER_CHECK_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a page is open just now. */
  public boolean hasAudience() {
    return pages.present();
  }

  /** Lets training run on without pauses and speed limits. */
  public void release() {
    throttle.release();
  }

  /** How many snapshots were handed over. */
  long published() {
    return published.get();
  }

  /** Where the run is kept. */
  private String path() {
    return run == null ? path : run.folder().path().toString();
  }

  /** Whether there is a training in this process to pause, stop or slow down. */
  boolean controllable() {
    return phase == Phase.TRAINING && follower == null;
  }

  void pause() {
    throttle.pause();
  }

  void resume() {
    throttle.resume();
  }

  /** Sets the transitions a second; 0 for no limit. */
  void speed(double steps) {
    throttle.speed(steps);
  }

  /** Requests that training saves the learner and ends. */
  void stop() {
    stopWanted = true;
    throttle.release();
  }

  /**
   * How the run stands, as JSON.
   *
   * @param after how many points of the curve there are already
   * @param per how many episodes each of those stands for
   */
  String state(long after, long per) {
    pages.ask();
    Snapshot snapshot = latest;
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("learner", about.learner);
    entries.put("environment", about.environment);
    entries.put("details", about.details);
    entries.put("run", path());
    entries.put("phase", phase.word);
    entries.put("message", message);
    entries.put("paused", throttle.paused() && controllable());
    entries.put("speed", Curve.number(throttle.speed()));
    entries.put("controllable", controllable());
    entries.put("drawn", drawn);
    entries.put("clickable", clickable());
    entries.put("actions", actions());
    entries.put("hands", input.playing());
    entries.put("grid", grid != null);
    entries.put("surface", surface.isPresent());
    entries.put("ramp", Ramp.colours());
    entries.put("observations", player.observations());
    entries.put("reward", player.legend().reward());
    if (snapshot != null) {
      entries.put("step", snapshot.step());
      entries.put("episodes", snapshot.episodes());
      entries.put("fraction", Curve.number(snapshot.fraction()));
      entries.put("seconds", Curve.number(snapshot.seconds()));
      entries.put("rate", throttle.paused() ? null : Curve.number(snapshot.rate()));
      entries.put("recent", Curve.number(snapshot.recent()));
      entries.put("curve", snapshot.curve().since(after, per));
    }
    return Json.text(entries);
  }

  /** The first frame behind some other, as JSON; waits for it a little. */
  Optional<String> frame(long after, long millis) {
    pages.ask();
    return player.after(after, millis);
  }

  /** What people do on the page. */
  ViewerInput input() {
    return input;
  }

  /** Whether clicks on the picture do anything. */
  boolean clickable() {
    return player.clickable();
  }

  /** What the actions are called, if people can play; empty otherwise. */
  List<String> actions() {
    return drawn ? player.names() : List.of();
  }

  /** The grid, as JSON, if there is one. */
  Optional<String> grid() {
    return Optional.ofNullable(grid).map(GridMap::shape);
  }

  /** Number of layers of the grid; 0 if there is none. */
  int layers() {
    return grid == null ? 0 : grid.layers();
  }

  /**
   * What is known of the states of a layer, as JSON.
   *
   * @return empty if there is nothing new since that step
   */
  Optional<String> values(int layer, long step) {
    pages.ask();
    Snapshot snapshot = latest;
    return grid == null || snapshot == null || snapshot.step() == step
        ? Optional.empty()
        : grid.values(snapshot, layer);
  }

  /**
   * The values over two elements of the observation, as JSON.
   *
   * @return empty if this task or learner has none, or if there is nothing new since that step
   */
  Optional<String> surface(int across, int up, long step) {
    pages.ask();
    Snapshot snapshot = latest;
    return snapshot == null || snapshot.step() == step
        ? Optional.empty()
        : surface.flatMap(view -> view.draw(snapshot, player.seen(), across, up));
  }

  /** How many elements of the observation there are to draw values over; 0 if none are drawn. */
  int elements() {
    return surface.map(ValueSurface::elements).orElse(0);
  }

  @Override
  public void close() {
    release();
    if (follower != null) {
      follower.close();
    }
    player.close();
  }
}
