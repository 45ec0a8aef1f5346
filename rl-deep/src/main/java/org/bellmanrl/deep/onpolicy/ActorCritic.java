package org.bellmanrl.deep.onpolicy;

import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.deep.network.Trunk;

/** Base class of learners with a policy network and a value network: it provides the policies. */
abstract sealed class ActorCritic implements Learner
    permits RolloutLearner, DeepReinforce, StreamAc {
  final ActorCriticNetworks networks;

  private final ActorPolicy behaviour;
  private final ActorPolicy policy;
  private final Optional<ValueFunction> values;

  ActorCritic(ActorCriticNetworks networks) {
    this.networks = networks;
    this.behaviour = ActorPolicy.sampling(networks);
    this.policy = ActorPolicy.mode(networks);
    this.values = networks.values();
  }

  /**
   * Refuses recurrent layers, for learners of single steps.
   *
   * @throws IllegalArgumentException if there are any
   */
  static void refuseRecurrence(String id, ActorCriticLayers layers) {
    if (layers.recurrent()) {
      throw Trunk.refusedRecurrence(id, "hidden was " + layers.hidden());
    }
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

  @Override
  public Optional<ValueFunction> values() {
    return values;
  }
}
