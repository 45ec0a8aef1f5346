package org.bellmanrl.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;

/**
 * The spaces that a learner can take.
 *
 * @param observations any one of these will do
 * @param actions any one of these will do
 */
public record Accepts(List<Space.Kind> observations, List<Space.Kind> actions) {
  public Accepts {
    observations = List.copyOf(observations);
    actions = List.copyOf(actions);
    if (observations.isEmpty() || actions.isEmpty()) {
      throw new IllegalArgumentException(
          "a learner must accept some observations and some actions");
    }
  }

  /** Finite observations and finite actions: what a table can hold. */
  public static Accepts tables() {
    return new Accepts(List.of(Space.Kind.FINITE), List.of(Space.Kind.FINITE));
  }

  /**
   * Observations of any space and Discrete actions: what a network with an output per action takes.
   */
  public static Accepts discreteActions() {
    return new Accepts(List.of(Space.Kind.ANY), List.of(Space.Kind.DISCRETE));
  }

  /** Returns whether a task's spaces are accepted. */
  public boolean fits(EnvironmentSpec spec) {
    return accepts(observations, spec.observationSpace()) && accepts(actions, spec.actionSpace());
  }

  private static boolean accepts(List<Space.Kind> accepted, Space space) {
    return accepted.stream().anyMatch(kind -> kind.matches(space));
  }

  /**
   * Refuses a task whose spaces are not accepted.
   *
   * @param learner how the message calls the learner
   * @param spec the task
   * @throws IllegalArgumentException naming the space, what is accepted, and the wrapper that would
   *     help
   */
  public void check(String learner, EnvironmentSpec spec) {
    check(learner, "observations", observations, spec.name(), spec.observationSpace());
    check(learner, "actions", actions, spec.name(), spec.actionSpace());
  }

  /**
   * The id of the wrapper that a refusal of a task names; empty if the task is accepted, or if no
   * wrapper is known to help.
   */
  public Optional<String> helpfulWrapper(EnvironmentSpec spec) {
    if (!accepts(observations, spec.observationSpace())) {
      return Remedy.of("observations", observations, spec.observationSpace()).map(Remedy::wrapper);
    }
    if (!accepts(actions, spec.actionSpace())) {
      return Remedy.of("actions", actions, spec.actionSpace()).map(Remedy::wrapper);
    }
    return Optional.empty();
  }

  private static void check(
      String learner, String what, List<Space.Kind> accepted, String name, Space space) {
    if (accepts(accepted, space)) {
      return;
    }
    throw new IllegalArgumentException(
        "%s needs %s in %s, but those of %s are %s%s"
            .formatted(learner, what, words(accepted), name, space, remedy(what, accepted, space)));
  }

  private static String words(List<Space.Kind> kinds) {
    return kinds.stream().map(Space.Kind::words).collect(Collectors.joining(" or "));
  }

  private static String remedy(String what, List<Space.Kind> accepted, Space space) {
    return Remedy.of(what, accepted, space)
        .map(remedy -> "; the wrapper '" + remedy.wrapper() + "' " + remedy.effect())
        .orElse("");
  }

  private record Remedy(String wrapper, String effect) {
    static Optional<Remedy> of(String what, List<Space.Kind> accepted, Space space) {
      boolean observed = what.equals("observations");
      boolean real = space instanceof Box box && box.dtype() == DType.FLOAT32;
      if (observed && accepted.contains(Space.Kind.FINITE) && real) {
        return Optional.of(new Remedy("discretize", "turns real numbers into bins"));
      }
      if (observed && accepted.contains(Space.Kind.VECTOR)) {
        return Optional.of(new Remedy("flatten-observation", "turns any space into a vector"));
      }
      if (!observed
          && accepted.contains(Space.Kind.BOUNDED_VECTOR)
          && Space.Kind.VECTOR.matches(space)) {
        return Optional.of(
            new Remedy("rescale-action", "gives actions the finite bounds low and high"));
      }
      boolean choice =
          accepted.contains(Space.Kind.DISCRETE) || accepted.contains(Space.Kind.FINITE);
      if (!observed && choice && Space.Kind.VECTOR.matches(space)) {
        return Optional.of(new Remedy("discretize-action", "offers finitely many of them"));
      }
      if (!observed
          && accepted.contains(Space.Kind.DISCRETE)
          && Space.Kind.MULTI_DISCRETE.matches(space)
          && Space.Kind.FINITE.matches(space)) {
        return Optional.of(new Remedy("flatten-action", "numbers their combinations"));
      }
      return Optional.empty();
    }
  }
}
