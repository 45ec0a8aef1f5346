package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.LearnerContext;

/**
 * Learns action values by Q-learning on transitions drawn from a memory, towards a target network
 * that follows slowly.
 *
 * <pre>
 * θ ← θ − α ∇ huber(Q(S, A; θ) − (R + γ max_a Q(S', a; θ⁻)))
 * </pre>
 *
 * <p>Source: Mnih et al., <i>Human-level control through deep reinforcement learning</i>, Nature
 * 518, 2015, algorithm 1. Each of these is an option, independent of the others: double Q-learning
 * (van Hasselt, Guez and Silver, 2016), the dueling head (Wang et al., 2016), prioritised replay
 * (Schaul et al., 2016), returns over n steps, and noisy layers (Fortunato et al., 2018; set the
 * exploration to 0). Departures from the source are those of Stable-Baselines3, whose defaults
 * these are: Adam, Huber's loss rather than a clipped error, gradients clipped by global norm, and
 * actions at random until learning starts. Beyond both, the maximum is over the actions that the
 * mask of S' allows, a truncated episode bootstraps from its true last observation, and γ is
 * multiplied by the environment's own discount.
 */
public final class Dqn extends DeepControl {
  /** The id of this learner. */
  public static final String ID = "dqn";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public Dqn(LearnerContext context, DqnConfig config) {
    super(
        ID,
        context,
        config,
        new TdLoss(actions(ID, context), config.learning().batchSize(), config.valueRescaling()));
  }
}
