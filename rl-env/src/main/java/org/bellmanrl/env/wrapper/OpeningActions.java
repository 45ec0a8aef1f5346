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

/**
 * Base class of environments that take some actions of their own at the beginning of each episode.
 *
 * <p>Their rewards are lost, and the loop does not count them as steps. Where the episode ends
 * within them, another one begins, in which the remaining ones are taken.
 */
abstract class OpeningActions extends WrappedEnvironments {
  private final int start;
  private final int[] left;
  private final Columns actions;
  private final Rows ended;
  private Rows active;
  private Rows following;

  /**
   * Wraps environments.
   *
   * @param id the wrapper's id, for messages
   * @param choices how many actions the task must have at least
   */
  OpeningActions(String id, Wrapper wrapper, VectorEnvironment inner, int choices) {
    super(wrapper, inner, inner.spec(), Change.DYNAMICS);
    EnvironmentSpec spec = inner.spec();
    Checks.notMasked(id, spec);
    if (!(spec.actionSpace() instanceof Discrete discrete) || discrete.n() < choices) {
      throw Checks.actions(id, "a Discrete of %d actions or more".formatted(choices), spec);
    }
    this.start = discrete.start();
    this.left = new int[inner.rows()];
    this.actions = new Columns(discrete, inner.rows());
    this.ended = new Rows(inner.rows());
    this.active = new Rows(inner.rows());
    this.following = new Rows(inner.rows());
  }

  /** Returns how many actions a row's episode begins with, at least 0. */
  abstract int count(int row, RandomStreams random);

  /** Returns the action that so many others of the opening follow, counted from 0. */
  abstract int action(int left);

  @Override
  public final void reset(Rows rows, RandomStreams random, Observations observations) {
    super.reset(rows, random, observations);
    active.clear();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      left[row] = count(row, random);
      if (left[row] > 0) {
        active.add(row);
      }
    }
    while (!active.isEmpty()) {
      for (int i = 0; i < active.count(); i++) {
        int row = active.at(i);
        actions.ints()[row] = start + action(--left[row]);
      }
      Outcomes outcomes = stepInside(active, actions, random, observations);
      ended.clear();
      following.clear();
      for (int i = 0; i < active.count(); i++) {
        int row = active.at(i);
        if (outcomes.terminated()[row] || outcomes.truncated()[row]) {
          ended.add(row);
        }
        if (left[row] > 0) {
          following.add(row);
        }
      }
      if (!ended.isEmpty()) {
        super.reset(ended, random, observations);
      }
      Rows done = active;
      active = following;
      following = done;
    }
  }
}
