package org.bellmanrl.env.mujoco;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An array of MuJoCo's, read in place; refuses to be read once its simulation is closed. */
final class DoubleView {
  private final MemorySegment segment;

  DoubleView(MemorySegment segment) {
    this.segment = segment;
  }

  double get(int i) {
    return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  int length() {
    return (int) (segment.byteSize() / Double.BYTES);
  }
}
