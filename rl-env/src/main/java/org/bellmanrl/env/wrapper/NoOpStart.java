package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;

/**
 * Begins each episode with a random number of actions that do nothing, so that games that always
 * begin alike don't (Mnih et al., Human-level control through deep reinforcement learning, 2015,
 * methods).
 *
 * <p>Takes Discrete actions without a mask, the first of which does nothing, as on the Atari 2600;
 * gives the same spaces. Rewards of these actions are lost, and the loop does not count them as
 * steps; should an episode end within them, another one begins. Draws per reset, after the task's
 * own draws: one {@code integers(1, noopMax + 1)}. Evaluation begins in the same way. State saved:
 * none.
 *
 * @param noopMax how many actions at most
 */
public record NoOpStart(
    @Described(value = "how many actions that do nothing at most", range = "[1, 1000000]")
        int noopMax)
    implements Wrapper {

  public NoOpStart {
    Require.inRange("noop_max", noopMax, "[1, 1000000]");
  }

  /** Up to thirty actions, as in the source. */
  public NoOpStart() {
    this(30);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new OpeningActions("no-op-start", this, inner, 1) {
      @Override
      int count(int row, RandomStreams random) {
        return random.row(row).integers(1, noopMax + 1);
      }

      @Override
      int action(int left) {
        return 0;
      }
    };
  }
}
