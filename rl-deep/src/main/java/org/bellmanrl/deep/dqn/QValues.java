package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/** Action values from a network with one output per action. Threads that evaluate take turns. */
final class QValues implements ValueFunction {
  private static final int CHUNK = 64;

  private final ObservationEncoder encoder;
  private final Network network;
  private final Workspace batch;

  QValues(ObservationEncoder encoder, Network network) {
    this.encoder = encoder;
    this.network = network;
    this.batch = network.workspace(CHUNK, Workspace.Use.FORWARD);
  }

  /** Encodes what a row shows into a row of a network's inputs. */
  static void encode(
      ObservationEncoder encoder, Columns observations, int row, Workspace into, int inputRow) {
    int at = inputRow * encoder.size();
    if (encoder.bytes()) {
      encoder.encode(observations, row, into.pixels(), at);
    } else {
      encoder.encode(observations, row, into.inputs(), at);
    }
  }

  ObservationEncoder encoder() {
    return encoder;
  }

  Network network() {
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
        encode(encoder, observations.values(), rows.at(from + i), batch, i);
      }
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        for (int a = 0; a < width; a++) {
          values[rows.at(from + i) * width + a] = batch.outputs()[i * batch.outputStride() + a];
        }
      }
    }
  }

  @Override
  public QValues snapshot() {
    return new QValues(encoder, network.copy());
  }

  @Override
  public void carry(State state) {
    network.carry(state);
  }
}
