package org.bellmanrl.deep.replay;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.ObservationEncoder;

/**
 * Base class of learners from a replay memory: it stores what is observed, draws a batch whenever
 * an update is due, and frames the saved state. A subclass makes the networks and says what an
 * update is.
 *
 * <p>Frequencies count transitions over all rows. In one call all rows are stored first, then the
 * updates that have become due are made. Not thread-safe.
 */
public abstract class ReplayLearner implements Learner {
  /** Turns observations into the inputs of a network. */
  protected final ObservationEncoder encoder;

  /** The steps that were drawn, of which the first {@code size()} count. */
  protected final ReplayBatch batch;

  /** The learner's own randomness, beside the replay's draws. */
  protected final RandomStream noise;

  private final String name;
  private final OffPolicyConfig learning;
  private final Replay replay;
  private final Scheduled learningRate;
  private final RandomStream drawing;
  private long steps;
  private long updates;

  /**
   * Creates a learner with an empty memory.
   *
   * @param name names the learner in messages and in the saved state
   * @param learning says when updates are due
   * @param memory what is stored: sequences if a network is recurrent
   * @throws IllegalArgumentException if the memory does not fit into the heap
   */
  protected ReplayLearner(
      String name,
      LearnerContext context,
      OffPolicyConfig learning,
      ReplayConfig memory,
      ObservationEncoder encoder) {
    this.name = name;
    this.learning = learning;
    this.encoder = encoder;
    this.replay = new Replay(context, memory);
    this.batch =
        memory.sequences().isPresent()
            ? replay.sequences(learning.sequences()).steps()
            : replay.batch(learning.batchSize());
    this.learningRate = new Scheduled(learning.learningRate(), context.progress());
    this.drawing = context.streams().stream(Role.REPLAY, 0);
    this.noise = context.streams().stream(Role.LEARNER, 0);
  }

  @Override
  public final void observe(Transitions transitions) {
    encoder.requireFinite(transitions.nextObservations().values(), transitions.rows());
    store(transitions);
    long before = steps;
    steps += transitions.rows().count();
    stepped(before, steps);
    // Nothing can be drawn before an n-step window is complete.
    for (long due = learning.updates(before, steps); due > 0 && replay.size() > 0; due--) {
      draw();
      updates++;
      update(learningRate.now());
    }
  }

  /** Puts transitions into the memory. */
  protected void store(Transitions transitions) {
    replay.add(transitions);
  }

  /**
   * Called when steps have been stored, before the updates that are due.
   *
   * @param before transitions seen before, over all rows
   * @param after transitions seen now
   */
  protected void stepped(long before, long after) {}

  /** Draws what the next update learns from. */
  final void draw() {
    SequenceBatch sequences = batch.sequences();
    if (sequences == null) {
      replay.sample(drawing, batch, beta());
    } else {
      replay.sample(drawing, sequences, beta());
    }
  }

  /** β of the importance weights, in [0, 1], where steps are drawn by priority. */
  protected double beta() {
    return 1;
  }

  /**
   * Makes an update from {@link #batch}.
   *
   * @param rate the learning rate
   */
  protected abstract void update(double rate);

  /**
   * Sets the priorities of what was drawn.
   *
   * @param errors one for each row of the batch, of either sign; NaN is refused
   */
  protected final void prioritise(float[] errors) {
    SequenceBatch sequences = batch.sequences();
    if (sequences == null) {
      replay.update(batch, errors);
    } else {
      replay.update(sequences, errors);
    }
  }

  /** How many updates there were, the present one included. */
  protected final long updates() {
    return updates;
  }

  /** Returns whether the number of updates so far is a multiple of an interval. */
  protected final boolean every(int interval) {
    return updates % interval == 0;
  }

  /** Returns whether a network remembers what was observed before. */
  protected final boolean recurrent() {
    return batch.sequences() != null;
  }

  /** The learning rate now. */
  protected final double learningRate() {
    return learningRate.now();
  }

  /** How far target networks move. */
  protected final float tau() {
    return (float) learning.tau();
  }

  /** The memory. */
  public final Replay replay() {
    return replay;
  }

  /** Counts; a subclass adds what it measures. */
  @Override
  public void report(Metrics metrics) {
    metrics.scalar("replay_size", replay.size());
    metrics.scalar("updates", (double) updates);
  }

  @Override
  public final void carry(State state) {
    state.begin(name, 1);
    steps = state.carry("steps", steps);
    updates = state.carry("updates", updates);
    carryLearned(state);
    state.carry("drawing", drawing);
    state.carry("noise", noise);
    carryMeans(state);
    state.carry("replay", replay);
    carryMore(state);
    state.end();
  }

  /** Carries networks and optimisers. */
  protected abstract void carryLearned(State state);

  /** Carries means of what updates measure, if there are any. */
  protected void carryMeans(State state) {}

  /** Carries what else the future depends on, if there is anything. */
  protected void carryMore(State state) {}
}
