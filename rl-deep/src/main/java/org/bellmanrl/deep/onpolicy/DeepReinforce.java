package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.optimizer.Sgd;
import org.jspecify.annotations.Nullable;

/**
 * REINFORCE with networks: Monte Carlo policy gradient, with a learned baseline or without.
 *
 * <pre>
 * δ_t = G_t − v(S_t)                       v is 0 without a baseline
 * w ← w + α_w Σ_t δ_t ∇ v(S_t)
 * θ ← θ + α Σ_t γ^t δ_t ∇ ln π(A_t | S_t)   over the steps of an ended episode
 * </pre>
 *
 * <p>Source: Williams, <i>Simple Statistical Gradient-Following Algorithms for Connectionist
 * Reinforcement Learning</i>, Machine Learning 8, 1992; Sutton &amp; Barto, 2nd ed., 2018, sections
 * 13.3 and 13.4. Departures from the book's box: one step per episode along the sum of its
 * gradients, all at the parameters that it was played with, as Williams has it; and Adam, unless
 * told otherwise. γ is multiplied by the environment's own discount. A truncated episode counts
 * with the return it has, which is too little: only methods that bootstrap do without that bias.
 * One that is abandoned in the middle is not learned from. Masked actions have probability 0
 * throughout.
 *
 * <p>Rows whose episodes end together are learned from one after the other. Holds the steps of the
 * episodes in flight. Not thread-safe.
 */
public final class DeepReinforce extends ActorCritic {
  /** The id of this learner. */
  public static final String ID = "deep-reinforce";

  /** How many steps go through the networks at once. */
  private static final int CHUNK = 64;

  private final Config config;
  private final ActorCriticTraining training;
  private final EpisodeSteps[] episodes;
  private final Scheduled learningRate;
  private final @Nullable Scheduled baselineLearningRate;
  private final UpdateMeans means =
      new UpdateMeans("policy_loss", "value_loss", "entropy", "gradient_norm");

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions, or the task never ends
   */
  public DeepReinforce(LearnerContext context, Config config) {
    EnvironmentSpec spec = context.spec();
    accepts().check(ID, spec);
    if (!spec.terminates() && spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          ID
              + " needs episodes that end, but those of "
              + spec.name()
              + " don't; set max_episode_steps");
    }
    refuseRecurrence(ID, config.network());
    super(ActorCriticNetworks.create(context, config.network()));
    this.config = config;
    this.training = new ActorCriticTraining(networks, config.optimizerSpec(), CHUNK);
    this.episodes = new EpisodeSteps[context.rows()];
    Arrays.setAll(episodes, row -> new EpisodeSteps(networks, spec.maskWidth()));
    this.learningRate = new Scheduled(config.learningRate(), context.progress());
    this.baselineLearningRate =
        config
            .baselineLearningRate()
            .map(schedule -> new Scheduled(schedule, context.progress()))
            .orElse(null);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeSteps episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(transitions, row);
      if (transitions.last(row)) {
        learn(episode);
        episode.clear();
      }
    }
  }

  private void learn(EpisodeSteps episode) {
    episode.sumReturns(config.gamma());
    training.clearGradients();
    double policyLoss = 0;
    double valueLoss = 0;
    double entropy = 0;
    for (int from = 0; from < episode.length(); from += CHUNK) {
      int n = Math.min(CHUNK, episode.length() - from);
      if (baselineLearningRate == null) {
        training.forwardPolicy(episode.observations(), episode.taken(), episode.slots(), from, n);
      } else {
        training.forward(episode.observations(), episode.taken(), episode.slots(), from, n);
      }
      for (int i = 0; i < n; i++) {
        double delta = episode.episodeReturn(from + i) - training.value[i];
        double weight = episode.discounting(from + i) * delta;
        policyLoss -= weight * training.logProbability[i];
        valueLoss += delta * delta / 2;
        entropy += training.entropy[i];
        training.logProbabilityGradient[i] = -weight;
        training.valueGradient[i] = -delta;
      }
      training.requireFiniteLoss(policyLoss + valueLoss);
      if (baselineLearningRate == null) {
        training.backwardPolicy(0);
      } else {
        training.backward(0);
      }
    }
    double baselineRate = baselineLearningRate == null ? 0 : baselineLearningRate.now();
    double norm = training.step(learningRate.now(), baselineRate, config.maxGradNorm());
    int steps = episode.length();
    means.add(policyLoss / steps, valueLoss / steps, entropy / steps, norm);
  }

  /** What is also behaved by: draws from the network, because a random policy may be the best. */
  @Override
  public Policy policy() {
    return behaviour();
  }

  /** The baseline; of no meaning without one. */
  @Override
  public Optional<ValueFunction> values() {
    return baselineLearningRate == null ? Optional.empty() : super.values();
  }

  /** Means per step of the episodes that ended since the last report. */
  @Override
  public void report(Metrics metrics) {
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate.now());
    }
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 1);
    state.carry("networks", networks);
    state.carry("training", training);
    state.carry("means", means);
    for (EpisodeSteps episode : episodes) {
      state.carry("episode", episode);
    }
    state.end();
  }

  /** Which optimiser takes the steps. */
  public enum OptimizerKind {
    /** Adam with the values of its paper. */
    ADAM,
    /** Plain stochastic gradient descent, the book's. */
    SGD
  }

  /**
   * Hyperparameters. The step sizes are ours, for Adam; the book's are for linear functions.
   *
   * @param learningRate α, above 0
   * @param baselineLearningRate α_w, above 0; empty for no baseline
   * @param gamma γ, in [0, 1]
   * @param maxGradNorm largest norm of all gradients together, above 0; infinite for any
   * @param optimizer which one
   * @param network layers of both networks
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size of the policy",
              range = Require.POSITIVE,
              aliases = {"alpha", "lr"})
          Schedule learningRate,
      @Described(
              value = "step size of the baseline; None for no baseline",
              range = Require.POSITIVE)
          Optional<Schedule> baselineLearningRate,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "largest norm of all gradients together; inf for any", range = "(0, inf]")
          double maxGradNorm,
      @Described("what takes the steps") OptimizerKind optimizer,
      ActorCriticLayers network)
      implements DeepReinforceConfigBuilder.With {
    public Config {
      Require.learningRate("learning_rate", learningRate);
      baselineLearningRate.ifPresent(rate -> Require.learningRate("baseline_learning_rate", rate));
      Require.unit("gamma", gamma);
      Require.inRange("max_grad_norm", maxGradNorm, "(0, inf]");
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(1e-3),
          Optional.of(Schedule.constant(3e-3)),
          0.99,
          Double.POSITIVE_INFINITY,
          OptimizerKind.ADAM,
          ActorCriticLayers.of(Activation.TANH, 64, 64));
    }

    private OptimizerSpec optimizerSpec() {
      return switch (optimizer) {
        case ADAM -> new Adam();
        case SGD -> new Sgd(0);
      };
    }
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return RolloutLearner.accepts();
  }
}
