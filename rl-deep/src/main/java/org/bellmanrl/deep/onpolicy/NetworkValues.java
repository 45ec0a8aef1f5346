package org.bellmanrl.deep.onpolicy;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/** State values from a network with one output. Threads that evaluate take turns. */
final class NetworkValues implements ValueFunction {
  private static final int CHUNK = 64;

  private final ObservationEncoder encoder;
  private final Network network;
  private final Workspace batch;

  NetworkValues(ObservationEncoder encoder, Network network) {
    this.encoder = encoder;
    this.network = network;
    this.batch = network.workspace(CHUNK, Workspace.Use.FORWARD);
  }

  Network network() {
    return network;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public synchronized void evaluate(Rows rows, Observations observations, double[] values) {
    for (int from = 0; from < rows.count(); from += CHUNK) {
      int count = Math.min(CHUNK, rows.count() - from);
      for (int i = 0; i < count; i++) {
        int row = rows.at(from + i);
        if (encoder.bytes()) {
          encoder.encode(observations.values(), row, batch.pixels(), i * encoder.size());
        } else {
          encoder.encode(observations.values(), row, batch.inputs(), i * encoder.size());
        }
      }
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        values[rows.at(from + i)] = batch.outputs()[i * batch.outputStride()];
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
