package org.bellmanrl.api.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.api.state.StatefulRows;
import org.jspecify.annotations.Nullable;

/**
 * Trains a learner on environments that it steps itself.
 *
 * <p>What happens depends on the environments, the learner, the seed and the budget alone: the same
 * again gives the same bits, in one go or in pieces, and saved and restored by {@link #carry} in
 * between (if the environment's episodes are {@linkplain EnvironmentSpec#resumable() resumable}).
 * One thread runs it; {@link #stop()} may be called from any.
 *
 * @param <L> the learner
 */
public final class Trainer<L extends Learner> implements Stateful, AutoCloseable {
  /** Steps of the loop between two looks at the clock. */
  private static final int CLOCK_INTERVAL = 256;

  private final VectorEnvironment environment;
  private final L learner;
  private final RandomStreams random;
  private final RunProgress progress;
  private final Budget budget;
  private final Interaction interaction;
  private final List<Listener> listeners;
  private final Rows all;

  /** Whether the environments wait for the ends of rounds. */
  private final boolean merging;

  private final long metricsInterval;
  private long nextMetrics;
  private volatile boolean stopRequested;

  private Trainer(Builder builder, Function<? super LearnerContext, ? extends L> learners) {
    this.environment = builder.environment;
    int rows = environment.rows();
    EnvironmentSpec spec = builder.spec();
    Streams streams = Streams.of(builder.seed);
    this.budget = builder.budget;
    this.progress = new RunProgress(budget, builder.schedules == null ? budget : builder.schedules);
    this.learner = learners.apply(LearnerContext.of(environment, streams, progress).withSpec(spec));
    this.random = streams.rows(Role.ENVIRONMENT, rows);
    this.listeners = List.copyOf(builder.listeners);
    this.interaction =
        Interaction.learning(
            spec, rows, learner, streams.rows(Role.POLICY, rows), progress, listeners);
    this.all = Rows.all(rows);
    this.merging = environment.sharing() == StatefulRows.Sharing.BY_MERGING;
    this.metricsInterval = builder.metricsInterval;
    this.nextMetrics = metricsInterval;
  }

  /** Training on one environment, which the trainer closes. */
  public static Builder on(Environment environment) {
    return on(VectorEnvironment.of(environment));
  }

  /** Training on environments stepped together, which the trainer closes. */
  public static Builder on(VectorEnvironment environment) {
    return new Builder(environment);
  }

  /**
   * Trains until the budget is used up, a listener or a caller of {@link #stop} wants it to stop,
   * or the thread is interrupted.
   */
  public StopReason run() {
    return run(Long.MAX_VALUE);
  }

  /**
   * Trains on, for at least {@code steps} transitions (rounded up to whole steps of the loop) and
   * within the budget.
   */
  public StopReason run(long steps) {
    stopRequested = false;
    long pause =
        steps > Long.MAX_VALUE - progress.steps() ? Long.MAX_VALUE : progress.steps() + steps;
    long deadline = budget.timed() ? System.nanoTime() + budget.wallTime().toNanos() : 0;
    int untilClock = CLOCK_INTERVAL;
    @Nullable StopReason reason = null;
    while (reason == null) {
      if (progress.exhausted()) {
        reason = StopReason.BUDGET;
      } else if (progress.steps() >= pause) {
        reason = StopReason.PAUSE;
      } else if (stopRequested) {
        reason = StopReason.REQUEST;
      } else if (--untilClock == 0) {
        untilClock = CLOCK_INTERVAL;
        if (Thread.currentThread().isInterrupted()) {
          reason = StopReason.REQUEST;
        } else if (budget.timed() && System.nanoTime() - deadline >= 0) {
          reason = StopReason.WALL_TIME;
        }
      }
      if (reason == null && step()) {
        reason = StopReason.LISTENER;
      }
    }
    if (reason != StopReason.PAUSE) {
      for (Listener listener : listeners) {
        listener.onStop(progress);
      }
    }
    return reason;
  }

  /** One step of every row; whether a listener wants to stop. */
  private boolean step() {
    boolean roundEnds = merging && roundEnds();
    interaction.play(all, environment, random);
    if (roundEnds) {
      environment.mergeRows();
    }
    if (progress.steps() >= nextMetrics) {
      reportMetrics();
    }
    return !interaction.idle().isEmpty() && stopWanted();
  }

  /** Returns whether the next step is the last of a round. */
  private boolean roundEnds() {
    return !(learner.rounds() instanceof Learner.Rounds.Fixed round) || round.steps() == 1;
  }

  private void reportMetrics() {
    nextMetrics = (progress.steps() / metricsInterval + 1) * metricsInterval;
    interaction.reportMetrics();
  }

  private boolean stopWanted() {
    for (Listener listener : listeners) {
      if (listener.wantsStop()) {
        return true;
      }
    }
    return false;
  }

  /** Asks a running {@link #run} to return after the present step. Safe from any thread. */
  public void stop() {
    stopRequested = true;
  }

  /** Returns the learner. */
  public L learner() {
    return learner;
  }

  /** Returns the progress of the training. */
  public RunProgress progress() {
    return progress;
  }

  @Override
  public void carry(State state) {
    carry(state, true);
  }

  /**
   * The state of everything but the learner, for callers that keep the learner's state elsewhere;
   * restore the learner first.
   */
  public Stateful loop() {
    return state -> carry(state, false);
  }

  /**
   * The state of a row: its random streams, episode in flight and environment. It fits every row of
   * every trainer of the same task and behaviour, so that a row can go on elsewhere; what rows have
   * in common is not in it. Only between two runs.
   *
   * @param row from 0 to the number of rows − 1
   */
  public Stateful row(int row) {
    return state -> {
      state.begin("row", 1);
      random.carry(state, row);
      interaction.carry(state, row);
      environment.carry(state, row);
      state.end();
    };
  }

  private void carry(State state, boolean withLearner) {
    state.begin(withLearner ? "trainer" : "loop", withLearner ? 3 : 1);
    state.carry("progress", progress);
    nextMetrics = state.carry("next_metrics", nextMetrics);
    state.carry("random", random);
    if (withLearner) {
      state.carry("learner", learner);
    }
    state.carry("interaction", interaction);
    boolean resumable = state.carry("resumable", environment.spec().resumable());
    state.carry("environment", environment);
    state.end();
    if (state.restoring() && !resumable) {
      interaction.abandonEpisodes();
    }
  }

  @Override
  public void close() {
    environment.close();
  }

  /** Collects what a {@link Trainer} needs. */
  public static final class Builder {
    private final VectorEnvironment environment;
    private final List<Listener> listeners = new ArrayList<>();
    private Budget budget = Budget.steps(Long.MAX_VALUE);
    private @Nullable Budget schedules;
    private long seed;
    private int maxEpisodeSteps = -1;
    private long metricsInterval = 1000;

    private Builder(VectorEnvironment environment) {
      this.environment = environment;
    }

    /** Everything random is drawn from this seed, at least 0; 0 by default. */
    public Builder seed(long master) {
      this.seed = master;
      return this;
    }

    /** Sets the budget after which training is over; by default there is none. */
    public Builder budget(Budget limits) {
      this.budget = limits;
      return this;
    }

    /** Sets the budget of which schedules take their fraction, if that is another one. */
    public Builder schedules(Budget limits) {
      this.schedules = limits;
      return this;
    }

    /**
     * Truncates episodes after this number of steps instead of the task's own limit; 0 for never.
     */
    public Builder maxEpisodeSteps(int steps) {
      this.maxEpisodeSteps = steps;
      return this;
    }

    /**
     * Sets the number of transitions between two reports of the learner's metrics; 1000 by default.
     */
    public Builder metricsEvery(long steps) {
      Require.atLeast("metrics interval", steps, 1);
      this.metricsInterval = steps;
      return this;
    }

    /** Adds a listener, which is notified of what happens. */
    public Builder listener(Listener listener) {
      listeners.add(listener);
      return this;
    }

    /** Makes the trainer and, for its context, the learner. */
    public <L extends Learner> Trainer<L> build(
        Function<? super LearnerContext, ? extends L> learner) {
      return new Trainer<>(this, learner);
    }

    private EnvironmentSpec spec() {
      EnvironmentSpec own = environment.spec();
      return maxEpisodeSteps < 0 ? own : own.withMaxEpisodeSteps(maxEpisodeSteps);
    }
  }

  /** Why training stopped. */
  public enum StopReason {
    /** The budget's steps or episodes are used up. */
    BUDGET,
    /** The budget's wall time is used up. */
    WALL_TIME,
    /** The steps asked of this call are done; there is budget left. */
    PAUSE,
    /** {@link Trainer#stop()} was called, or the thread was interrupted. */
    REQUEST,
    /** A listener wanted it. */
    LISTENER
  }
}
