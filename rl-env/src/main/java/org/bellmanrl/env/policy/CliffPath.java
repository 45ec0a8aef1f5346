package org.bellmanrl.env.policy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;

/**
 * Walks along the cliff of {@code CliffWalking-v1}: up, to the right, and down to the goal (Sutton
 * &amp; Barto, 2nd ed., 2018, example 6.6). One row above the cliff this is the best policy and
 * earns −13; the rows above are the safer ways that SARSA learns.
 */
public final class CliffPath extends Policy.Scripted {
  private static final int COLUMNS = 12;
  private static final int ROWS = 4;
  private static final int UP = 0;
  private static final int RIGHT = 1;
  private static final int DOWN = 2;

  private final int path;

  /**
   * Which way.
   *
   * @param distance rows between the path and the cliff's row, from 1 to 3
   */
  public record Options(
      @Described(value = "rows between the path and the cliff's row", range = "[1, 3]")
          int distance) {
    public Options {
      Require.inRange("distance", distance, "[1, 3]");
    }

    /** The shortest way. */
    public static Options defaults() {
      return new Options(1);
    }
  }

  /**
   * Makes the policy.
   *
   * @throws IllegalArgumentException if the task is another one
   */
  public CliffPath(EnvironmentSpec spec, Options options) {
    TaskCheck.require(spec, "CliffWalking-v1");
    this.path = ROWS - 1 - options.distance();
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    int state = observations.values().ints()[row];
    int column = state % COLUMNS;
    int at = state / COLUMNS;
    boolean last = column == COLUMNS - 1;
    actions.ints()[row] = last ? DOWN : at > path ? UP : RIGHT;
  }
}
