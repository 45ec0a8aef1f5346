package org.bellmanrl.api;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/**
 * What an environment is, apart from how it behaves.
 *
 * @param name how messages call it, usually its id
 * @param observationSpace what is observed
 * @param actionSpace what can be done
 * @param maxEpisodeSteps after how many steps the loop truncates an episode; 0 for never
 * @param terminates whether an episode can reach a terminal state; false for continuing tasks
 * @param masked whether each observation says which actions are allowed next
 * @param diagnostics names of the numbers reported beside each step
 * @param resumable whether a saved episode can be restored, from its saved state or by replaying
 *     its actions; false for episodes that can be neither saved nor replayed, after whose restore a
 *     new episode begins
 * @param legend what its numbers mean
 */
public record EnvironmentSpec(
    String name,
    Space observationSpace,
    Space actionSpace,
    int maxEpisodeSteps,
    boolean terminates,
    boolean masked,
    List<String> diagnostics,
    boolean resumable,
    Legend legend) {
  public EnvironmentSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an environment needs a name");
    }
    Require.atLeast("maxEpisodeSteps", maxEpisodeSteps, 0);
    diagnostics = List.copyOf(diagnostics);
    if (masked && choices(actionSpace).length == 0) {
      throw new IllegalArgumentException(
          "only Discrete, MultiDiscrete and MultiBinary actions can be masked, not " + actionSpace);
    }
    checkNames(name, "observations", legend.observations(), elements(observationSpace), 1);
    checkNames(name, "actions", legend.actions(), choicesOrElements(actionSpace), 0);
  }

  private static void checkNames(
      String task, String what, List<String> names, int expected, int alone) {
    if (!names.isEmpty() && names.size() != expected && names.size() != alone) {
      throw new IllegalArgumentException(
          "the legend of %s must name %d %s or none, named %d: %s"
              .formatted(task, expected, what, names.size(), names));
    }
  }

  private static int elements(Space space) {
    return space.layout().ints() + space.layout().floats() + space.layout().bytes();
  }

  private static int choicesOrElements(Space space) {
    return space instanceof Discrete discrete ? discrete.n() : elements(space);
  }

  /** An episodic environment without limit, mask, diagnostics or legend. */
  public static EnvironmentSpec of(String name, Space observationSpace, Space actionSpace) {
    return new EnvironmentSpec(
        name, observationSpace, actionSpace, 0, true, false, List.of(), true, Legend.NONE);
  }

  private EnvironmentSpec with(
      int limit, boolean ends, boolean withMask, List<String> numbers, boolean saved, Legend says) {
    return new EnvironmentSpec(
        name, observationSpace, actionSpace, limit, ends, withMask, numbers, saved, says);
  }

  /** Returns this spec with an episode limit, in steps; 0 for none. */
  public EnvironmentSpec withMaxEpisodeSteps(int steps) {
    return with(steps, terminates, masked, diagnostics, resumable, legend);
  }

  /** Returns this spec for a task without terminal states. */
  public EnvironmentSpec continuing() {
    return with(maxEpisodeSteps, false, masked, diagnostics, resumable, legend);
  }

  /** Returns this spec with an action mask in every observation. */
  public EnvironmentSpec withMask() {
    return with(maxEpisodeSteps, terminates, true, diagnostics, resumable, legend);
  }

  /** Returns this spec without an action mask. */
  public EnvironmentSpec withoutMask() {
    return with(maxEpisodeSteps, terminates, false, diagnostics, resumable, legend);
  }

  /** Returns this spec with named diagnostics. */
  public EnvironmentSpec withDiagnostics(String... names) {
    return with(maxEpisodeSteps, terminates, masked, List.of(names), resumable, legend);
  }

  /** Returns this spec for episodes that can be neither saved nor replayed. */
  public EnvironmentSpec notResumable() {
    return with(maxEpisodeSteps, terminates, masked, diagnostics, false, legend);
  }

  /**
   * Returns this spec with the meaning of its numbers.
   *
   * @throws IllegalArgumentException if there are not as many names as the spaces have parts
   */
  public EnvironmentSpec withLegend(Legend meanings) {
    return with(maxEpisodeSteps, terminates, masked, diagnostics, resumable, meanings);
  }

  /**
   * Returns this spec with other spaces, as wrappers need it. Parts of a changed space lose their
   * names.
   */
  public EnvironmentSpec withSpaces(Space observations, Space actions) {
    return new EnvironmentSpec(
        name,
        observations,
        actions,
        maxEpisodeSteps,
        terminates,
        masked,
        diagnostics,
        resumable,
        new Legend(
            observations.equals(observationSpace) ? legend.observations() : List.of(),
            actions.equals(actionSpace) ? legend.actions() : List.of(),
            legend.reward()));
  }

  /** Mask elements per row: one per choice of each action element; 0 without a mask. */
  public int maskWidth() {
    long sum = 0;
    for (int choices : maskWidths()) {
      sum += choices;
    }
    if (sum > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a mask of %d choices does not fit into an array, as the actions %s of %s would need"
              .formatted(sum, actionSpace, name));
    }
    return (int) sum;
  }

  /** Mask elements of each action element; empty without a mask. */
  int[] maskWidths() {
    return masked ? choices(actionSpace) : new int[0];
  }

  private static int[] choices(Space space) {
    return switch (space) {
      case Discrete discrete -> new int[] {discrete.n()};
      case MultiDiscrete multi -> multi.counts();
      case MultiBinary binary -> {
        int[] choices = new int[binary.n()];
        Arrays.fill(choices, 2);
        yield choices;
      }
      default -> new int[0];
    };
  }
}
