package org.bellmanrl.deep.onpolicy;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.ImageLayers;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.ObservationEncoder;

/**
 * A policy network and a value network that share nothing, and the deviations of Gaussian actions.
 *
 * <p>Several threads may read them, each with its own workspaces, while none changes them.
 */
final class ActorCriticNetworks implements Stateful {
  private static final double HIDDEN_GAIN = Math.sqrt(2);
  private static final double POLICY_GAIN = 0.01;
  private static final double VALUE_GAIN = 1;

  private final ObservationEncoder encoder;
  private final Space actionSpace;
  private final Network policy;
  private final Network value;

  /** ln σ of each element of a Gaussian action, from 0 on; padded as optimisers want it. */
  private final float[] logDeviation;

  private ActorCriticNetworks(
      ObservationEncoder encoder,
      Space actionSpace,
      Network policy,
      Network value,
      float[] logDeviation) {
    this.encoder = encoder;
    this.actionSpace = actionSpace;
    this.policy = policy;
    this.value = value;
    this.logDeviation = logDeviation;
  }

  /**
   * Makes networks for a task; images go through the convolutions of {@link ImageLayers} before the
   * hidden layers.
   *
   * @param hidden units of the hidden layers of either network
   */
  static ActorCriticNetworks create(
      LearnerContext context, List<Integer> hidden, Activation activation) {
    EnvironmentSpec spec = context.spec();
    ObservationEncoder encoder = new ObservationEncoder(spec.observationSpace());
    RandomStream random = context.streams().stream(Role.INITIALISATION, 0);
    int parameters = ActionHead.parameters(spec.actionSpace());
    float[] logDeviation = new float[parameters == 0 ? 0 : Kernel.padded(parameters)];
    int outputs = ActionHead.create(spec.actionSpace(), logDeviation, 1).outputs();
    Network policy =
        Network.create(layers(encoder.input(), hidden, activation, outputs, POLICY_GAIN), random);
    Network value =
        Network.create(layers(encoder.input(), hidden, activation, 1, VALUE_GAIN), random);
    return new ActorCriticNetworks(encoder, spec.actionSpace(), policy, value, logDeviation);
  }

  private static NetworkSpec layers(
      InputSpec input, List<Integer> hidden, Activation activation, int outputs, double gain) {
    Initialisation inner = new Initialisation.Orthogonal(HIDDEN_GAIN);
    List<LayerSpec> layers = new ArrayList<>(ImageLayers.of(input, inner));
    for (int units : hidden) {
      layers.add(new Dense(units, activation, inner));
    }
    layers.add(new Dense(outputs, Activation.NONE, new Initialisation.Orthogonal(gain)));
    return new NetworkSpec(input, layers);
  }

  /** Networks of the same numbers that then go their own way. */
  ActorCriticNetworks copy() {
    return new ActorCriticNetworks(
        encoder, actionSpace, policy.copy(), value.copy(), logDeviation.clone());
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

  float[] logDeviation() {
    return logDeviation;
  }

  /** A distribution over actions for batches of up to {@code maxRows} rows. */
  ActionHead head(int maxRows) {
    return ActionHead.create(actionSpace, logDeviation, maxRows);
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
