package org.bellmanrl.deep.continuous;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.internal.action.SquashedReader;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the policy network says: the best action, tanh of the first outputs; or an action with
 * noise, and until learning starts any action at all.
 *
 * <p>Draws per row and element one {@code uniform} until learning starts, then what the reader
 * draws, which a recurrent network does before, too; nothing for the best action. Follows the
 * network while it learns.
 *
 * @param readers makes a reader of the outputs for an actor
 * @param noise perturbs the network for each episode, if it is not null
 * @param learningStarts the number of steps before which actions are drawn uniformly
 */
record ContinuousPolicy(
    Network network,
    ObservationEncoder encoder,
    ActionScale scale,
    ContinuousControl.Exploration readers,
    NetworkActor.Mode mode,
    @Nullable ParameterNoise noise,
    Progress progress,
    long learningStarts)
    implements PortablePolicy {
  /** Takes the best action. */
  static ContinuousPolicy best(
      Network network, ObservationEncoder encoder, ActionScale scale, Progress progress) {
    return new ContinuousPolicy(
        network,
        encoder,
        scale,
        (any, of, rows) -> new SquashedReader(of),
        NetworkActor.Mode.LIKELIEST,
        null,
        progress,
        0);
  }

  /** Draws actions uniformly for a number of steps, and then what a reader samples. */
  static ContinuousPolicy exploring(
      Network network,
      ObservationEncoder encoder,
      ActionScale scale,
      ContinuousControl.Exploration readers,
      @Nullable ParameterNoise noise,
      Progress progress,
      long learningStarts) {
    return new ContinuousPolicy(
        network,
        encoder,
        scale,
        readers,
        NetworkActor.Mode.SAMPLED,
        noise,
        progress,
        learningStarts);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new ContinuousActor(rows, random);
  }

  @Override
  public ContinuousPolicy snapshot() {
    long frozen = progress.steps() < learningStarts ? Long.MAX_VALUE : 0;
    ParameterNoise same = noise == null ? null : noise.copy();
    return new ContinuousPolicy(
        network.copy(), encoder, scale, readers, mode, same, progress, frozen);
  }

  /** The state of recurrent layers, which learning from sequences takes. */
  @Override
  public Dict extras() {
    return mode == NetworkActor.Mode.LIKELIEST
        ? Dict.EMPTY
        : NetworkActor.extras(network, Dict.EMPTY);
  }

  @Override
  public NetworkPolicy portable() {
    return new NetworkPolicy(
        encoder.space(),
        scale.box(),
        network.outputSize() > 2 * scale.size()
            ? Gaussian.means(network.copy(), scale.size())
            : network.copy(),
        NetworkPolicy.Reading.SQUASHED);
  }

  private final class ContinuousActor extends NetworkActor {
    private final RandomStreams random;

    ContinuousActor(int rows, RandomStreams random) {
      super(encoder, network, readers.reader(network, scale, rows), mode, noise, rows, random);
      this.random = random;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      boolean anyhow = progress.steps() < learningStarts;
      if (!anyhow || network.stateSize() > 0) {
        super.act(rows, observations, actions); // memory sees all that is shown
      }
      if (anyhow) {
        actAnyhow(rows, actions.values().floats());
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
