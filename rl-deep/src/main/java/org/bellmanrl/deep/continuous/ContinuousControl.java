package org.bellmanrl.deep.continuous;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.OutputReader;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.replay.OffPolicyConfig;
import org.bellmanrl.deep.replay.ReplayLearner;
import org.jspecify.annotations.Nullable;

/**
 * Base class of learners of a policy for actions of real numbers, through critics that learn from a
 * replay memory: it provides the networks, the behaviour policy and the metrics. A subclass says
 * what an update is.
 *
 * <p>As in Stable-Baselines3, actions are uniformly random until learning starts, and the networks
 * know actions scaled to [−1, 1]. γ is multiplied by the environment's own discount: nothing is
 * bootstrapped from a terminal state, and a truncated episode goes on in its true last observation.
 *
 * <p>With recurrent layers in the policy's network or the critics', it learns from sequences, as
 * {@link OffPolicyConfig} says, like R2D2 (Kapturowski et al., <i>Recurrent Experience Replay in
 * Distributed Reinforcement Learning</i>, 2019): a sequence begins with the states that all
 * networks had there, and no gradient passes the burn-in. As in Ni, Eysenbach and Salakhutdinov,
 * <i>Recurrent Model-Free RL Can Be a Strong Baseline for Many POMDPs</i>, 2022, policy and critics
 * share no layer, and actions enter critics behind the memory. Unlike there, sequences begin with
 * stored states rather than with zeros, and networks are shown observations alone, not the actions
 * and rewards before them.
 */
public abstract class ContinuousControl extends ReplayLearner {
  /** Pairs of observation and action. */
  final CriticInputs inputs;

  /** The policy that learns. */
  final PolicyNetwork policyNetwork;

  /** What it learns through. */
  final Critics critics;

  /** The actions of {@link #batch}, elements in [−1, 1]. */
  final double[] takenActions;

  /** Values of the next step, and then the targets y that are made of them. */
  final double[] targets;

  /** What the policy maximises, for each row. */
  final double[] value;

  /** How the policy's loss changes with each element of its actions, through the critics. */
  final double[] actionGradients;

  private final ActionScale scale;
  private final CriticStates criticStates;
  private final @Nullable ParameterNoise parameterNoise;
  private final ContinuousPolicy behaviour;
  private final ContinuousPolicy policy;
  private final UpdateMeans criticMeans = new UpdateMeans("critic_loss", "critic_gradient_norm");
  private final UpdateMeans policyMeans;

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @param name names the learner in messages and in the saved state
   * @param trunk hidden layers of the policy network
   * @param gaussian what the outputs of the policy network say
   * @param optimizer of the policy network
   * @param plan the critics
   * @param exploring makes the reader of outputs while the learner explores, for a number of rows
   * @param parameterNoise perturbs the policy while the learner explores, if it is not null
   * @param policyMeans metrics that are reported as means over the policy's updates
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  ContinuousControl(
      String name,
      LearnerContext context,
      OffPolicyConfig learning,
      Trunk trunk,
      Gaussian gaussian,
      OptimizerSpec optimizer,
      CriticsPlan plan,
      Exploration exploring,
      @Nullable ParameterNoise parameterNoise,
      String... policyMeans) {
    EnvironmentSpec spec = context.spec();
    accepts().check(name, spec);
    ActionScale scale = new ActionScale((Box) spec.actionSpace());
    int size = scale.size();
    ObservationEncoder encoder = new ObservationEncoder(spec.observationSpace());
    CriticInputs inputs = new CriticInputs(encoder, size);
    RandomStream random = context.streams().stream(Role.INITIALISATION, 0);
    Initialisation start = new Initialisation.FanIn();
    LayerSpec head = gaussian.layer(size, trunk.width(encoder), start, true);
    trunk.requireNoDropout();
    Network network = Network.create(trunk.sequenceNetwork(encoder, start, head), random);
    Network[] criticNetworks = plan.networks(inputs, random);
    int state = network.stateSize() + plan.count() * criticNetworks[0].stateSize();
    super(name, context, learning, learning.replay(state), encoder);
    this.scale = scale;
    this.inputs = inputs;
    this.policyNetwork = new PolicyNetwork(network, encoder, batch, optimizer);
    this.critics = plan.create(criticNetworks, inputs, batch, network.stateSize(), noise);
    this.criticStates = new CriticStates(criticNetworks, inputs, context.rows());
    int rows = batch.maxSize();
    this.takenActions = new double[rows * size];
    this.targets = new double[rows * critics.targetSize()];
    this.value = new double[rows];
    this.actionGradients = new double[rows * size];
    this.behaviour =
        ContinuousPolicy.exploring(
            network,
            encoder,
            scale,
            exploring,
            parameterNoise,
            context.progress(),
            learning.learningStarts());
    this.parameterNoise = parameterNoise;
    this.policy = ContinuousPolicy.best(network, encoder, scale, context.progress());
    this.policyMeans = new UpdateMeans(policyMeans);
  }

  /** How outputs are read while a learner explores. */
  interface Exploration {
    /** Makes a reader of the outputs of a network for an actor of a number of rows. */
    OutputReader reader(Network network, ActionScale scale, int rows);
  }

  @Override
  protected final void store(Transitions transitions) {
    requireFiniteRewards(transitions);
    replay().add(transitions, criticStates.before(transitions));
    criticStates.advance(transitions);
  }

  /** Stops a reward that is not finite where it comes in, and names it. */
  private static void requireFiniteRewards(Transitions transitions) {
    Rows listed = transitions.rows();
    for (int i = 0; i < listed.count(); i++) {
      int row = listed.at(i);
      double reward = transitions.reward()[row];
      if (!Float.isFinite((float) reward)) {
        throw new NonFiniteException(
            "a reward must be finite as a float, was %s in row %d".formatted(reward, row));
      }
    }
  }

  @Override
  protected final void update(double rate) {
    learn(rate);
    if (parameterNoise != null && every(ParameterNoise.INTERVAL)) {
      adapt(parameterNoise);
    }
  }

  /**
   * Makes an update of the networks.
   *
   * @param rate the learning rate
   */
  abstract void learn(double rate);

  /** Lets noise of the policy's parameters follow on the batch. */
  void adapt(ParameterNoise parameterNoise) {}

  /** Fills {@link #targets} with the values of the next step, whose pairs the critics have seen. */
  final void evaluateNextStep() {
    scale.units(batch.actions().floats(), batch.size(), takenActions);
    critics.taken(takenActions);
    critics.targets(targets);
  }

  /** Makes y = R + γ z of the values z in {@link #targets}, and moves the critics towards it. */
  final void learnCritics(double rate) {
    bootstrap(batch.size(), batch.rewards(), batch.bootstraps(), targets);
    double loss = critics.step(targets, rate);
    criticMeans.add(loss, critics.gradientNorm());
  }

  /**
   * Replaces values of the next step, as many in each row, by R + γ times these.
   *
   * @param rows the first rows
   * @param bootstraps γ, times the environment's own discount
   */
  static void bootstrap(int rows, float[] rewards, float[] bootstraps, double[] values) {
    int each = values.length / rewards.length;
    for (int i = 0; i < rows; i++) {
      for (int j = i * each; j < (i + 1) * each; j++) {
        values[j] = rewards[i] + bootstraps[i] * values[j];
      }
    }
  }

  /** The means of what an update of the policy measures. */
  final UpdateMeans policyMeans() {
    return policyMeans;
  }

  /** By any number of steps. */
  @Override
  public final Rounds rounds() {
    return new Rounds.Any(ParameterNoise.with(policyNetwork.network(), parameterNoise));
  }

  /** Uniformly random until learning starts, and then the policy with noise. */
  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  /** The policy without noise. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** Means of losses and gradient norms since the last report, and counts. */
  @Override
  public void report(Metrics metrics) {
    super.report(metrics);
    policyMeans.report(metrics);
    if (parameterNoise != null) {
      metrics.scalar("parameter_noise", parameterNoise.deviation());
    }
    if (criticMeans.report(metrics)) {
      metrics.scalar("learning_rate", learningRate());
    }
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("policy", policyNetwork);
    state.carry("critics", critics);
  }

  @Override
  protected final void carryMeans(State state) {
    state.carry("critic_means", criticMeans);
    state.carry("policy_means", policyMeans);
  }

  @Override
  protected final void carryMore(State state) {
    if (parameterNoise != null) {
      state.carry("parameter_noise", parameterNoise);
    }
    if (recurrent()) {
      state.carry("critic_states", criticStates);
    }
  }

  /** Returns the spaces that these learners take. */
  public static Accepts accepts() {
    return new Accepts(List.of(Space.Kind.ANY), List.of(Space.Kind.BOUNDED_VECTOR));
  }
}
