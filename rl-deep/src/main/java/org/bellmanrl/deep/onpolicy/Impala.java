package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Learner.Rounds;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.optimizer.RmsProp;

/**
 * Importance-weighted actor-learner: the actor-critic of {@link A2c} that allows for a behaviour
 * which lags behind what is learned, as it does where actors step many environments ahead of the
 * learner.
 *
 * <pre>
 * loss = −mean(ln π(A|S) Â) + c_v mean((v(S) − G)²) − c_e mean(H[π(·|S)])
 * </pre>
 *
 * <p>Source: Espeholt et al., <i>IMPALA: Scalable Distributed Deep-RL with Importance Weighted
 * Actor-Learner Architectures</i>, 2018, section 4. Â and G are those of V-trace: with the ratio
 * π(A|S) / μ(A|S) of the policy now to the behaviour then, ρ and c are the ratio limited to ρ̄ and
 * c̄,
 *
 * <pre>
 * G = v(S) + ρ (R + γ v(S') − v(S)) + γ λ c (G' − v(S'))
 * Â = ρ (R + γ G' − v(S))
 * </pre>
 *
 * and neither is differentiated. If the behaviour is the policy itself, both are those of A2C with
 * λ = 1. γ is multiplied by the environment's own discount, and at a truncation v of the true last
 * observation continues. Departures from the paper: losses are means instead of sums. Masked
 * actions have probability 0 throughout. Recurrent layers learn from each row's steps of a rollout
 * as a sequence, which begins with the state that the networks had there.
 *
 * <p>Learns when {@code n_steps · environments} steps have come, in whichever rows. Rows may be
 * stepped any number of steps ahead ({@link Rounds.Any}), which bounds the lag. Not thread-safe.
 */
public final class Impala extends RolloutLearner {
  /** The id of this learner. */
  public static final String ID = "impala";

  private final Config config;

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions
   */
  public Impala(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    int nSteps = config.learning().nSteps();
    int capacity = capacity(ID, nSteps, context.rows());
    super(
        ID,
        context,
        config.learning(),
        new RmsProp(config.rmspropDecay(), config.rmspropEps(), false),
        new Shape(capacity, capacity, capacity, nSteps, false),
        config.lambda());
    this.config = config;
  }

  @Override
  void improve() {
    int n = minibatches.next();
    minibatches.forward(0, n);
    minibatches.correct(
        n, config.learning().gamma(), config.lambda(), config.largestRho(), config.largestC());
    stepAlongPolicyGradient(n);
  }

  /** Whatever the behaviour was, the ratios make up for it. */
  @Override
  public Rounds rounds() {
    return new Rounds.Any(acting());
  }

  /**
   * Hyperparameters; the defaults are the paper's, but for the weights of losses that are means.
   *
   * @param learning rollout, losses and networks
   * @param lambda λ, in [0, 1]; with 1 as in the paper
   * @param largestRho ρ̄, above 0: it decides which policy's values are learned
   * @param largestC c̄, above 0: it limits how much later differences count
   * @param rmspropDecay of the mean square, in [0, 1)
   * @param rmspropEps added to the root of the mean square, above 0
   */
  @RecordBuilder
  public record Config(
      OnPolicyConfig learning,
      @Described(value = "how far returns look ahead", range = Require.UNIT) double lambda,
      @Described(
              value = "limit of the ratios that weigh a step",
              range = Require.POSITIVE,
              aliases = "rho_bar")
          double largestRho,
      @Described(
              value = "limit of the ratios that weigh what follows",
              range = Require.POSITIVE,
              aliases = "c_bar")
          double largestC,
      @Described(value = "decay of RMSProp's mean square", range = "[0, 1)") double rmspropDecay,
      @Described(value = "added to the root of the mean square", range = Require.POSITIVE)
          double rmspropEps)
      implements ImpalaConfigBuilder.With {
    public Config {
      Require.unit("lambda", lambda);
      Require.positive("largest_rho", largestRho);
      Require.positive("largest_c", largestC);
      Require.inRange("rmsprop_decay", rmspropDecay, "[0, 1)");
      Require.positive("rmsprop_eps", rmspropEps);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OnPolicyConfig(
              Schedule.constant(6e-4),
              20,
              0.99,
              0.01,
              0.5,
              40,
              GaussianActions.defaults(),
              true,
              ActorCriticLayers.of(Activation.TANH, 64, 64)),
          1,
          1,
          1,
          0.99,
          1e-5);
    }
  }
}
