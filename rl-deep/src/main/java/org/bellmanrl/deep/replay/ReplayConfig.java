package org.bellmanrl.deep.replay;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.options.Require;

/**
 * What a replay keeps and how it is drawn from.
 *
 * @param capacity how many observations are kept, over all rows, at least 1. A transition takes
 *     one, the end of an episode takes one more for its true last observation, and with stacks of
 *     frames the start takes {@code frames − 1} more.
 * @param nStep over how many steps rewards are added up, at least 1
 * @param gamma the task's discount, in [0, 1]
 * @param frames how many frames are stacked in one observation, at least 1. With more than 1 the
 *     observations are a Box that holds the last so many frames, the oldest first, joined along the
 *     last axis if there are three dimensions (height × width × channels) and along the first
 *     otherwise; each frame is then kept once.
 * @param prioritisation how some are preferred; empty to draw uniformly
 * @param sequences how sequences are cut, which then are drawn instead of transitions; empty for
 *     transitions
 * @param relabelledGoals share of drawn transitions whose goal is replaced by one that was achieved
 *     later in the episode, in [0, 1]; with more than 0 the task must have goals, and nStep must be
 *     1
 * @param compressedFrames whether the bytes of observations, or of frames, are kept compressed: for
 *     pictures, which then take a third of the memory and some microseconds more to draw
 */
@RecordBuilder
public record ReplayConfig(
    int capacity,
    int nStep,
    double gamma,
    int frames,
    Optional<Prioritisation> prioritisation,
    double relabelledGoals,
    Optional<SequenceConfig> sequences,
    boolean compressedFrames)
    implements ReplayConfigBuilder.With {
  public ReplayConfig {
    Require.atLeast("capacity", capacity, 1);
    Require.atLeast("nStep", nStep, 1);
    Require.unit("gamma", gamma);
    Require.atLeast("frames", frames, 1);
    Objects.requireNonNull(prioritisation, "prioritisation");
    Require.unit("relabelled_goals", relabelledGoals);
    if (relabelledGoals > 0 && nStep > 1) {
      throw new IllegalArgumentException(
          "relabelled_goals must be 0 with n_steps above 1, was %s with n_steps %d"
              .formatted(relabelledGoals, nStep));
    }
    Objects.requireNonNull(sequences, "sequences");
    if (relabelledGoals > 0 && sequences.isPresent()) {
      throw new IllegalArgumentException(
          "relabelled_goals must be 0 with recurrent layers, was " + relabelledGoals);
    }
  }

  /** Single transitions. */
  public ReplayConfig(
      int capacity, int nStep, double gamma, int frames, Optional<Prioritisation> prioritisation) {
    this(capacity, nStep, gamma, frames, prioritisation, 0, Optional.empty(), false);
  }

  /** Transitions of one step, drawn uniformly. */
  public static ReplayConfig uniform(int capacity, double gamma) {
    return new ReplayConfig(capacity, 1, gamma, 1, Optional.empty());
  }

  /** Transitions of one step, drawn by priority. */
  public static ReplayConfig prioritised(int capacity, double gamma) {
    return new ReplayConfig(capacity, 1, gamma, 1, Optional.of(new Prioritisation()));
  }
}
