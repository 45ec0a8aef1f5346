package com.example.drive;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.dqn.DeepControl;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.dqn.ValueLoss;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * Learns action values with a network, from replayed transitions and with a target network: DQN in
 * its shortest form, as a starting point for other deep learners.
 *
 * <pre>θ ← θ − α ∇ huber(Q(S, A; θ) − (R + γ max_a Q(S', a; θ⁻)))</pre>
 *
 * <p>Source: Mnih et al., <i>Human-level control through deep reinforcement learning</i>, Nature
 * 518, 2015, algorithm 1, with Adam and by default a target network that follows at a constant
 * rate. Takes observations of any space and Discrete actions, with or without masks. Not
 * thread-safe.
 */
public final class DeepQLearning extends DeepControl {
  private static final String NAME = "deep-q-learning";

  /**
   * Makes a learner with new networks and an empty memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or values are to be rescaled
   */
  public DeepQLearning(LearnerContext context, DqnConfig config) {
    config.refuseRescaling(NAME);
    super(NAME, context, config, new Loss(actions(NAME, context), config.learning().batchSize()));
  }

  /** huber(Q(S, A) − target) with target = R + γ max_a Q⁻(S', a). */
  private static final class Loss extends ValueLoss {
    Loss(Discrete actions, int size) {
      super(actions, size);
    }

    @Override
    protected void compute(ReplayBatch batch, int row, int from) {
      float target = batch.rewards()[row];
      float bootstrap = batch.bootstraps()[row];
      if (bootstrap != 0) {
        target += bootstrap * nextValues[from + best(batch, row, choosing, from)];
      }
      int at = from + taken(batch, row);
      meanValue += values[at] / batch.size();
      learn(row, at, values[at] - target, batch.weights()[row] / batch.size());
    }
  }

  /** ε falls from 1 to 0.05 over the first fifth of the budget. */
  public static DqnConfig defaults() {
    DqnConfig dqn = DqnConfig.defaults();
    return dqn.withLearning(
            dqn.learning()
                .with(learning ->
                    learning
                        .learningRate(Schedule.constant(1e-3))
                        .bufferSize(50_000)
                        .learningStarts(1_000)
                        .batchSize(64)
                        .tau(0.01)
                        .trainFreq(1)))
        .withTargetUpdateInterval(1)
        .withExploration(Schedule.linear(1, 0.05, 0.2, Schedule.Clock.FRACTION));
  }
}
