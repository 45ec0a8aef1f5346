package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Rounds;
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
public final class A2c implements Learner {
  /** The id of this learner. */
  public static final String ID = "a2c";

  private static final double RMSPROP_DECAY = 0.99;

  private final Config config;
  private final ActorCriticNetworks networks;
  private final ActorCriticTraining training;
  private final Rollout rollout;
  private final Scheduled learningRate;
  private final Minibatches minibatches;
  private final double[] advantage;
  private final double[] target;
  private final ActorPolicy behaviour;
  private final ActorPolicy policy;
  private final Optional<ValueFunction> values;

  private final UpdateMeans means =
      new UpdateMeans("policy_loss", "value_loss", "entropy", "gradient_norm");
  private double explainedVariance;

  /**
   * A learner with networks of its own.
   *
   * @throws IllegalArgumentException if it can't take the actions
   */
  public A2c(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    int capacity = OnPolicy.capacity(ID, config.nSteps(), context.rows());
    if (config.normalizeAdvantage() && capacity == 1) {
      throw new IllegalArgumentException(
          "n_steps · environments must be at least 2 with normalize_advantage, was 1 · 1");
    }
    this.config = config;
    this.networks = ActorCriticNetworks.create(context, config.network());
    this.training = new ActorCriticTraining(networks, config.optimizerSpec(), capacity);
    this.rollout =
        new Rollout(
            networks, capacity, context.rows(), context.spec().maskWidth(), config.nSteps());
    this.minibatches = new Minibatches(rollout, training, capacity, capacity);
    this.learningRate = new Scheduled(config.learningRate(), context.progress());
    this.advantage = new double[capacity];
    this.target = new double[capacity];
    this.behaviour = ActorPolicy.sampling(networks);
    this.policy = ActorPolicy.mode(networks);
    this.values = networks.values();
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      rollout.add(transitions, rows.at(i), training);
      if (rollout.full()) {
        rollout.finish(training, config.gamma(), config.gaeLambda());
        explainedVariance = rollout.explainedVariance();
        improve();
        rollout.clear();
      }
    }
  }

  private void improve() {
    minibatches.begin();
    int n = minibatches.next();
    int[] slots = minibatches.slots();
    training.forward(rollout.observations(), rollout.taken(), slots, 0, n);
    for (int i = 0; i < n; i++) {
      advantage[i] = rollout.advantage(slots[i]);
      target[i] = rollout.target(slots[i]);
    }
    if (config.normalizeAdvantage()) {
      Losses.normalise(n, advantage);
    }
    double policyLoss =
        Losses.policyGradient(
            n, training.logProbability, advantage, training.logProbabilityGradient);
    double valueLoss =
        Losses.squaredError(n, training.value, target, config.vfCoef(), training.valueGradient);
    double entropy = Losses.mean(n, training.entropy);
    training.requireFiniteLoss(
        policyLoss + config.vfCoef() * valueLoss - config.entCoef() * entropy);
    training.clearGradients();
    training.backward(-config.entCoef() / n);
    double rate = learningRate.now();
    double norm = training.step(rate, rate, config.maxGradNorm());
    means.add(policyLoss, valueLoss, entropy, norm);
  }

  /** Draws from the policy network. */
  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** The likeliest action. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** Until the rollout is full. */
  @Override
  public Rounds rounds() {
    return new Rounds.Fixed(rollout.stepsLeft(), networks.acting());
  }

  @Override
  public Optional<ValueFunction> values() {
    return values;
  }

  /** Means of the losses since the last report, the rest of the last rollout. */
  @Override
  public void report(Metrics metrics) {
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate.now());
      if (!Double.isNaN(explainedVariance)) {
        metrics.scalar("explained_variance", explainedVariance);
      }
    }
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 1);
    state.carry("networks", networks);
    state.carry("training", training);
    state.carry("rollout", rollout);
    state.carry("means", means);
    explainedVariance = state.carry("explained_variance", explainedVariance);
    state.end();
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
   * @param network layers of both networks
   */
  @RecordBuilder
  public record Config(
      @Described(value = "step size of the optimiser", range = "above 0", aliases = "lr")
          Schedule learningRate,
      @Described(value = "steps of each environment before an update", range = "at least 1")
          int nSteps,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
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
