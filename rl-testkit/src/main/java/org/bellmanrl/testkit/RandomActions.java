package org.bellmanrl.testkit;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/** Random actions that keep to masks. */
final class RandomActions {
  private RandomActions() {}

  static void choose(Observations seen, int row, RandomStream random, Columns actions) {
    Space space = actions.space();
    if (seen.maskWidth() == 0) {
      space.sample(random, actions, row);
      return;
    }
    switch (space) {
      case Discrete discrete ->
          actions.ints()[row] = discrete.start() + draw(seen, row, 0, discrete.n(), random);
      case MultiDiscrete multi -> {
        int from = 0;
        for (int i = 0; i < multi.size(); i++) {
          actions.ints()[row * multi.size() + i] = draw(seen, row, from, multi.n(i), random);
          from += multi.n(i);
        }
      }
      case MultiBinary binary -> {
        for (int i = 0; i < binary.n(); i++) {
          actions.bytes()[row * binary.n() + i] = (byte) draw(seen, row, 2 * i, 2, random);
        }
      }
      default -> throw new IllegalArgumentException(space + " can't be masked");
    }
  }

  /** One of the allowed choices in [from, from + count), less {@code from}. */
  private static int draw(Observations seen, int row, int from, int count, RandomStream random) {
    int allowed = 0;
    for (int i = 0; i < count; i++) {
      allowed += seen.allows(row, from + i) ? 1 : 0;
    }
    // Nothing allowed is for the mask's own check to report; play goes on somehow until then.
    int left = random.integers(Math.max(1, allowed));
    for (int i = 0; i < count; i++) {
      if (seen.allows(row, from + i) && left-- == 0) {
        return i;
      }
    }
    return 0;
  }

  /** Whether the mask of a row allows the action written there; true without a mask. */
  static boolean allowed(Observations seen, Columns actions, int row) {
    if (seen.maskWidth() == 0) {
      return true;
    }
    return switch (actions.space()) {
      case Discrete discrete -> seen.allows(row, actions.ints()[row] - discrete.start());
      case MultiDiscrete multi -> allowed(seen, actions, row, multi);
      case MultiBinary binary -> allowed(seen, actions, row, binary);
      default -> throw new IllegalArgumentException(actions.space() + " can't be masked");
    };
  }

  private static boolean allowed(Observations seen, Columns actions, int row, MultiDiscrete multi) {
    int from = 0;
    for (int i = 0; i < multi.size(); i++) {
      if (!seen.allows(row, from + actions.ints()[row * multi.size() + i])) {
        return false;
      }
      from += multi.n(i);
    }
    return true;
  }

  private static boolean allowed(Observations seen, Columns actions, int row, MultiBinary binary) {
    for (int i = 0; i < binary.n(); i++) {
      if (!seen.allows(row, 2 * i + actions.bytes()[row * binary.n() + i])) {
        return false;
      }
    }
    return true;
  }
}
