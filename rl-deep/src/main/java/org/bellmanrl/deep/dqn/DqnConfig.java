package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.replay.OffPolicyConfig;
import org.bellmanrl.deep.replay.Prioritisation;
import org.bellmanrl.deep.replay.ReplayConfig;

/**
 * Hyperparameters of DQN and its relatives.
 *
 * @param learning memory and updates; learningStarts is at most bufferSize
 * @param targetUpdateInterval transitions between moves of the target network, at least 1
 * @param exploration ε, in [0, 1]; until learning starts it is 1
 * @param maxGradNorm largest norm of the gradients, above 0
 * @param network hidden layers of the network
 * @param doubleQ whether the online network chooses the action that is bootstrapped from
 * @param dueling whether the head is dueling
 * @param nSteps over how many steps rewards are added up, at least 1
 * @param prioritised whether transitions are drawn by priority
 * @param priorityAlpha how much errors count in priorities, in [0, 1]
 * @param priorityBeta how far importance weights correct for that, in [0, 1]
 * @param noisy whether dense layers are noisy
 * @param paramNoise whether parameters are perturbed for each episode, by as much as the policy
 *     strays from the greedy one with ε, instead of random actions; not with recurrent layers or
 *     noisy ones. Layer normalisation belongs between the layers
 * @param valueRescaling whether the network learns h of values, as {@link TdLoss} has it
 */
@RecordBuilder
public record DqnConfig(
    OffPolicyConfig learning,
    @Described(value = "steps between moves of the target network", range = Require.AT_LEAST_ONE)
        int targetUpdateInterval,
    @Described(value = "probability of exploring", range = Require.UNIT, aliases = "epsilon")
        Schedule exploration,
    @Described(value = "largest norm of all gradients together", range = Require.POSITIVE)
        double maxGradNorm,
    Trunk network,
    @Described("whether the online network chooses what the target network values") boolean doubleQ,
    @Described("whether the head is dueling") boolean dueling,
    @Described(value = "steps over which rewards are added up", range = Require.AT_LEAST_ONE)
        int nSteps,
    @Described("whether transitions are drawn by priority") boolean prioritised,
    @Described(value = "how much errors count in priorities", range = Require.UNIT)
        double priorityAlpha,
    @Described(value = "how far weights correct for priorities", range = Require.UNIT)
        Schedule priorityBeta,
    @Described("whether layers are noisy; explore by that alone with exploration=0") boolean noisy,
    @Described("whether parameters are perturbed for each episode, as far as exploration has it")
        boolean paramNoise,
    @Described("whether values are rescaled by about a square root") boolean valueRescaling)
    implements DqnConfigBuilder.With {
  private static final double PRIORITY_EPSILON = 1e-6;

  public DqnConfig {
    Require.inRange(
        "learning_starts", learning.learningStarts(), "[0, " + learning.bufferSize() + "]");
    Require.atLeast("target_update_interval", targetUpdateInterval, 1);
    Require.unit("exploration", exploration);
    Require.positive("max_grad_norm", maxGradNorm);
    Require.atLeast("n_steps", nSteps, 1);
    Require.unit("priority_alpha", priorityAlpha);
    Require.unit("priority_beta", priorityBeta);
    if (paramNoise && (noisy || network.recurrent())) {
      throw new IllegalArgumentException(
          "param_noise must be false with noisy or recurrent layers, noisy was %s and hidden %s"
              .formatted(noisy, network.hidden()));
    }
    if (learning.relabelledGoals() > 0 && nSteps > 1) {
      throw new IllegalArgumentException(
          "relabelled_goals must be 0 with n_steps above 1, was " + learning.relabelledGoals());
    }
  }

  /** The defaults of Stable-Baselines3. */
  public static DqnConfig defaults() {
    return new DqnConfig(
        new OffPolicyConfig(Schedule.constant(1e-4), 1_000_000, 100, 32, 1, 0.99, 4, 1, 0),
        10_000,
        Schedule.linear(1, 0.05, 0.1, Schedule.Clock.FRACTION),
        10,
        Trunk.of(Activation.RELU, 64, 64),
        false,
        false,
        1,
        false,
        0.6,
        Schedule.linear(0.4, 1, 1, Schedule.Clock.FRACTION),
        false,
        false,
        false);
  }

  /**
   * The settings of R2D2 (Kapturowski et al., 2019, table 2): a recurrent network, sequences of 80
   * steps after a burn-in of 40 from the state that was stored, drawn by priority, double
   * Q-learning over 5 steps, a dueling head and rescaled values. Exploration, memory and batch are
   * those of one process: 16 sequences from 100,000 steps, where R2D2 draws 64 from 4 million of
   * 256 actors.
   */
  public static DqnConfig r2d2() {
    DqnConfig defaults = defaults();
    OffPolicyConfig learning =
        defaults.learning.with(learn ->
            learn
                .bufferSize(100_000)
                .learningStarts(2_000)
                .batchSize(16 * 80)
                .gamma(0.997)
                .sequenceLength(80)
                .burnIn(40));
    return defaults.with(r2d2 ->
        r2d2.learning(learning)
            .targetUpdateInterval(2_500)
            .maxGradNorm(40)
            .network(Trunk.parse(Activation.RELU, "64", "lstm 64"))
            .doubleQ(true)
            .dueling(true)
            .nSteps(5)
            .prioritised(true)
            .priorityAlpha(0.9)
            .priorityBeta(Schedule.constant(0.6))
            .valueRescaling(true));
  }

  /**
   * Refuses rescaled values, for learners that cannot learn them.
   *
   * @param name of the learner
   * @throws IllegalArgumentException if values are to be rescaled
   */
  public void refuseRescaling(String name) {
    if (valueRescaling) {
      throw new IllegalArgumentException(
          name + " does not support rescaled values: value_rescaling must be false");
    }
  }

  /** Returns the configuration of the memory for a network whose state has this many numbers. */
  ReplayConfig replay(int stateSize) {
    ReplayConfig memory = learning.replay(stateSize).withNStep(nSteps);
    return prioritised
        ? memory.withPrioritisation(
            Optional.of(new Prioritisation(priorityAlpha, PRIORITY_EPSILON)))
        : memory;
  }
}
