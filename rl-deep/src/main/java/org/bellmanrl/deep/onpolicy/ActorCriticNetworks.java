package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.ExplorationMatrices;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.Trunk;

/**
 * A policy network, a value network, and the deviations of Gaussian actions.
 *
 * <p>Layers that the networks share are in both of them; {@link ActorCriticTraining} runs them once
 * and keeps their parameters equal.
 *
 * <p>Several threads may read them, each with its own workspaces, while none changes them.
 */
final class ActorCriticNetworks implements Stateful {
  private static final double HIDDEN_GAIN = Math.sqrt(2);
  private static final double POLICY_GAIN = 0.01;
  private static final double VALUE_GAIN = 1;

  private final ObservationEncoder encoder;
  private final Space actionSpace;
  private final Gaussian gaussian;
  private final Network policy;
  private final Network value;

  /** ln σ of each element of a Gaussian action, from 0 on; padded as optimisers want it. */
  private final float[] logDeviation;

  /** How many layers at the beginning of both networks are shared. */
  private final int sharedLayers;

  /** How many parameters at the beginning of both vectors are shared. */
  private final int shared;

  private ActorCriticNetworks(
      ObservationEncoder encoder,
      Space actionSpace,
      Gaussian gaussian,
      Network policy,
      Network value,
      float[] logDeviation,
      int sharedLayers) {
    this.encoder = encoder;
    this.actionSpace = actionSpace;
    this.gaussian = gaussian;
    this.policy = policy;
    this.value = value;
    this.logDeviation = logDeviation;
    this.sharedLayers = sharedLayers;
    this.shared = sharedLayers == 0 ? 0 : parametersBefore(sharedLayers, policy);
  }

  /** Makes networks for a task, and for a learner that learns from sequences. */
  static ActorCriticNetworks create(LearnerContext context, ActorCriticLayers layers) {
    return create(context, layers, Gaussian.USUAL, true);
  }

  /**
   * The same, of another distribution of actions that are numbers.
   *
   * @param orthogonal whether dense layers start like that; else as PyTorch's do
   */
  static ActorCriticNetworks create(
      LearnerContext context, ActorCriticLayers layers, Gaussian gaussian, boolean orthogonal) {
    EnvironmentSpec spec = context.spec();
    ObservationEncoder encoder = new ObservationEncoder(spec.observationSpace());
    RandomStream random = context.streams().stream(Role.INITIALISATION, 0);
    int parameters = ActionHead.parameters(spec.actionSpace());
    float[] logDeviation = new float[parameters == 0 ? 0 : Kernel.padded(parameters)];
    Arrays.fill(logDeviation, 0, parameters, (float) gaussian.logDeviation());
    Initialisation inner = start(orthogonal, HIDDEN_GAIN);
    Initialisation start = start(orthogonal, POLICY_GAIN);
    LayerSpec head =
        spec.actionSpace() instanceof Box box
            ? gaussian.layer(box.size(), layers.policy().width(encoder), start, false)
            : new Dense(outputs(spec.actionSpace()), Activation.NONE, start);
    Network policy = network(layers.policy(), encoder, inner, head, random);
    if (gaussian.deviations() == Gaussian.Deviations.OUTPUTS) {
      startDeviations(policy, (float) gaussian.logDeviation());
    }
    LayerSpec valueHead = new Dense(1, Activation.NONE, start(orthogonal, VALUE_GAIN));
    Network value = network(layers.value(), encoder, inner, valueHead, random);
    int shared =
        layers.shared().isEmpty() ? 0 : policy.spec().layers().size() - 1 - layers.hidden().size();
    ActorCriticNetworks networks =
        new ActorCriticNetworks(
            encoder, spec.actionSpace(), gaussian, policy, value, logDeviation, shared);
    networks.tie();
    return networks;
  }

  private static Initialisation start(boolean orthogonal, double gain) {
    return orthogonal ? new Initialisation.Orthogonal(gain) : new Initialisation.FanIn();
  }

  private static Network network(
      Trunk trunk,
      ObservationEncoder encoder,
      Initialisation inner,
      LayerSpec head,
      RandomStream random) {
    return Network.create(trunk.sequenceNetwork(encoder, inner, head), random);
  }

  private static int outputs(Space actions) {
    return ActionHead.create(actions, new float[0], 1).outputs();
  }

  /** Lets the outputs behind the means begin near a number. */
  private static void startDeviations(Network policy, float logDeviation) {
    ParameterBlock bias = policy.blocks().getLast();
    for (int d = bias.columns() / 2; d < bias.columns(); d++) {
      policy.parameters()[bias.index(0, d)] = logDeviation;
    }
  }

  /** How many parameters lie before those of a layer, or of the next that has any. */
  private static int parametersBefore(int layer, Network network) {
    for (ParameterBlock block : network.blocks()) {
      if (block.layer() >= layer) {
        return block.offset();
      }
    }
    throw new AssertionError("a head has parameters");
  }

  /** How many layers at the beginning of both networks are shared. */
  int sharedLayers() {
    return sharedLayers;
  }

  /** Parameters at the beginning of both vectors that are shared. */
  int shared() {
    return shared;
  }

  /** Gives the value network the shared parameters of the policy network. */
  void tie() {
    System.arraycopy(policy.parameters(), 0, value.parameters(), 0, shared);
  }

  /** Networks of the same numbers that then go their own way. */
  ActorCriticNetworks copy() {
    return new ActorCriticNetworks(
        encoder,
        actionSpace,
        gaussian,
        policy.copy(),
        value.copy(),
        logDeviation.clone(),
        sharedLayers);
  }

  ObservationEncoder encoder() {
    return encoder;
  }

  Space actionSpace() {
    return actionSpace;
  }

  Network policy() {
    return policy;
  }

  Network value() {
    return value;
  }

  /** Returns whether a network has recurrent layers. */
  boolean recurrent() {
    return policy.stateSize() + value.stateSize() > 0;
  }

  /** The values of an observation; none if they depend on what was observed before. */
  Optional<ValueFunction> values() {
    return value.stateSize() > 0
        ? Optional.empty()
        : Optional.of(new NetworkValues(encoder, value));
  }

  float[] logDeviation() {
    return logDeviation;
  }

  /** A distribution over actions for batches of up to {@code maxRows} rows. */
  ActionHead head(int maxRows) {
    return ActionHead.create(actionSpace, gaussian, logDeviation, null, maxRows);
  }

  /** The same for an actor of several rows, which reads one at a time. */
  ActionHead actingHead(int rows) {
    ExplorationMatrices exploration =
        gaussian.deviations() == Gaussian.Deviations.EXPLORATION
            ? new ExplorationMatrices(policy, gaussian.interval(), rows)
            : null;
    return ActionHead.create(actionSpace, gaussian, logDeviation, exploration, 1);
  }

  /** What outputs say of actions that are numbers. */
  Gaussian gaussian() {
    return gaussian;
  }

  /** What the policy depends on. */
  Stateful acting() {
    return state -> {
      state.begin("actor", 1);
      state.carry("policy", policy);
      state.carry("log_deviation", logDeviation);
      state.end();
    };
  }

  @Override
  public void carry(State state) {
    state.begin("actor-critic-networks", 1);
    state.carry("policy", policy);
    state.carry("value", value);
    state.carry("log_deviation", logDeviation);
    state.end();
  }
}
