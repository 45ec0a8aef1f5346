package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.internal.ActionIndex;

/**
 * Draws the mean reward of every allowed arm from what is believed of it, in the order of the arms,
 * and takes the arm of the largest.
 */
final class ThompsonPolicy implements Policy {
  private final Posterior posterior;
  private final ActionIndex index;

  ThompsonPolicy(Posterior posterior, ActionIndex index) {
    this.posterior = posterior;
    this.index = index;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new ThompsonActor(posterior, index, rows, random);
  }

  @Override
  public ThompsonPolicy snapshot() {
    return new ThompsonPolicy(posterior.snapshot(), index);
  }

  private static final class ThompsonActor extends Actor.Memoryless {
    private final Posterior posterior;
    private final ActionIndex index;
    private final double[] scratch;

    ThompsonActor(Posterior posterior, ActionIndex index, int rows, RandomStreams random) {
      super(rows, random);
      this.posterior = posterior;
      this.index = index;
      this.scratch = new double[posterior.scratch()];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        index.countAllowed(observations, row);
        int best = -1;
        double most = 0;
        for (int a = 0; a < index.size(); a++) {
          if (index.allows(observations, row, a)) {
            double drawn = posterior.draw(observations, row, a, random.row(row), scratch);
            if (best < 0 || drawn > most) {
              best = a;
              most = drawn;
            }
          }
        }
        index.set(best, actions.values(), row);
      }
    }
  }
}
