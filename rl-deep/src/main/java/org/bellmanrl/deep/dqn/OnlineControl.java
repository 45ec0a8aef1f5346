package org.bellmanrl.deep.dqn;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.Trunk;

/**
 * Base class of learners of action values with a network that have neither a replay memory nor a
 * target network: it provides the network and the policies. A subclass learns from what comes.
 */
abstract sealed class OnlineControl implements Learner permits Pqn, StreamQ {
  final Discrete actions;
  final NetworkValues values;

  private final ValuePolicy behaviour;
  private final ValuePolicy policy;

  /**
   * Creates a learner with a new network.
   *
   * @param exploration ε
   * @throws IllegalArgumentException if actions are not Discrete
   */
  OnlineControl(String id, LearnerContext context, Trunk network, Schedule exploration) {
    accepts().check(id, context.spec());
    this.actions = (Discrete) context.spec().actionSpace();
    this.values = NetworkValues.ofActions(context, network);
    this.behaviour = ValuePolicy.epsilonGreedy(values, actions, exploration, 0, context.progress());
    this.policy = ValuePolicy.greedy(values, actions);
  }

  /** ε-greedy in the values. */
  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(values);
  }

  /** The network that learns. */
  public Network network() {
    return values.network();
  }

  /** The probability of exploring; a subclass adds what it measures. */
  @Override
  public void report(Metrics metrics) {
    metrics.scalar("epsilon", behaviour.epsilon());
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return DeepControl.accepts();
  }
}
