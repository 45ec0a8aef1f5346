package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.optimizer.RmsProp;

/**
 * Advantage actor-critic: one step along the policy gradient after every few steps of all
 * environments.
 *
 * <pre>
 * loss = −mean(ln π(A|S) Â) + c_v mean((v(S) − G)²) − c_e mean(H[π(·|S)])
 * </pre>
 *
 * <p>Source: Mnih et al., <i>Asynchronous Methods for Deep Reinforcement Learning</i>, 2016,
 * algorithm S3, in its synchronous form, where all environments wait for one update. With λ = 1, Â
 * is the return up to the end of the rollout, continued by v, less v(S); below, it is that of
 * Schulman et al., 2016. γ is multiplied by the environment's own discount, and at a truncation v
 * of the true last observation continues. G = Â + v(S), and neither is differentiated. As in
 * Stable-Baselines3: the norm of all gradients together is limited. Masked actions have probability
 * 0 throughout. Recurrent layers learn from each row's steps of a rollout as a sequence, which
 * begins with the state that the networks had there.
 *
 * <p>Learns when {@code n_steps · environments} steps have come, in whichever rows. Not
 * thread-safe.
 */
public final class A2c extends RolloutLearner {
  /** The id of this learner. */
  public static final String ID = "a2c";

  private static final double RMSPROP_DECAY = 0.99;

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions
   */
  public A2c(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    int nSteps = config.learning().nSteps();
    int capacity = capacity(ID, nSteps, context.rows());
    if (config.normalizeAdvantage() && capacity == 1) {
      throw new IllegalArgumentException(
          "n_steps · environments must be at least 2 with normalize_advantage, was 1 · 1");
    }
    super(
        ID,
        context,
        config.learning(),
        config.optimizerSpec(),
        new Shape(capacity, capacity, capacity, nSteps, config.normalizeAdvantage()),
        config.gaeLambda());
  }

  @Override
  void improve() {
    int n = minibatches.next();
    minibatches.forward(0, n);
    stepAlongPolicyGradient(n);
  }

  /** Which optimiser takes the steps. */
  public enum OptimizerKind {
    /** RMSProp with decay 0.99, as in the paper. */
    RMSPROP,
    /** Adam with decays 0.9 and 0.999. */
    ADAM
  }

  /**
   * Hyperparameters, by the names and with the defaults of Stable-Baselines3.
   *
   * @param learning rollout, losses and networks
   * @param gaeLambda λ, in [0, 1]
   * @param normalizeAdvantage whether each rollout's advantages get mean 0 and deviation 1
   * @param optimizer which one
   * @param optimizerEps added to the root of the mean square, above 0
   */
  @RecordBuilder
  public record Config(
      OnPolicyConfig learning,
      @Described(value = "how far advantages look ahead", range = Require.UNIT, aliases = "lambda")
          double gaeLambda,
      @Described("whether advantages are normalised per rollout") boolean normalizeAdvantage,
      @Described("what takes the steps") OptimizerKind optimizer,
      @Described(value = "added to the root of the mean square", range = Require.POSITIVE)
          double optimizerEps)
      implements A2cConfigBuilder.With {
    public Config {
      Require.unit("gae_lambda", gaeLambda);
      Require.positive("optimizer_eps", optimizerEps);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OnPolicyConfig(
              Schedule.constant(7e-4),
              5,
              0.99,
              0,
              0.5,
              0.5,
              GaussianActions.defaults(),
              true,
              ActorCriticLayers.of(Activation.TANH, 64, 64)),
          1,
          false,
          OptimizerKind.RMSPROP,
          1e-5);
    }

    private OptimizerSpec optimizerSpec() {
      return switch (optimizer) {
        case RMSPROP -> new RmsProp(RMSPROP_DECAY, optimizerEps, false);
        case ADAM -> new Adam(0.9, 0.999, optimizerEps);
      };
    }
  }
}
