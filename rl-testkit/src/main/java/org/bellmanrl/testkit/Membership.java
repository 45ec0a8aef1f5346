package org.bellmanrl.testkit;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;

/** Checks that observations lie in their space, element by element. */
final class Membership {
  private Membership() {}

  static void check(Trace trace, int index, Columns copy) {
    RowCopy seen = trace.moments().get(index).observation;
    seen.write(copy);
    if (trace.spec().observationSpace().contains(copy, 0)) {
      return;
    }
    for (Leaf leaf : copy.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        if (!contains(leaf, i, copy)) {
          throw trace
              .failure(
                  index,
                  "an observation lies in its space",
                  RowCopy.element("observation", leaf, i))
              .expected(range(leaf, i))
              .actual(seen.text(leaf, i))
              .error();
        }
      }
    }
  }

  private static boolean contains(Leaf leaf, int i, Columns in) {
    int at = leaf.offset() + i;
    return switch (leaf.space()) {
      case Discrete _, MultiDiscrete _ ->
          in.ints()[at] >= leaf.start(i) && in.ints()[at] - leaf.start(i) < leaf.count(i);
      case Box box when box.dtype() == DType.FLOAT32 ->
          in.floats()[at] >= box.low(i) && in.floats()[at] <= box.high(i);
      case Box box ->
          (in.bytes()[at] & 0xFF) >= box.low(i) && (in.bytes()[at] & 0xFF) <= box.high(i);
      default -> (in.bytes()[at] & ~1) == 0;
    };
  }

  private static String range(Leaf leaf, int i) {
    return switch (leaf.space()) {
      case Discrete _, MultiDiscrete _ ->
          "an integer in [%d, %d]".formatted(leaf.start(i), leaf.start(i) + leaf.count(i) - 1);
      case Box box -> "a number in [%s, %s]".formatted(box.low(i), box.high(i));
      default -> "0 or 1";
    };
  }
}
