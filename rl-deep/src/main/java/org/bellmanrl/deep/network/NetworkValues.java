package org.bellmanrl.deep.network;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Values that a network computes of an observation: one of the state, or one per action, by the
 * number of its outputs.
 *
 * <p>A view: it follows the network while it learns. Threads that evaluate take turns.
 */
public final class NetworkValues implements ValueFunction {
  private static final int CHUNK = 64;

  private final ObservationEncoder encoder;
  private final Network network;
  private final Workspace batch;

  /**
   * Reads the values off a network.
   *
   * @param encoder turns observations into the inputs of the network
   * @throws IllegalArgumentException if the network has other inputs
   */
  public NetworkValues(ObservationEncoder encoder, Network network) {
    encoder.requireFits(network);
    this.encoder = encoder;
    this.network = network;
    this.batch = network.workspace(CHUNK, Workspace.Use.FORWARD);
  }

  /**
   * Creates a network that computes a value for each action of a task.
   *
   * @param layers the layers before the last one, which is dense and without activation
   * @throws IllegalArgumentException if the actions are not Discrete, or the layers do not suit the
   *     observations
   */
  public static NetworkValues ofActions(LearnerContext context, Trunk layers) {
    if (!(context.spec().actionSpace() instanceof Discrete actions)) {
      throw new IllegalArgumentException(
          "a value for each action needs Discrete actions, were " + context.spec().actionSpace());
    }
    ObservationEncoder encoder = new ObservationEncoder(context.spec().observationSpace());
    NetworkSpec spec =
        layers.network(
            encoder, new Initialisation.FanIn(), new Dense(actions.n(), Activation.NONE));
    RandomStream random = context.streams().stream(Streams.Role.INITIALISATION, 0);
    return new NetworkValues(encoder, Network.create(spec, random));
  }

  /** Turns observations into the inputs of the network. */
  public ObservationEncoder encoder() {
    return encoder;
  }

  /** The network itself, not a copy. */
  public Network network() {
    return network;
  }

  @Override
  public int width() {
    return network.outputSize();
  }

  @Override
  public synchronized void evaluate(Rows rows, Observations observations, double[] values) {
    int width = width();
    for (int from = 0; from < rows.count(); from += CHUNK) {
      int count = Math.min(CHUNK, rows.count() - from);
      for (int i = 0; i < count; i++) {
        encoder.encode(observations.values(), rows.at(from + i), batch, i);
      }
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < width; k++) {
          values[rows.at(from + i) * width + k] = batch.outputs()[i * batch.outputStride() + k];
        }
      }
    }
  }

  @Override
  public NetworkValues snapshot() {
    return new NetworkValues(encoder, network.copy());
  }

  @Override
  public void carry(State state) {
    network.carry(state);
  }
}
