package org.bellmanrl.deep.replay;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;

/**
 * Hyperparameters of learners that learn from a replay memory and towards target networks, by the
 * names of Stable-Baselines3.
 *
 * @param learningRate step size of Adam, above 0 at first and never below
 * @param bufferSize observations that are kept, over all rows; see {@link ReplayConfig#capacity}
 * @param learningStarts transitions before the first update, at least 0
 * @param batchSize transitions in an update, from 1 to bufferSize
 * @param tau how far a target network moves each time, in (0, 1]; 1 copies
 * @param gamma γ, in [0, 1]
 * @param trainFreq transitions between updates, at least 1
 * @param gradientSteps updates each time, at least 1, or −1 for one per transition
 * @param relabelledGoals share of drawn transitions whose goal is replaced by one that was achieved
 *     later in the episode, in [0, 1]: hindsight experience replay. For tasks with goals; 0.8 is
 *     usual there, and 0 anywhere else
 * @param sequenceLength the most steps that recurrent layers learn from at once, at least 1; an
 *     update takes as many sequences as fit into batchSize, and sequences overlap by half
 * @param burnIn steps before these that bring states up to date, from those that were stored when
 *     the learner acted, at least 0
 * @param frames how many frames are stacked in an observation; each is then stored once; see {@link
 *     ReplayConfig#frames}
 * @param compressedFrames whether observations of bytes are kept compressed; see {@link
 *     ReplayConfig#compressedFrames}
 */
@RecordBuilder
public record OffPolicyConfig(
    @Described(value = "step size of Adam", range = Require.POSITIVE, aliases = "lr")
        Schedule learningRate,
    @Described(value = "observations that are kept", range = Require.AT_LEAST_ONE) int bufferSize,
    @Described(value = "steps before the first update", range = Require.NOT_NEGATIVE)
        int learningStarts,
    @Described(value = "transitions in an update", range = "[1, buffer_size]") int batchSize,
    @Described(value = "how far target networks move; 1 copies", range = "(0, 1]") double tau,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "steps between updates", range = Require.AT_LEAST_ONE) int trainFreq,
    @Described(value = "updates each time; -1 for one per step", range = "-1 or at least 1")
        int gradientSteps,
    @Described(
            value = "share of transitions whose goal becomes one achieved later (HER)",
            range = Require.UNIT)
        double relabelledGoals,
    @Described(
            value = "steps that recurrent layers learn from at once",
            range = Require.AT_LEAST_ONE)
        int sequenceLength,
    @Described(
            value = "steps before these that bring the state up to date",
            range = Require.NOT_NEGATIVE)
        int burnIn,
    @Described(
            value = "frames stacked in an observation, each stored once",
            range = Require.AT_LEAST_ONE)
        int frames,
    @Described("whether pictures are kept compressed in the memory") boolean compressedFrames)
    implements OffPolicyConfigBuilder.With {
  public OffPolicyConfig {
    Require.learningRate("learning_rate", learningRate);
    Require.atLeast("buffer_size", bufferSize, 1);
    Require.atLeast("learning_starts", learningStarts, 0);
    Require.inRange("batch_size", batchSize, "[1, " + bufferSize + "]");
    Require.inRange("tau", tau, "(0, 1]");
    Require.unit("gamma", gamma);
    Require.atLeast("train_freq", trainFreq, 1);
    if (gradientSteps != -1) {
      Require.atLeast("gradient_steps", gradientSteps, 1);
    }
    Require.unit("relabelled_goals", relabelledGoals);
    Require.atLeast("sequence_length", sequenceLength, 1);
    Require.atLeast("burn_in", burnIn, 0);
    Require.atLeast("frames", frames, 1);
  }

  /** Sequences of 16 steps without a burn-in, and observations kept as they are. */
  public OffPolicyConfig(
      Schedule learningRate,
      int bufferSize,
      int learningStarts,
      int batchSize,
      double tau,
      double gamma,
      int trainFreq,
      int gradientSteps,
      double relabelledGoals) {
    this(
        learningRate,
        bufferSize,
        learningStarts,
        batchSize,
        tau,
        gamma,
        trainFreq,
        gradientSteps,
        relabelledGoals,
        16,
        0,
        1,
        false);
  }

  /**
   * Returns how many updates become due.
   *
   * @param before transitions seen before, over all rows
   * @param after transitions seen now
   */
  public long updates(long before, long after) {
    if (after <= learningStarts) {
      return 0;
    }
    long each = gradientSteps < 0 ? trainFreq : gradientSteps;
    return each * (after / trainFreq - before / trainFreq);
  }

  /** Returns how many sequences an update takes, if a network is recurrent. */
  public int sequences() {
    return batchSize / sequenceSteps();
  }

  private int sequenceSteps() {
    return Math.min(sequenceLength, batchSize);
  }

  /**
   * Returns the memory to learn from: of single transitions, or of sequences that overlap by half
   * if a network is recurrent.
   *
   * @param stateSize how many numbers the states of the networks have; if 0, there are no sequences
   */
  public ReplayConfig replay(int stateSize) {
    int steps = sequenceSteps();
    return new ReplayConfig(
        bufferSize,
        1,
        gamma,
        frames,
        Optional.empty(),
        relabelledGoals,
        stateSize > 0
            ? Optional.of(new SequenceConfig(burnIn, steps, Math.max(1, steps / 2), stateSize))
            : Optional.empty(),
        compressedFrames);
  }
}
