package org.bellmanrl.deep.internal.action;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.policy.Standardizer;
import org.jspecify.annotations.Nullable;

/**
 * A network at work: encodes what rows show, runs the network, and reads an action for each.
 *
 * <p>Of recurrent layers each row keeps its state, zeros when an episode begins. Actions that have
 * the column {@link #HIDDEN_STATE} take the state before the action. A subclass may act otherwise
 * at times.
 */
public class NetworkActor implements Actor {
  /**
   * The extra column for the state of recurrent layers. By its name it comes before those of an
   * {@link ActionHead}.
   */
  private static final String HIDDEN_STATE = "hidden_state";

  /** What is done with the outputs. */
  public enum Mode {
    /** Takes the likeliest action and draws nothing. */
    LIKELIEST,
    /** Draws an action from the row's stream. */
    SAMPLED,
    /** Draws the noise of noisy layers for each row, then takes the likeliest action. */
    NOISY
  }

  private final RandomStreams random;
  private final int stateSize;

  /** Of recurrent layers, by row. */
  private final float[] states;

  private final ObservationEncoder encoder;
  private final @Nullable Standardizer standardizer;
  private final Network network;
  private final OutputReader reader;
  private final Mode mode;
  private final Workspace batch;
  private final @Nullable Rows single;
  private final @Nullable ParameterNoise noise;

  /** By row, the network as it was perturbed for the episode; empty without such noise. */
  private final Network[] perturbed;

  /**
   * An actor that follows a network.
   *
   * @param encoder turns observations into inputs
   * @param network gives the outputs that the reader reads
   */
  public NetworkActor(
      ObservationEncoder encoder,
      Network network,
      OutputReader reader,
      Mode mode,
      int rows,
      RandomStreams random) {
    this(encoder, null, network, reader, mode, null, rows, random);
  }

  /**
   * An actor that perturbs the parameters when an episode begins, and then acts by these.
   *
   * @param noise as it is when an episode begins; null to follow the network
   */
  public NetworkActor(
      ObservationEncoder encoder,
      Network network,
      OutputReader reader,
      Mode mode,
      @Nullable ParameterNoise noise,
      int rows,
      RandomStreams random) {
    this(encoder, null, network, reader, mode, noise, rows, random);
  }

  /**
   * An actor that standardises observations first.
   *
   * @param standardizer takes the place of the encoder, if there is one
   */
  public NetworkActor(
      ObservationEncoder encoder,
      @Nullable Standardizer standardizer,
      Network network,
      OutputReader reader,
      Mode mode,
      int rows,
      RandomStreams random) {
    this(encoder, standardizer, network, reader, mode, null, rows, random);
  }

  private NetworkActor(
      ObservationEncoder encoder,
      @Nullable Standardizer standardizer,
      Network network,
      OutputReader reader,
      Mode mode,
      @Nullable ParameterNoise noise,
      int rows,
      RandomStreams random) {
    if (random.rows() != rows) {
      throw new IllegalArgumentException(
          "an actor of %d rows needs as many streams, was given %d".formatted(rows, random.rows()));
    }
    this.random = random;
    this.stateSize = network.stateSize();
    this.states = new float[Math.multiplyExact(rows, stateSize)];
    this.encoder = encoder;
    this.standardizer = standardizer;
    this.network = network;
    this.reader = reader;
    this.mode = mode;
    boolean apart = mode == Mode.NOISY || noise != null;
    this.single = apart ? new Rows(rows) : null;
    this.batch = network.workspace(apart ? 1 : rows, Workspace.Use.FORWARD);
    this.noise = noise;
    this.perturbed = new Network[noise == null ? 0 : rows];
    Arrays.setAll(perturbed, row -> network.copy());
  }

  /**
   * The columns that actors of a network write.
   *
   * @param network whose state they record, if it has recurrent layers
   * @param others the columns besides
   */
  public static Dict extras(Network network, Dict others) {
    if (network.stateSize() == 0) {
      return others;
    }
    Map<String, Space> all = new HashMap<>(others.spaces());
    all.put(
        HIDDEN_STATE,
        Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, network.stateSize()));
    return Dict.of(all);
  }

  /**
   * Reads the state that a network had in a row before it acted.
   *
   * @param stateSize that of the network in {@link #extras}, at least 1
   * @param into takes it, from {@code at} on
   */
  public static void readState(int stateSize, Actions actions, int row, float[] into, int at) {
    int stride = actions.extras().layout().floats();
    System.arraycopy(actions.extras().floats(), row * stride, into, at, stateSize);
  }

  @Override
  public final int rows() {
    return random.rows();
  }

  @Override
  public final void begin(Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      Arrays.fill(states, rows.at(i) * stateSize, (rows.at(i) + 1) * stateSize, 0f);
      reader.begin(rows.at(i));
      if (noise != null) {
        noise.perturb(network, perturbed[rows.at(i)], random.row(rows.at(i)));
      }
    }
  }

  @Override
  public final void carry(State state, int row) {
    random.carry(state, row);
    reader.carry(state, row);
    if (stateSize > 0) {
      state.carry(HIDDEN_STATE, states, row * stateSize, stateSize);
    }
    if (noise != null) {
      state.carry("perturbed", perturbed[row].parameters());
    }
  }

  @Override
  public void act(Rows rows, Observations observations, Actions actions) {
    if (single == null) {
      actTogether(rows, observations, actions);
      return;
    }
    for (int i = 0; i < rows.count(); i++) {
      if (mode == Mode.NOISY) {
        batch.sampleNoise(random.row(rows.at(i)));
      }
      actTogether(single.only(rows.at(i)), observations, actions);
    }
  }

  private void actTogether(Rows rows, Observations observations, Actions actions) {
    int count = rows.count();
    if (count == 0) {
      return;
    }
    if (standardizer == null) {
      encoder.encode(observations.values(), rows, batch);
    } else {
      for (int i = 0; i < count; i++) {
        int at = i * encoder.size();
        standardizer.write(observations.values(), rows.at(i), batch.inputs(), at);
      }
    }
    if (stateSize > 0) {
      enter(rows, actions);
    }
    (noise == null ? network : perturbed[rows.at(0)]).forward(batch, count);
    if (stateSize > 0) {
      leave(rows);
    }
    try {
      for (int i = 0; i < count; i++) {
        read(i, rows.at(i), observations, actions);
      }
    } catch (NonFiniteException e) {
      network.requireFinite(network.parameters(), "parameter of the policy");
      throw e;
    }
  }

  private void enter(Rows rows, Actions actions) {
    float[] recorded = actions.extras().floats();
    int stride = actions.extras().layout().floats();
    for (int i = 0; i < rows.count(); i++) {
      int at = rows.at(i) * stateSize;
      System.arraycopy(states, at, batch.states(), i * stateSize, stateSize);
      if (recorded.length > 0) {
        System.arraycopy(states, at, recorded, rows.at(i) * stride, stateSize);
      }
    }
  }

  private void leave(Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      System.arraycopy(
          batch.finalStates(), i * stateSize, states, rows.at(i) * stateSize, stateSize);
    }
  }

  private void read(int i, int row, Observations observations, Actions actions) {
    int at = i * batch.outputStride();
    if (mode == Mode.SAMPLED) {
      reader.sample(batch.outputs(), at, observations, row, random.row(row), actions);
    } else {
      reader.mode(batch.outputs(), at, observations, row, actions);
    }
  }
}
