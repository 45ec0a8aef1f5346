package org.bellmanrl.lab.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Progress;

/**
 * Events of Java Flight Recorder: what the time of a run went into. Start Java with {@code
 * -XX:StartFlightRecording} (for {@code ./rl}, by the variable JDK_JAVA_OPTIONS).
 *
 * <p>An update is a call of {@link Learner#observe} of some length, a rollout what lies between two
 * of them: acting, stepping, and what the learner does with a transition when it does not learn.
 */
public final class FlightEvents {
  private FlightEvents() {}

  /** Steps were taken. */
  @Name("org.bellmanrl.Rollout")
  @Label("Rollout")
  @Description("Acting and stepping between two updates")
  @Category({"Bellman"})
  @StackTrace(false)
  @Threshold("100 us")
  static final class RolloutEvent extends Event {
    @Label("Steps")
    long steps;
  }

  /** A learner learned. */
  @Name("org.bellmanrl.Update")
  @Label("Update")
  @Description("A learner's work on what it observed")
  @Category({"Bellman"})
  @StackTrace(false)
  @Threshold("100 us")
  static final class UpdateEvent extends Event {
    @Label("Steps so far")
    long step;
  }

  /** A policy was judged or tried out. */
  @Name("org.bellmanrl.Evaluation")
  @Label("Evaluation")
  @Category({"Bellman"})
  @StackTrace(false)
  public static final class EvaluationEvent extends Event {
    @Label("Episodes")
    int episodes;

    @Label("Mean return")
    double meanReturn;

    /** Ends an evaluation. */
    public void end(int played, double mean) {
      episodes = played;
      meanReturn = mean;
      commit();
    }
  }

  /** A checkpoint was written. */
  @Name("org.bellmanrl.Checkpoint")
  @Label("Checkpoint")
  @Category({"Bellman"})
  @StackTrace(false)
  public static final class CheckpointEvent extends Event {
    @Label("Steps so far")
    long step;

    @Label("Bytes written")
    long bytes;

    /** Ends the writing of a checkpoint. */
    public void end(long after, long written) {
      step = after;
      bytes = written;
      commit();
    }
  }

  /**
   * The same learner, which tells of its updates; it is given back as it is where nobody records
   * when the run begins, so that this costs nothing.
   */
  public static Learner observed(Learner learner, Progress progress) {
    return FlightRecorder.isInitialized() ? new Observed(learner, progress) : learner;
  }

  private static final class Observed extends ForwardingLearner {
    private static final long UPDATE_NANOS = 20_000;

    private final Progress progress;
    private RolloutEvent rollout = new RolloutEvent();
    private long rolloutBegan;

    Observed(Learner learner, Progress progress) {
      super(learner);
      this.progress = progress;
      rollout.begin();
    }

    /** A call that takes no time belongs to the rollout. */
    @Override
    public void observe(Transitions transitions) {
      UpdateEvent update = new UpdateEvent();
      long start = System.nanoTime();
      rollout.end();
      update.begin();
      super.observe(transitions);
      if (System.nanoTime() - start < UPDATE_NANOS) {
        return;
      }
      update.end();
      update.step = progress.steps();
      update.commit();
      rollout.steps = progress.steps() - rolloutBegan;
      rollout.commit();
      rolloutBegan = progress.steps();
      rollout = new RolloutEvent();
      rollout.begin();
    }
  }
}
