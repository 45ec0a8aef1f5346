package org.bellmanrl.deep.sac;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Rounds;
import org.bellmanrl.api.SpaceKind;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.replay.OffPolicyConfig;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;

/**
 * Soft actor-critic: learns values of reward and entropy together from a memory, and a stochastic
 * policy for actions of real numbers that makes the most of both.
 *
 * <pre>
 * y = R + γ (min_k Q̄_k(S', A') − α ln π(A'|S')),   A' ~ π(·|S')
 * Q_k:  ½ mean((Q_k(S, A) − y)²)
 * π:    mean(α ln π(Ã|S) − min_k Q_k(S, Ã)),        Ã = tanh(μ(S) + σ(S) ε)
 * α:    mean(−ln α (ln π(Ã|S) + H̄))
 * Q̄_k ← Q̄_k + τ (Q_k − Q̄_k)
 * </pre>
 *
 * <p>Source: Haarnoja et al., <i>Soft Actor-Critic Algorithms and Applications</i>, 2018, algorithm
 * 1, with twin critics and a learned temperature. As in Stable-Baselines3: actions are uniformly
 * random until learning starts, ln σ is kept in [−20, 2], the networks know actions scaled to [−1,
 * 1], of which the entropy is too, and one α serves the whole update. γ is multiplied by the
 * environment's own discount: nothing is bootstrapped from a terminal state, and a truncated
 * episode goes on in its true last observation.
 *
 * <p>Frequencies count transitions over all rows. In one call all rows are stored first, then the
 * updates that have become due are made. Not thread-safe.
 */
public final class Sac implements Learner {

  private final Config config;
  private final Inputs inputs;
  private final ActionScale scale;
  private final Replay replay;
  private final ReplayBatch batch;
  private final Network policyNetwork;
  private final Workspace policyBatch;
  private final float[] policyGradients;
  private final Optimizer policyOptimizer;
  private final GlobalNorm norm = new GlobalNorm();
  private final SquashedGaussian distribution;
  private final TwinCritics critics;
  private final Temperature temperature;
  private final Scheduled learningRate;
  private final RandomStream drawing;
  private final RandomStream noise;
  private final double[] takenActions;
  private final double[] value;
  private final double[] target;
  private final double[] actionGradients;
  private final Policy behaviour;
  private final Policy policy;
  private final SoftValues values;
  private final UpdateMeans means =
      new UpdateMeans(
          "critic_loss",
          "critic_gradient_norm",
          "actor_loss",
          "actor_gradient_norm",
          "ent_coef_loss",
          "entropy");
  private long steps;
  private long updates;

  /**
   * A learner with networks and a memory of its own.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public Sac(LearnerContext context, Config config) {
    EnvironmentSpec spec = context.spec();
    accepts().check("sac", spec);
    OffPolicyConfig learning = config.learning();
    int n = learning.batchSize();
    this.config = config;
    this.scale = new ActionScale((Box) spec.actionSpace());
    int size = scale.size();
    this.inputs = new Inputs(new ObservationEncoder(spec.observationSpace()), size);
    this.replay =
        new Replay(
            spec, context.rows(), ReplayConfig.uniform(learning.bufferSize(), learning.gamma()));
    this.batch = replay.batch(n);
    RandomStream random = context.streams().stream(Role.INITIALISATION, 0);
    this.policyNetwork =
        Network.create(
            config
                .network()
                .network(
                    inputs.encoder(),
                    new Initialisation.FanIn(),
                    new Dense(SquashedGaussian.outputs(size), Activation.NONE)),
            random);
    this.policyBatch = policyNetwork.workspace(n, Workspace.Use.TRAINING);
    this.policyGradients = policyNetwork.newVector();
    this.policyOptimizer = new Adam().create(policyGradients.length);
    this.distribution = new SquashedGaussian(size, n);
    this.critics =
        new TwinCritics(
            config
                .critic()
                .critic(
                    inputs.encoder(),
                    size,
                    new Initialisation.FanIn(),
                    new Dense(1, Activation.NONE)),
            inputs,
            n,
            random);
    this.temperature =
        new Temperature(config.entCoef(), config.targetEntropy().orElse((double) -size));
    this.learningRate = new Scheduled(learning.learningRate(), context.progress());
    this.drawing = context.streams().stream(Role.REPLAY, 0);
    this.noise = context.streams().stream(Role.LEARNER, 0);
    this.takenActions = new double[n * size];
    this.value = new double[n];
    this.target = new double[n];
    this.actionGradients = new double[n * size];
    this.behaviour =
        SquashedPolicy.learning(
            policyNetwork, inputs.encoder(), scale, context.progress(), learning.learningStarts());
    this.policy = SquashedPolicy.mean(policyNetwork, inputs.encoder(), scale, context.progress());
    this.values =
        new SoftValues(inputs, policyNetwork, critics.network(0), critics.network(1), temperature);
  }

  @Override
  public void observe(Transitions transitions) {
    requireFinite(transitions);
    replay.add(transitions);
    long before = steps;
    steps += transitions.rows().count();
    for (long due = config.learning().updates(before, steps); due > 0; due--) {
      update();
    }
  }

  /** Stops a number that is not finite where it comes in, and names it. */
  private void requireFinite(Transitions transitions) {
    Rows rows = transitions.rows();
    inputs.encoder().requireFinite(transitions.nextObservations().values(), rows);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      double reward = transitions.reward()[row];
      if (!Float.isFinite((float) reward)) {
        throw new NonFiniteException(
            "a reward must be finite as a float, was %s in row %d".formatted(reward, row));
      }
    }
  }

  private void update() {
    int n = config.learning().batchSize();
    double rate = learningRate.now();
    double alpha = temperature.value();
    replay.sample(drawing, batch);

    drawActions(batch.nextObservations());
    critics.targetValues(policyBatch.inputs(), distribution.action, value);
    softTargets(
        n, batch.rewards(), batch.bootstraps(), value, alpha, distribution.logProbability, target);

    drawActions(batch.observations());
    gatherTakenActions();
    double criticLoss = critics.step(policyBatch.inputs(), takenActions, target, rate);

    critics.values(policyBatch.inputs(), distribution.action, -1.0 / n, value, actionGradients);
    double actorLoss = policyLoss(n, alpha, distribution.logProbability, value);
    double actorNorm = stepPolicy(actorLoss, alpha, rate);

    double meanLogProbability = mean(n, distribution.logProbability);
    double temperatureLoss = temperature.step(meanLogProbability, rate);

    updates++;
    if (updates % config.targetUpdateInterval() == 0) {
      critics.follow((float) config.learning().tau());
    }
    means.add(
        criticLoss,
        critics.gradientNorm(),
        actorLoss,
        actorNorm,
        temperatureLoss,
        -meanLogProbability);
  }

  /** Draws an action for each observation of a batch. */
  private void drawActions(Columns observations) {
    inputs.encoder().encode(observations, config.learning().batchSize(), policyBatch);
    policyNetwork.forward(policyBatch, config.learning().batchSize());
    distribution.sample(
        policyBatch.outputs(), policyBatch.outputStride(), config.learning().batchSize(), noise);
  }

  private void gatherTakenActions() {
    int size = scale.size();
    float[] played = batch.actions().floats();
    for (int i = 0; i < config.learning().batchSize(); i++) {
      for (int d = 0; d < size; d++) {
        takenActions[i * size + d] = scale.unit(d, played[i * size + d]);
      }
    }
  }

  /**
   * y = R + γ (min Q̄(S', A') − α ln π(A'|S')).
   *
   * @param bootstraps γ, times the environment's own discount
   * @param into takes y
   */
  static void softTargets(
      int n,
      float[] rewards,
      float[] bootstraps,
      double[] nextValue,
      double alpha,
      double[] nextLogProbability,
      double[] into) {
    for (int i = 0; i < n; i++) {
      into[i] = rewards[i] + bootstraps[i] * (nextValue[i] - alpha * nextLogProbability[i]);
    }
  }

  /** mean(α ln π(Ã|S) − min Q(S, Ã)). */
  static double policyLoss(int n, double alpha, double[] logProbability, double[] value) {
    double loss = 0;
    for (int i = 0; i < n; i++) {
      loss += (alpha * logProbability[i] - value[i]) / n;
    }
    return loss;
  }

  private static double mean(int n, double[] x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum / n;
  }

  /** Takes a step along the gradient of the policy's loss, and returns the gradient's norm. */
  private double stepPolicy(double loss, double alpha, double rate) {
    int n = config.learning().batchSize();
    distribution.gradient(
        policyBatch.outputs(),
        policyBatch.outputStride(),
        n,
        alpha / n,
        actionGradients,
        policyBatch.outputGradients());
    Arrays.fill(policyGradients, 0f);
    policyNetwork.backward(policyBatch, n, policyGradients);
    double length = norm.of(policyGradients);
    if (!Double.isFinite(loss) || !Double.isFinite(length)) {
      policyNetwork.requireFinite(policyNetwork.parameters(), "parameter of the policy");
      policyBatch.requireFinite();
      policyNetwork.requireFinite(policyGradients, "gradient of the policy");
      throw new NonFiniteException(
          "the policy's loss is %s and the norm of its gradients %s, with finite outputs"
              .formatted(loss, length));
    }
    policyOptimizer.step(policyNetwork.parameters(), policyGradients, rate, 1f);
    return length;
  }

  /** Any action until learning starts, then drawn from the policy. */
  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** tanh of the mean, scaled to the bounds. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** By any number of steps. */
  @Override
  public Rounds rounds() {
    return new Rounds.Any(policyNetwork);
  }

  /** Soft state values, in which entropy counts. */
  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(values);
  }

  /** Means of losses and gradient norms since the last report, α, and counts. */
  @Override
  public void report(Metrics metrics) {
    metrics.scalar("replay_size", replay.size());
    metrics.scalar("updates", (double) updates);
    if (means.report(metrics)) {
      metrics.scalar("ent_coef", temperature.value());
      metrics.scalar("learning_rate", learningRate.now());
    }
  }

  @Override
  public void carry(State state) {
    state.begin("sac", 1);
    steps = state.carry("steps", steps);
    updates = state.carry("updates", updates);
    state.carry("policy", policyNetwork);
    state.carry("policy_optimizer", policyOptimizer);
    state.carry("critics", critics);
    state.carry("temperature", temperature);
    state.carry("drawing", drawing);
    state.carry("noise", noise);
    state.carry("means", means);
    state.carry("replay", replay);
    state.end();
  }

  /**
   * Hyperparameters, by the names and with the defaults of Stable-Baselines3.
   *
   * @param learning memory and updates; the learning rate is that of policy, critics and
   *     temperature, and actions are uniformly random until learning starts
   * @param targetUpdateInterval updates between moves of the targets, at least 1
   * @param entCoef α
   * @param targetEntropy H̄, finite; empty for −1 per element of an action
   * @param network hidden layers of the policy network
   * @param criticHidden those of the critics; empty for the same
   */
  public record Config(
      OffPolicyConfig learning,
      @Described(value = "updates between moves of the targets", range = Require.AT_LEAST_ONE)
          int targetUpdateInterval,
      @Described(
              value = "weight of the entropy: learned, learned from auto_0.1 on, or fixed",
              range = "auto, auto_x or x",
              aliases = "alpha")
          EntropyWeight entCoef,
      @Described(
              value = "entropy that a learned weight aims at; None for -1 per element of an action",
              range = Require.FINITE)
          Optional<Double> targetEntropy,
      Trunk network,
      @Described("hidden layers of the critics; None for the same as hidden")
          Optional<List<HiddenLayer>> criticHidden) {
    public Config {
      Require.atLeast("target_update_interval", targetUpdateInterval, 1);
      Objects.requireNonNull(entCoef, "entCoef");
      targetEntropy.ifPresent(entropy -> Require.finite("target_entropy", entropy));
      criticHidden = criticHidden.map(List::copyOf);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OffPolicyConfig(Schedule.constant(3e-4), 1_000_000, 100, 256, 0.005, 0.99, 1, 1),
          1,
          EntropyWeight.auto(),
          Optional.empty(),
          Trunk.of(Activation.RELU, 256, 256),
          Optional.empty());
    }

    /** The layers of the critics. */
    Trunk critic() {
      return network.withHidden(criticHidden.orElse(network.hidden()));
    }

    /** Returns this configuration with other settings of memory and updates. */
    public Config withLearning(OffPolicyConfig learning) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }

    /** Returns this configuration with another number of updates between moves of the targets. */
    public Config withTargetUpdateInterval(int targetUpdateInterval) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }

    /** Returns this configuration with another weight of the entropy. */
    public Config withEntCoef(EntropyWeight entCoef) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }

    /** Returns this configuration with another entropy to aim at. */
    public Config withTargetEntropy(Optional<Double> targetEntropy) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }

    /** Returns this configuration with other networks. */
    public Config withNetwork(Trunk network) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }

    /** Returns this configuration with other hidden layers of the critics. */
    public Config withCriticHidden(Optional<List<HiddenLayer>> criticHidden) {
      return new Config(
          learning, targetUpdateInterval, entCoef, targetEntropy, network, criticHidden);
    }
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return new Accepts(List.of(SpaceKind.ANY), List.of(SpaceKind.BOUNDED_VECTOR));
  }
}
