package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Base class for policies that learn nothing and remember nothing: a rule from what is observed to
 * an action. Implementations are immutable and safe for use by several threads.
 */
public abstract class ScriptedPolicy implements Policy {

  /**
   * Chooses an action in one row.
   *
   * @param observations what the rows show, with their masks
   * @param row the row
   * @param random the row's stream, for rules that draw
   * @param actions takes the action, in the row
   */
  protected abstract void act(
      Observations observations, int row, RandomStream random, Columns actions);

  @Override
  public final Actor actor(int rows, RandomStreams random) {
    return new MemorylessActor(rows, random) {
      @Override
      public void act(Rows listed, Observations observations, Actions actions) {
        for (int i = 0; i < listed.count(); i++) {
          int row = listed.at(i);
          ScriptedPolicy.this.act(observations, row, random.row(row), actions.values());
        }
      }
    };
  }

  /** Returns this policy, which does not change. */
  @Override
  public final ScriptedPolicy snapshot() {
    return this;
  }
}
