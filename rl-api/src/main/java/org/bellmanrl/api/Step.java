package org.bellmanrl.api;

import org.bellmanrl.api.space.Rows;

/** One step of the loop as listeners see it. The object is reused: read it during the call. */
public interface Step {

  /** The rows that took a step. */
  Rows rows();

  /** Reward of a listed row. */
  double reward(int row);

  /**
   * A diagnostic of a listed row.
   *
   * @param index its position in {@link EnvironmentSpec#diagnostics()}
   */
  double diagnostic(int row, int index);
}
