package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.Space;

/** The value of a space that is nearest to zero; for a Discrete, its start. */
final class Zero {
  private Zero() {}

  /** One row that holds it. */
  static Columns of(Space space) {
    Columns zero = new Columns(space, 1);
    for (Leaf leaf : zero.layout().leaves()) {
      if (leaf.space() instanceof Discrete discrete) {
        zero.ints()[leaf.offset()] = discrete.start();
      } else if (leaf.space() instanceof Box box && box.dtype() == DType.FLOAT32) {
        for (int i = 0; i < box.size(); i++) {
          zero.floats()[leaf.offset() + i] = Math.clamp(0f, box.low(i), box.high(i));
        }
      }
    }
    return zero;
  }
}
