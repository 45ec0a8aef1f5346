package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.SpaceKind;

/** What the learners of this package can take. */
public final class LinearSpaces {
  private LinearSpaces() {}

  /** Observations that features can be made of, and finite actions. */
  public static Accepts accepts() {
    return new Accepts(
        List.of(SpaceKind.BOUNDED_VECTOR, SpaceKind.FINITE), List.of(SpaceKind.FINITE));
  }

  /** Refuses a task that ends. */
  static void continuing(String learner, EnvironmentSpec spec) {
    if (spec.terminates()) {
      throw new IllegalArgumentException(
          learner
              + " needs a task without terminal states, but "
              + spec.name()
              + " has some; take linear-sarsa for episodes");
    }
  }

  static void lambda(double lambda) {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("lambda must be in [0, 1], was " + lambda);
    }
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
