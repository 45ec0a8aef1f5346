package org.bellmanrl.api;

import org.bellmanrl.api.space.Rows;
import org.jspecify.annotations.Nullable;

/**
 * One step of each listed row: what was observed, done, paid, and observed next.
 *
 * <p>Two facts about the future are kept apart. {@link #discount()} says how much of the next
 * state's value counts: the environment's own factor, 0 when terminated, 1 at a truncation. {@link
 * #last(int)} says that the trajectory is cut here, by a terminal state or from outside. A one-step
 * target needs the first alone, {@code reward + gamma * discount * value(next)}; anything that
 * reaches over several steps is cut where the second holds.
 *
 * <p>A flyweight over the loop's columns: valid during the call, and only in the listed rows.
 */
public final class Transitions {
  private final Rows rows;
  private final boolean[] first;
  private final Outcomes outcomes;
  private Observations observations;
  private Actions actions;
  private @Nullable Actions nextActions;

  /**
   * Transitions over columns that belong to someone else.
   *
   * @param rows the listed rows
   * @param observations what was observed
   * @param actions what was done
   * @param outcomes what came of it
   * @param nextActions what is done next, if that is known
   */
  public Transitions(
      Rows rows,
      Observations observations,
      Actions actions,
      Outcomes outcomes,
      @Nullable Actions nextActions) {
    this.rows = rows;
    this.first = new boolean[rows.capacity()];
    this.observations = observations;
    this.actions = actions;
    this.outcomes = outcomes;
    this.nextActions = nextActions;
  }

  /** Looks at other columns of the same shape: current and next change places every step. */
  public void rebind(Observations current, Actions chosen, @Nullable Actions following) {
    observations = current;
    actions = chosen;
    nextActions = following;
  }

  /** The rows that took a step. */
  public Rows rows() {
    return rows;
  }

  /** Returns the observations before the actions, with the masks of the actions allowed there. */
  public Observations observations() {
    return observations;
  }

  /** Returns the actions taken, with the behaviour policy's extra columns. */
  public Actions actions() {
    return actions;
  }

  /** Reward per row. */
  public double[] reward() {
    return outcomes.reward();
  }

  /** The environment's own discount per row, in [0, 1]; 0 when terminated. */
  public double[] discount() {
    return outcomes.discount();
  }

  /** Returns the next observations: at an end, the true last observation of the episode. */
  public Observations nextObservations() {
    return outcomes.observations();
  }

  /**
   * What is done next; at a truncation, what would have been. Not meaningful where the discount is
   * 0.
   *
   * @throws IllegalStateException if the learner did not ask for it
   */
  public Actions nextActions() {
    if (nextActions == null) {
      throw new IllegalStateException(
          "the next action is known only to learners whose needsNextAction() says so");
    }
    return nextActions;
  }

  /** Per row, whether the episode reached a terminal state. */
  public boolean[] terminated() {
    return outcomes.terminated();
  }

  /** Per row, whether the episode was cut from outside. */
  public boolean[] truncated() {
    return outcomes.truncated();
  }

  /** Returns whether the trajectory of a row is cut after this transition. */
  public boolean last(int row) {
    return outcomes.terminated()[row] || outcomes.truncated()[row];
  }

  /** Per row, whether this is the first transition of an episode. */
  public boolean[] first() {
    return first;
  }
}
