package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Accepts;
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

  private final double valueWeight;
  private final double entropyWeight;

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions
   */
  public A2c(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    int capacity = capacity(ID, config.nSteps(), context.rows());
    if (config.normalizeAdvantage() && capacity == 1) {
      throw new IllegalArgumentException(
          "n_steps · environments must be at least 2 with normalize_advantage, was 1 · 1");
    }
    super(
        ID,
        context,
        config.network(),
        config.actions(),
        config.optimizerSpec(),
        config.learningRate(),
        new Shape(capacity, capacity, capacity, config.nSteps(), config.normalizeAdvantage()),
        config.gamma(),
        config.gaeLambda(),
        config.maxGradNorm());
    this.valueWeight = config.vfCoef();
    this.entropyWeight = config.entCoef();
  }

  @Override
  void improve() {
    int n = minibatches.next();
    minibatches.forward(0, n);
    stepAlongPolicyGradient(n, valueWeight, entropyWeight);
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
   * @param learningRate of the optimiser, above 0
   * @param nSteps steps of each environment before an update, at least 1
   * @param gamma γ, in [0, 1]
   * @param gaeLambda λ, in [0, 1]
   * @param normalizeAdvantage whether each rollout's advantages get mean 0 and deviation 1
   * @param entCoef c_e, at least 0
   * @param vfCoef c_v, at least 0
   * @param maxGradNorm largest norm of all gradients together, above 0
   * @param optimizer which one
   * @param optimizerEps added to the root of the mean square, above 0
   * @param actions how actions of real numbers are distributed
   * @param network layers of both networks
   */
  @RecordBuilder
  public record Config(
      @Described(value = "step size of the optimiser", range = "above 0", aliases = "lr")
          Schedule learningRate,
      @Described(value = "steps of each environment before an update", range = "at least 1")
          int nSteps,
      @Described(value = "discount factor of the task", range = "[0, 1]") double gamma,
      @Described(value = "how far advantages look ahead", range = "[0, 1]", aliases = "lambda")
          double gaeLambda,
      @Described("whether advantages are normalised per rollout") boolean normalizeAdvantage,
      @Described(value = "weight of the entropy", range = "at least 0") double entCoef,
      @Described(value = "weight of the value loss", range = "at least 0") double vfCoef,
      @Described(value = "largest norm of all gradients together", range = "above 0")
          double maxGradNorm,
      @Described("what takes the steps") OptimizerKind optimizer,
      @Described(value = "added to the root of the mean square", range = "above 0")
          double optimizerEps,
      GaussianActions actions,
      ActorCriticLayers network)
      implements A2cConfigBuilder.With {
    public Config {
      Require.learningRate("learning_rate", learningRate);
      Require.atLeast("n_steps", nSteps, 1);
      Require.unit("gamma", gamma);
      Require.unit("gae_lambda", gaeLambda);
      Require.notNegative("ent_coef", entCoef);
      Require.notNegative("vf_coef", vfCoef);
      Require.inRange("max_grad_norm", maxGradNorm, "(0, Infinity]");
      Require.positive("optimizer_eps", optimizerEps);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(7e-4),
          5,
          0.99,
          1,
          false,
          0,
          0.5,
          0.5,
          OptimizerKind.RMSPROP,
          1e-5,
          GaussianActions.defaults(),
          ActorCriticLayers.of(Activation.TANH, 64, 64));
    }

    private OptimizerSpec optimizerSpec() {
      return switch (optimizer) {
        case RMSPROP -> new RmsProp(RMSPROP_DECAY, optimizerEps, false);
        case ADAM -> new Adam(0.9, 0.999, optimizerEps);
      };
    }
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return OnPolicy.accepts();
  }
}
