package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;

/**
 * What the policy network says: drawn from π(·|s) and recorded for a learner, or the likeliest
 * action. Follows the network while it learns.
 */
final class ActorPolicy implements PortablePolicy, Policy.WithProbabilities {
  private final ActorCriticNetworks networks;
  private final boolean sampling;
  private final Dict extras;

  private ActorPolicy(ActorCriticNetworks networks, boolean sampling) {
    this.networks = networks;
    this.sampling = sampling;
    this.extras =
        sampling ? NetworkActor.extras(networks.policy(), networks.head(1).extras()) : Dict.EMPTY;
  }

  /** Draws actions, and writes ln π(a|s), recurrent states, and what else the learner needs. */
  static ActorPolicy sampling(ActorCriticNetworks networks) {
    return new ActorPolicy(networks, true);
  }

  /** Takes the likeliest action. */
  static ActorPolicy mode(ActorCriticNetworks networks) {
    return new ActorPolicy(networks, false);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new NetworkActor(
        networks.encoder(),
        networks.policy(),
        networks.actingHead(rows),
        sampling ? NetworkActor.Mode.SAMPLED : NetworkActor.Mode.LIKELIEST,
        rows,
        random);
  }

  @Override
  public boolean knowsProbabilities() {
    return networks.actionSpace() instanceof Discrete && !networks.recurrent();
  }

  @Override
  public double probability(Observations observations, int row, int action) {
    if (!(networks.actionSpace() instanceof Discrete discrete) || networks.recurrent()) {
      throw new IllegalStateException(
          "the actions of this policy are not Discrete, or it has recurrent layers");
    }
    Workspace one = networks.policy().workspace(1, Workspace.Use.FORWARD);
    networks.encoder().encode(observations.values(), row, one, 0);
    networks.policy().forward(one, 1);
    float[] logits = one.outputs();
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < discrete.n(); a++) {
      if (observations.allows(row, a)) {
        sum += StrictMath.exp((double) logits[a] - logits[action]);
        largest = Math.max(largest, logits[a]);
      }
    }
    if (!observations.allows(row, action)) {
      return 0;
    }
    return sampling ? 1 / sum : logits[action] == largest ? 1 : 0;
  }

  @Override
  public ActorPolicy snapshot() {
    return new ActorPolicy(networks.copy(), sampling);
  }

  /** Draws only with deviations that no state changes, and takes what is likeliest otherwise. */
  @Override
  public NetworkPolicy portable() {
    boolean numbers = networks.actionSpace() instanceof Box;
    if (networks.actionSpace() instanceof Box box && !networks.gaussian().portable()) {
      return likeliest(box);
    }
    return new NetworkPolicy(
        networks.encoder().space(),
        networks.actionSpace(),
        networks.policy().copy(),
        sampling ? NetworkPolicy.Reading.DRAWN : NetworkPolicy.Reading.LIKELIEST,
        sampling && numbers
            ? Arrays.copyOf(networks.logDeviation(), ActionHead.parameters(networks.actionSpace()))
            : new float[0]);
  }

  private NetworkPolicy likeliest(Box actions) {
    return new NetworkPolicy(
        networks.encoder().space(),
        actions,
        Gaussian.means(networks.policy().copy(), actions.size()),
        networks.gaussian().squashed()
            ? NetworkPolicy.Reading.SQUASHED
            : NetworkPolicy.Reading.LIKELIEST);
  }

  @Override
  public Dict extras() {
    return extras;
  }
}
