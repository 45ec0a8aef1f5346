package org.bellmanrl.testkit;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;

/** Random actions that keep to masks. */
final class RandomActions {
  private RandomActions() {}

  static void choose(Observations seen, int row, RandomStream random, Columns actions) {
    Space space = actions.space();
    if (seen.maskWidth() > 0 && seen.allowsAny(row)) {
      space.sample(random, seen.mask(), row * seen.maskWidth(), actions, row);
    } else {
      // Nothing allowed is for the mask's own check to report; play goes on somehow until then.
      space.sample(random, actions, row);
    }
  }

  /** Whether the mask of a row allows the action written there; true without a mask. */
  static boolean allowed(Observations seen, Columns actions, int row) {
    if (seen.maskWidth() == 0) {
      return true;
    }
    Leaf leaf = actions.layout().leaves().getFirst();
    int from = 0;
    for (int i = 0; i < leaf.width(); i++) {
      int at = row * leaf.width() + i;
      boolean whole = leaf.dtype() == DType.INT32;
      int choice = whole ? actions.ints()[at] - leaf.start(i) : actions.bytes()[at];
      if (!seen.allows(row, from + choice)) {
        return false;
      }
      from += leaf.count(i);
    }
    return true;
  }
}
