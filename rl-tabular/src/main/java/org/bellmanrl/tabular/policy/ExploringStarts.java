package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Choice;
import org.bellmanrl.tabular.table.QTable;

/**
 * Takes any allowed action in the first step of an episode, each as likely, and from then on one of
 * the largest value: exploring starts (Sutton &amp; Barto, 2nd ed., 2018, section 5.3).
 *
 * <p>Draws per row: one {@code integers(allowed actions)} in the first step, then one {@code
 * integers(ties)} if several actions are best and ties are broken at random. The policy is a view:
 * it follows the values while they change.
 */
public final class ExploringStarts implements Policy {
  private final QTable q;
  private final Space actionSpace;
  private final TieBreak ties;

  /**
   * A policy that reads action values.
   *
   * @param actionSpace the space of the table's actions
   * @param ties what to do with several best actions
   */
  public ExploringStarts(QTable q, Space actionSpace, TieBreak ties) {
    this.q = q;
    this.actionSpace = actionSpace;
    this.ties = ties;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new StartsActor(q, Choice.over(q, actionSpace, ties), rows, random);
  }

  @Override
  public ExploringStarts snapshot() {
    return new ExploringStarts(q.snapshot(), actionSpace, ties);
  }

  private static final class StartsActor implements Actor {
    private final QTable q;
    private final Choice choice;
    private final RandomStreams random;
    private final boolean[] begun;

    StartsActor(QTable q, Choice choice, int rows, RandomStreams random) {
      this.q = q;
      this.choice = choice;
      this.random = random;
      this.begun = new boolean[rows];
    }

    @Override
    public int rows() {
      return begun.length;
    }

    @Override
    public void begin(Rows rows) {
      for (int i = 0; i < rows.count(); i++) {
        begun[rows.at(i)] = false;
      }
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int action =
            begun[row]
                ? q.best(choice, observations, row, random.row(row))
                : choice.uniform(observations, row, random.row(row));
        begun[row] = true;
        choice.write(action, actions.values(), row);
      }
    }

    @Override
    public void carry(State state, int row) {
      state.begin("exploring-starts", 1);
      random.carry(state, row);
      begun[row] = state.carry("begun", begun[row]);
      state.end();
    }
  }
}
