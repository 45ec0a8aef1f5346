package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Ends an episode when a life is lost, and begins the next one in the same game while there are
 * lives left (Mnih et al., Human-level control through deep reinforcement learning, 2015, methods).
 *
 * <p>Takes tasks with Discrete actions without a mask that report the diagnostic {@code lives}, as
 * the games of {@code gym/ALE} do; gives the same spaces. Where the game goes on, a reset takes the
 * first action, which does nothing on the Atari 2600; its reward is lost. The task's limit counts
 * the steps of a whole game. Evaluation plays whole games; while learning, returns are reported of
 * each life, where Gymnasium's and Stable-Baselines3's monitors stand inside of this wrapper and
 * report each game. State saved: the lives, the length of the game and whether the last step lost a
 * life, of every row.
 */
public record EpisodicLife() implements Wrapper {
  /** The diagnostic that says how many lives are left. */
  static final String LIVES = "lives";

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Lives(this, inner);
  }

  private static final class Lives extends WrappedEnvironments implements TimeLimit.Kept {
    private final int index;
    private final int limit;
    private final Columns nothing;
    private final double[] lives;
    private final long[] lengths;
    private final boolean[] goesOn;
    private final Rows again;
    private final Rows going;

    Lives(Wrapper wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.DYNAMICS);
      EnvironmentSpec spec = inner.spec();
      Checks.notMasked("episodic-life", spec);
      if (!(spec.actionSpace() instanceof Discrete discrete)) {
        throw Checks.actions("episodic-life", "a Discrete", spec);
      }
      this.index = spec.diagnostics().indexOf(LIVES);
      if (index < 0) {
        throw new IllegalArgumentException(
            "episodic-life takes tasks with the diagnostic 'lives', such as gym/ALE/Breakout-v5; "
                + spec.name()
                + " has none");
      }
      int rows = inner.rows();
      this.limit = spec.maxEpisodeSteps();
      this.nothing = new Columns(discrete, rows);
      this.lives = new double[rows];
      this.lengths = new long[rows];
      this.goesOn = new boolean[rows];
      this.again = new Rows(rows);
      this.going = new Rows(rows);
      for (int row = 0; row < rows; row++) {
        nothing.ints()[row] = discrete.start();
      }
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      again.clear();
      going.clear();
      for (int i = 0; i < rows.count(); i++) {
        (goesOn[rows.at(i)] ? going : again).add(rows.at(i));
      }
      if (!going.isEmpty()) {
        Outcomes outcomes = stepInside(going, nothing, random, observations);
        for (int i = 0; i < going.count(); i++) {
          int row = going.at(i);
          if (takeIn(row, outcomes)) {
            again.add(row);
          }
          goesOn[row] = false;
        }
      }
      if (!again.isEmpty()) {
        super.reset(again, random, observations);
      }
      for (int i = 0; i < again.count(); i++) {
        int row = again.at(i);
        goesOn[row] = false;
        lives[row] = 0;
        lengths[row] = 0;
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      super.step(rows, actions, random, outcomes);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double before = lives[row];
        goesOn[row] = !takeIn(row, outcomes) && lives[row] < before && lives[row] > 0;
        if (goesOn[row]) {
          outcomes.terminated()[row] = true;
          outcomes.discount()[row] = 0;
        }
      }
    }

    /** Notes what a step of a row has led to, and returns whether its game is over. */
    private boolean takeIn(int row, Outcomes outcomes) {
      lives[row] = outcomes.diagnostics()[row * outcomes.diagnosticsWidth() + index];
      lengths[row]++;
      outcomes.truncated()[row] |= lengths[row] == limit;
      return outcomes.terminated()[row] || outcomes.truncated()[row];
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("episodic-life", 1);
      lives[row] = state.carry("lives", lives[row]);
      lengths[row] = state.carry("lengths", lengths[row]);
      goesOn[row] = state.carry("goes-on", goesOn[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
