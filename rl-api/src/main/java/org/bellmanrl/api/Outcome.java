package org.bellmanrl.api;

/**
 * A row of outcomes that an environment writes during a step.
 *
 * <p>Unless told otherwise the reward is 0, the discount 1 and the episode goes on.
 */
public final class Outcome {
  private final Observation observation;
  private Outcomes outcomes;
  private int row;

  /** A cursor on row 0 of these outcomes. */
  public Outcome(Outcomes outcomes) {
    this.observation = new Observation(outcomes.observations());
    this.outcomes = outcomes;
  }

  /** Moves to a row of outcomes of the same shape, wherever its observations are now. */
  public Outcome at(Outcomes columns, int toRow) {
    if (columns != outcomes) {
      outcomes = columns;
    }
    row = toRow;
    observation.at(columns.observations(), toRow);
    return this;
  }

  /** The next observation, to be written. */
  public Observation observation() {
    return observation;
  }

  /** Sets the reward, a finite number. */
  public void reward(double reward) {
    outcomes.reward()[row] = reward;
  }

  /** The reward set so far; 0 if none was. */
  public double reward() {
    return outcomes.reward()[row];
  }

  /**
   * Ends the episode in a terminal state: nothing that follows counts, so the discount becomes 0.
   */
  public void terminate() {
    outcomes.terminated()[row] = true;
    outcomes.discount()[row] = 0;
  }

  /** Returns whether {@link #terminate()} was called. */
  public boolean terminated() {
    return outcomes.terminated()[row];
  }

  /** Cuts the episode short although its state is not terminal. */
  public void truncate() {
    outcomes.truncated()[row] = true;
  }

  /** Returns whether {@link #truncate()} was called. */
  public boolean truncated() {
    return outcomes.truncated()[row];
  }

  /**
   * Sets the environment's own factor on everything that follows, for tasks that end with a
   * probability instead of at a step.
   *
   * @param discount in [0, 1]
   */
  public void discount(double discount) {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1], was " + discount);
    }
    outcomes.discount()[row] = discount;
  }

  /**
   * Sets a diagnostic: a number for people and listeners, never for learners.
   *
   * @param index its position in {@link EnvironmentSpec#diagnostics()}
   */
  public void diagnostic(int index, double value) {
    int width = outcomes.diagnosticsWidth();
    if (index < 0 || index >= width) {
      throw new IllegalArgumentException(
          "diagnostic must be in [0, %d), as the environment's spec declares, was %d"
              .formatted(width, index));
    }
    outcomes.diagnostics()[row * width + index] = value;
  }
}
