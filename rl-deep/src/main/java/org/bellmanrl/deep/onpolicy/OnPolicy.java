package org.bellmanrl.deep.onpolicy;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.SpaceKind;

/** What the learners of this package have in common. */
final class OnPolicy {
  private OnPolicy() {}

  /** What all learners here take. */
  static Accepts accepts() {
    return new Accepts(
        List.of(SpaceKind.ANY),
        List.of(
            SpaceKind.DISCRETE,
            SpaceKind.MULTI_DISCRETE,
            SpaceKind.MULTI_BINARY,
            SpaceKind.VECTOR));
  }
}
