package org.bellmanrl.deep.policy;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Workspace;

/**
 * What a learned network does when nothing is left to chance.
 *
 * <p>Of choices, each element of an action takes the allowed one with the largest output, the first
 * of several; its outputs stand one element after the other. Numbers are the outputs, clipped to
 * the bounds of their space.
 *
 * <p>Any number of threads may use it, each with its own actor, while none changes the network. An
 * actor allocates nothing.
 */
public final class NetworkPolicy implements PortablePolicy {
  private final ObservationEncoder encoder;
  private final Space actionSpace;
  private final Network network;

  /**
   * A policy.
   *
   * @param observationSpace what it sees
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param network takes the observations and gives the outputs that the actions need
   * @throws IllegalArgumentException if the network has other inputs or outputs
   */
  public NetworkPolicy(Space observationSpace, Space actionSpace, Network network) {
    this.encoder = new ObservationEncoder(observationSpace);
    this.actionSpace = actionSpace;
    this.network = network;
    if (!network.spec().input().equals(encoder.input())) {
      throw new IllegalArgumentException(
          "observations of %s need a network with inputs %s, its were %s"
              .formatted(observationSpace, encoder.input(), network.spec().input()));
    }
    int outputs = outputs(actionSpace);
    if (network.outputSize() != outputs) {
      throw new IllegalArgumentException(
          "actions of %s need a network with %d outputs, had %d"
              .formatted(actionSpace, outputs, network.outputSize()));
    }
  }

  private static int outputs(Space actions) {
    if (actions instanceof Box box) {
      return box.size();
    }
    int sum = 0;
    for (int count : choices(actions)) {
      sum += count;
    }
    return sum;
  }

  /** How many choices each element of an action has; none if actions are numbers. */
  private static int[] choices(Space actions) {
    return switch (actions) {
      case Discrete discrete -> new int[] {discrete.n()};
      case MultiDiscrete multi -> {
        int[] counts = new int[multi.size()];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = multi.n(i);
        }
        yield counts;
      }
      case MultiBinary binary -> {
        int[] counts = new int[binary.n()];
        Arrays.fill(counts, 2);
        yield counts;
      }
      case Box box -> new int[0];
      default ->
          throw new IllegalArgumentException(
              "actions must be Discrete, MultiDiscrete, MultiBinary or a Box, were " + actions);
    };
  }

  /** What it sees. */
  public Space observationSpace() {
    return encoder.space();
  }

  /** What it chooses from. */
  public Space actionSpace() {
    return actionSpace;
  }

  /** Its network itself, not a copy. */
  public Network network() {
    return network;
  }

  /** How many choices each element of an action has; empty if actions are numbers. */
  public int[] choices() {
    return choices(actionSpace);
  }

  @Override
  public NetworkPolicy portable() {
    return snapshot();
  }

  @Override
  public NetworkPolicy snapshot() {
    return new NetworkPolicy(encoder.space(), actionSpace, network.copy());
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new NetworkActor(encoder, actionSpace, network, rows);
  }

  private static final class NetworkActor implements Actor {
    private final ObservationEncoder encoder;
    private final Space actionSpace;
    private final int[] choices;
    private final Network network;
    private final Workspace batch;

    NetworkActor(ObservationEncoder encoder, Space actionSpace, Network network, int rows) {
      this.encoder = encoder;
      this.actionSpace = actionSpace;
      this.choices = choices(actionSpace);
      this.network = network;
      this.batch = network.workspace(rows, Workspace.Use.FORWARD);
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
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        if (actionSpace instanceof Box box) {
          clip(box, rows.at(i), i * batch.outputStride(), actions);
        } else {
          choose(rows.at(i), i * batch.outputStride(), observations, actions);
        }
      }
    }

    private void clip(Box box, int row, int at, Actions actions) {
      float[] into = actions.values().floats();
      int size = box.size();
      for (int d = 0; d < size; d++) {
        float value = batch.outputs()[at + d];
        if (!Float.isFinite(value)) {
          throw new NonFiniteException(
              "an action must be finite, element %d in row %d is %s".formatted(d, row, value));
        }
        into[row * size + d] = Math.max(box.low(d), Math.min(box.high(d), value));
      }
    }

    private void choose(int row, int at, Observations observations, Actions actions) {
      int first = 0;
      for (int g = 0; g < choices.length; g++) {
        int choice = best(row, at, first, choices[g], observations);
        switch (actionSpace) {
          case MultiBinary binary ->
              actions.values().bytes()[row * choices.length + g] = (byte) choice;
          case Discrete discrete -> actions.values().ints()[row] = choice + discrete.start();
          default -> actions.values().ints()[row * choices.length + g] = choice;
        }
        first += choices[g];
      }
    }

    private int best(int row, int at, int first, int count, Observations observations) {
      float[] outputs = batch.outputs();
      int best = -1;
      for (int j = first; j < first + count; j++) {
        if (observations.allows(row, j) && (best < 0 || outputs[at + j] > outputs[at + best])) {
          best = j;
        }
      }
      if (best < 0 || !Float.isFinite(outputs[at + best])) {
        throw new NonFiniteException(
            best < 0
                ? "the mask of row " + row + " allows no action; it must allow at least one"
                : "preferences for actions must be finite, in row %d one is %s"
                    .formatted(row, outputs[at + best]));
      }
      return best - first;
    }

    /** Nothing is drawn and nothing remembered. */
    @Override
    public void save(StateWriter out) {
      out.begin("network-policy-actor", 1);
      out.end();
    }

    @Override
    public void restore(StateReader in) {
      in.begin("network-policy-actor", 1);
      in.end();
    }
  }
}
