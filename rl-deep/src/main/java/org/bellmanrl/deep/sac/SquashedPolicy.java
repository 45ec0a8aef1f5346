package org.bellmanrl.deep.sac;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.deep.internal.action.SquashedReader;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;

/**
 * What the policy network says: tanh of the mean, or an action drawn; while learning any action at
 * all until learning starts, and drawn from then on.
 *
 * <p>Draws per row and element one {@code uniform} or one {@code standardNormal()}, or nothing for
 * the mean. Follows the network while it learns.
 */
final class SquashedPolicy implements PortablePolicy {
  private final Network network;
  private final ObservationEncoder encoder;
  private final ActionScale scale;
  private final NetworkActor.Mode mode;
  private final Progress progress;
  private final long learningStarts;

  private SquashedPolicy(
      Network network,
      ObservationEncoder encoder,
      ActionScale scale,
      NetworkActor.Mode mode,
      Progress progress,
      long learningStarts) {
    this.network = network;
    this.encoder = encoder;
    this.scale = scale;
    this.mode = mode;
    this.progress = progress;
    this.learningStarts = learningStarts;
  }

  /** Takes tanh of the mean. */
  static SquashedPolicy mean(
      Network network, ObservationEncoder encoder, ActionScale scale, Progress progress) {
    return new SquashedPolicy(network, encoder, scale, NetworkActor.Mode.LIKELIEST, progress, 0);
  }

  /** Draws any action until so many steps were taken, and then what the network says. */
  static SquashedPolicy learning(
      Network network,
      ObservationEncoder encoder,
      ActionScale scale,
      Progress progress,
      long learningStarts) {
    return new SquashedPolicy(
        network, encoder, scale, NetworkActor.Mode.SAMPLED, progress, learningStarts);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new SquashedActor(rows, random);
  }

  @Override
  public SquashedPolicy snapshot() {
    long frozen = progress.steps() < learningStarts ? Long.MAX_VALUE : 0;
    return new SquashedPolicy(network.copy(), encoder, scale, mode, progress, frozen);
  }

  @Override
  public NetworkPolicy portable() {
    return new NetworkPolicy(
        encoder.space(), scale.box(), network.copy(), NetworkPolicy.Reading.SQUASHED);
  }

  private final class SquashedActor extends MemorylessActor {
    private final NetworkActor actor;

    SquashedActor(int rows, RandomStreams random) {
      super(rows, random);
      this.actor =
          new NetworkActor(encoder, network, new SquashedReader(scale), mode, rows, random);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      if (progress.steps() < learningStarts) {
        actAnyhow(rows, actions.values().floats());
      } else {
        actor.act(rows, observations, actions);
      }
    }

    private void actAnyhow(Rows rows, float[] played) {
      int size = scale.size();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        for (int d = 0; d < size; d++) {
          played[row * size + d] = scale.uniform(d, random.row(row));
        }
      }
    }
  }
}
