package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;

/**
 * Presses the button that begins the game at each reset: actions 1 and 2, FIRE and UP on the Atari
 * 2600, as in OpenAI Baselines (Dhariwal et al., 2017).
 *
 * <p>For games such as Breakout that stand still until then. Takes Discrete actions, three or more,
 * without a mask; gives the same spaces. Rewards of these two actions are lost, and the loop does
 * not count them as steps; should an episode end within them, another one begins. Evaluation begins
 * in the same way. State saved: none.
 */
public record FireReset() implements Wrapper {
  private static final int FIRE = 1;
  private static final int UP = 2;

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new OpeningActions("fire-reset", this, inner, 1 + UP) {
      @Override
      int count(int row, RandomStreams random) {
        return 2;
      }

      @Override
      int action(int left) {
        return left == 1 ? FIRE : UP;
      }
    };
  }
}
