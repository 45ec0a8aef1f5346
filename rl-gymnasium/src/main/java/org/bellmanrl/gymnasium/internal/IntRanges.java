package org.bellmanrl.gymnasium.internal;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/**
 * The range of each integer of a space: what comes from another process is not used as an index
 * before it is known to be one. Immutable.
 */
final class IntRanges {
  private final int[] smallest;
  private final int[] largest;

  IntRanges(Space space) {
    this.smallest = new int[space.layout().ints()];
    this.largest = new int[smallest.length];
    for (Leaf leaf : space.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        if (leaf.dtype() == DType.INT32) {
          smallest[leaf.offset() + i] = leaf.start(i);
          largest[leaf.offset() + i] = leaf.start(i) + leaf.count(i) - 1;
        }
      }
    }
  }

  /** Returns the first listed row with an integer outside its range, or −1. */
  int firstOutside(Rows listed, Columns columns) {
    int width = smallest.length;
    int[] ints = columns.ints();
    for (int i = 0; width > 0 && i < listed.count(); i++) {
      int at = listed.at(i) * width;
      for (int j = 0; j < width; j++) {
        if (ints[at + j] < smallest[j] || ints[at + j] > largest[j]) {
          return listed.at(i);
        }
      }
    }
    return -1;
  }
}
