package org.bellmanrl.deep.sac;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.ActionScale;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;

/**
 * What the policy network says: tanh of the mean, or an action drawn, or while learning any action
 * at all until learning starts, and drawn from then on.
 *
 * <p>Draws per row and element one {@code uniform} or one {@code standardNormal()}, or nothing for
 * the mean. Follows the network while it learns.
 */
final class SquashedPolicy implements PortablePolicy {
  /** How to act. */
  private enum Mode {
    MEAN,
    DRAWN,
    UNIFORM
  }

  private final Network network;
  private final Inputs inputs;
  private final ActionScale scale;
  private final Start start;

  /** Which mode, as long as the run has not come to some step, and from then on. */
  private record Start(Progress progress, long steps, Mode before, Mode after) {
    Mode now() {
      return progress.steps() < steps ? before : after;
    }

    Start frozen() {
      return new Start(progress, 0, now(), now());
    }
  }

  private SquashedPolicy(Network network, Inputs inputs, ActionScale scale, Start start) {
    this.network = network;
    this.inputs = inputs;
    this.scale = scale;
    this.start = start;
  }

  /** Takes tanh of the mean. */
  static SquashedPolicy mean(Network network, Inputs inputs, ActionScale scale, Progress progress) {
    return new SquashedPolicy(network, inputs, scale, new Start(progress, 0, Mode.MEAN, Mode.MEAN));
  }

  /** Draws any action until so many steps were taken, and then what the network says. */
  static SquashedPolicy learning(
      Network network, Inputs inputs, ActionScale scale, Progress progress, long learningStarts) {
    return new SquashedPolicy(
        network, inputs, scale, new Start(progress, learningStarts, Mode.UNIFORM, Mode.DRAWN));
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new SquashedActor(rows, random);
  }

  @Override
  public SquashedPolicy snapshot() {
    return new SquashedPolicy(network.copy(), inputs, scale, start.frozen());
  }

  @Override
  public NetworkPolicy portable() {
    return new NetworkPolicy(
        inputs.space(), scale.box(), network.copy(), NetworkPolicy.Reading.SQUASHED);
  }

  private final class SquashedActor extends MemorylessActor {
    private final int size = scale.size();
    private final Workspace batch;

    SquashedActor(int rows, RandomStreams random) {
      super(rows, random);
      this.batch = network.workspace(rows, Workspace.Use.FORWARD);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      if (rows.count() == 0) {
        return;
      }
      Mode mode = start.now();
      if (mode == Mode.UNIFORM) {
        actAnyhow(rows, actions.values().floats());
      } else {
        actByNetwork(rows, observations, mode == Mode.DRAWN, actions.values().floats());
      }
    }

    private void actAnyhow(Rows rows, float[] played) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        for (int d = 0; d < size; d++) {
          played[row * size + d] = scale.uniform(d, random.row(row));
        }
      }
    }

    private void actByNetwork(Rows rows, Observations observations, boolean drawn, float[] played) {
      int count = rows.count();
      for (int i = 0; i < count; i++) {
        inputs.observation(
            observations.values(), rows.at(i), batch.inputs(), i * inputs.observationSize());
      }
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        int row = rows.at(i);
        int at = i * batch.outputStride();
        for (int d = 0; d < size; d++) {
          double u = drawn ? draw(at, d, random.row(row)) : batch.outputs()[at + d];
          if (!Double.isFinite(u)) {
            throw notFinite(at, d, row);
          }
          played[row * size + d] = scale.played(d, ExactMath.tanh(u));
        }
      }
    }

    private double draw(int at, int d, RandomStream stream) {
      float mean = batch.outputs()[at + d];
      double logDeviation = SquashedGaussian.clamp(batch.outputs()[at + size + d]);
      return mean + ExactMath.exp(logDeviation) * stream.standardNormal();
    }

    private NonFiniteException notFinite(int at, int d, int row) {
      network.requireFinite(network.parameters(), "parameter of the policy");
      return new NonFiniteException(
          "mean and deviation of an action must be finite, element %d in row %d has %s and ln σ = %s"
              .formatted(d, row, batch.outputs()[at + d], batch.outputs()[at + size + d]));
    }
  }
}
