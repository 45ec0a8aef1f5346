package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;

/** The value of a space that is nearest to zero; for integers, their starts. */
final class ZeroValue {
  private ZeroValue() {}

  /** One row that holds it. */
  static Columns of(Space space) {
    Columns zero = new Columns(space, 1);
    for (Leaf leaf : zero.layout().leaves()) {
      if (leaf.dtype() == DType.INT32) {
        for (int i = 0; i < leaf.width(); i++) {
          zero.ints()[leaf.offset() + i] = leaf.start(i);
        }
      } else if (leaf.space() instanceof Box box && box.dtype() == DType.FLOAT32) {
        for (int i = 0; i < box.size(); i++) {
          zero.floats()[leaf.offset() + i] = Math.clamp(0f, box.low(i), box.high(i));
        }
      }
    }
    return zero;
  }
}
