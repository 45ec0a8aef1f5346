package org.bellmanrl.deep.onpolicy;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.space.Space;

/** What the learners of this package have in common. */
final class OnPolicy {
  private OnPolicy() {}

  /** What all learners here take. */
  static Accepts accepts() {
    return new Accepts(
        List.of(Space.Kind.ANY),
        List.of(
            Space.Kind.DISCRETE,
            Space.Kind.MULTI_DISCRETE,
            Space.Kind.MULTI_BINARY,
            Space.Kind.VECTOR));
  }
}
