package org.bellmanrl.deep.network;

/** What the recurrent layers of a workspace share: the order of its rows, and their states. */
final class Recurrence {
  /** Numbers of a sequence's state, over all layers. */
  final int stateSize;

  /** The states that sequences begin with, by place. */
  final float[] states;

  /** The states after the last forward pass, by place. */
  final float[] finalStates;

  private final Sequences single;
  private Sequences sequences;

  Recurrence(int stateSize, int maxRows) {
    int size = Math.multiplyExact(stateSize, maxRows);
    this.stateSize = stateSize;
    this.states = new float[size];
    this.finalStates = new float[size];
    this.single = new Sequences(maxRows);
    this.sequences = single;
  }

  Sequences sequences() {
    return sequences;
  }

  void follow(Sequences sequences) {
    this.sequences = sequences;
  }

  /** Rows that have nothing to do with each other. */
  void follow(int rows) {
    single.single(rows);
    sequences = single;
  }
}
