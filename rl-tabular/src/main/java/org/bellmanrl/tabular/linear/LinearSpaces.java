package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Space;

/** The tasks that the learners of this package accept. */
public final class LinearSpaces {
  private LinearSpaces() {}

  /** Returns the spaces: observations that features can be made of, and finite actions. */
  public static Accepts accepts() {
    return new Accepts(
        List.of(Space.Kind.BOUNDED_VECTOR, Space.Kind.FINITE), List.of(Space.Kind.FINITE));
  }

  /** Makes the features of a task, which is refused if features of this package can't take it. */
  static FeatureMap features(String learner, EnvironmentSpec spec, Features features) {
    if (features instanceof NamedFeatures) {
      accepts().check(learner, spec);
    }
    return features.over(spec.observationSpace());
  }

  /** Refuses a task with terminal states. */
  static void continuing(String learner, EnvironmentSpec spec) {
    if (spec.terminates()) {
      throw new IllegalArgumentException(
          learner
              + " needs a task without terminal states, but "
              + spec.name()
              + " has some; take linear-sarsa for episodes");
    }
  }
}
