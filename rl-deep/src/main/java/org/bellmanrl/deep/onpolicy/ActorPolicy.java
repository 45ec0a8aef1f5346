package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;

/**
 * What the policy network says: drawn from π(·|s) and recorded for a learner, or the likeliest
 * action. Follows the network while it learns.
 */
final class ActorPolicy implements PortablePolicy {
  private final ActorCriticNetworks networks;
  private final boolean sampling;
  private final Dict extras;

  private ActorPolicy(ActorCriticNetworks networks, boolean sampling) {
    this.networks = networks;
    this.sampling = sampling;
    this.extras = sampling ? networks.head(1).extras() : Dict.EMPTY;
  }

  /** Draws actions, and writes ln π(a|s) and what else the learner needs. */
  static ActorPolicy sampling(ActorCriticNetworks networks) {
    return new ActorPolicy(networks, true);
  }

  /** Takes the likeliest action. */
  static ActorPolicy mode(ActorCriticNetworks networks) {
    return new ActorPolicy(networks, false);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new NetworkActor(networks, sampling, extras.layout().floats(), rows, random);
  }

  @Override
  public ActorPolicy snapshot() {
    return new ActorPolicy(networks.copy(), sampling);
  }

  @Override
  public NetworkPolicy portable() {
    boolean numbers = networks.actionSpace() instanceof Box;
    return new NetworkPolicy(
        networks.encoder().space(),
        networks.actionSpace(),
        networks.policy().copy(),
        sampling ? NetworkPolicy.Reading.DRAWN : NetworkPolicy.Reading.LIKELIEST,
        sampling && numbers
            ? Arrays.copyOf(networks.logDeviation(), ActionHead.parameters(networks.actionSpace()))
            : new float[0]);
  }

  @Override
  public Dict extras() {
    return extras;
  }

  private static final class NetworkActor extends MemorylessActor {
    private final ActorCriticNetworks networks;
    private final ObservationEncoder encoder;
    private final boolean sampling;
    private final int extraWidth;
    private final ActionHead head;
    private final Workspace batch;

    NetworkActor(
        ActorCriticNetworks networks,
        boolean sampling,
        int extraWidth,
        int rows,
        RandomStreams random) {
      super(rows, random);
      this.networks = networks;
      this.encoder = networks.encoder();
      this.sampling = sampling;
      this.extraWidth = extraWidth;
      this.head = networks.head(1);
      this.batch = networks.policy().workspace(rows, Workspace.Use.FORWARD);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      int count = rows.count();
      if (count == 0) {
        return;
      }
      for (int i = 0; i < count; i++) {
        if (encoder.bytes()) {
          encoder.encode(observations.values(), rows.at(i), batch.pixels(), i * encoder.size());
        } else {
          encoder.encode(observations.values(), rows.at(i), batch.inputs(), i * encoder.size());
        }
      }
      networks.policy().forward(batch, count);
      for (int i = 0; i < count; i++) {
        choose(rows.at(i), i * batch.outputStride(), observations, actions);
      }
    }

    private void choose(int row, int at, Observations observations, Actions actions) {
      if (!sampling) {
        head.mode(batch.outputs(), at, observations, row, actions);
        return;
      }
      double logProbability =
          head.sample(batch.outputs(), at, observations, row, random.row(row), actions);
      actions.extras().floats()[row * extraWidth] = (float) logProbability;
    }
  }
}
