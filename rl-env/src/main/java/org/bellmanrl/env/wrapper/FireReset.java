package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Presses the button that begins the game at each reset: actions 1 and 2, FIRE and UP on the Atari
 * 2600, as in OpenAI Baselines (Dhariwal et al., 2017); and also after each lost life, where the
 * task reports the diagnostic {@code lives}.
 *
 * <p>For games such as Breakout that stand still until then. Takes Discrete actions, three or more,
 * without a mask; gives the same spaces. Rewards of the two actions at a reset are lost, and the
 * loop does not count them as steps; should an episode end within them, another one begins. After a
 * lost life they belong to the step that lost it. Evaluation does the same. State saved: the lives
 * of every row.
 */
public record FireReset() implements Wrapper {
  private static final int FIRE = 1;
  private static final int UP = 2;

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Firing(this, inner);
  }

  private static final class Firing extends OpeningActions {
    private final int index;
    private final int start;
    private final double[] lives;
    private final Columns buttons;
    private Rows lost;
    private Rows following;

    Firing(Wrapper wrapper, VectorEnvironment inner) {
      super("fire-reset", wrapper, inner, 1 + UP);
      this.index = inner.spec().diagnostics().indexOf(EpisodicLife.LIVES);
      this.start = ((Discrete) inner.spec().actionSpace()).start();
      this.lives = new double[inner.rows()];
      this.buttons = new Columns(inner.spec().actionSpace(), inner.rows());
      this.lost = new Rows(inner.rows());
      this.following = new Rows(inner.rows());
    }

    @Override
    int count(int row, RandomStreams random) {
      lives[row] = 0;
      return 2;
    }

    @Override
    int action(int left) {
      return left == 1 ? FIRE : UP;
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      super.step(rows, actions, random, outcomes);
      if (index < 0) {
        return;
      }
      lost.clear();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double now = outcomes.diagnostics()[row * outcomes.diagnosticsWidth() + index];
        if (now > 0 && now < lives[row] && goesOn(outcomes, row)) {
          lost.add(row);
        }
        lives[row] = now;
      }
      press(FIRE, random, outcomes);
      press(UP, random, outcomes);
    }

    private static boolean goesOn(Outcomes outcomes, int row) {
      return !outcomes.terminated()[row] && !outcomes.truncated()[row];
    }

    /** Takes an action in the rows that lost a life, and adds what came of it to their step. */
    private void press(int action, RandomStreams random, Outcomes outcomes) {
      if (lost.isEmpty()) {
        return;
      }
      for (int i = 0; i < lost.count(); i++) {
        buttons.ints()[lost.at(i)] = start + action;
      }
      Outcomes inside = stepInside(lost, buttons, random, outcomes.observations());
      following.clear();
      for (int i = 0; i < lost.count(); i++) {
        int row = lost.at(i);
        outcomes.addResults(inside, row, row);
        lives[row] = outcomes.diagnostics()[row * outcomes.diagnosticsWidth() + index];
        if (goesOn(outcomes, row)) {
          following.add(row);
        }
      }
      Rows done = lost;
      lost = following;
      following = done;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("fire-reset", 1);
      lives[row] = state.carry("lives", lives[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
