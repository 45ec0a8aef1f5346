package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/**
 * The states of recurrent critics in each row of a task. The actor knows the policy's state alone,
 * so the critics are run along here, one step at a time, by what the rows show. Not thread-safe.
 */
final class CriticStates implements Stateful {
  private final Network[] critics;
  private final CriticInputs inputs;
  private final Workspace single;

  /** Numbers of one critic's state, and of all. */
  private final int each;

  private final int size;
  private final float[] states;

  /**
   * States of zeros.
   *
   * @param critics followed while they learn
   * @param rows of the task
   */
  CriticStates(Network[] critics, CriticInputs inputs, int rows) {
    this.critics = critics;
    this.inputs = inputs;
    this.each = critics[0].stateSize();
    this.size = Math.multiplyExact(critics.length, each);
    this.states = new float[Math.multiplyExact(rows, size)];
    this.single = critics[0].workspace(1, Workspace.Use.FORWARD);
  }

  /** States before the steps, where an episode begins zeros: row after row, critic after critic. */
  float[] before(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (transitions.first()[row]) {
        Arrays.fill(states, row * size, (row + 1) * size, 0f);
      }
    }
    return states;
  }

  /** Lets the states follow on what was observed before the steps; actions don't matter to them. */
  void advance(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count() && size > 0; i++) {
      int row = rows.at(i);
      inputs.encoder().encode(transitions.observations().values(), row, single.inputs(), 0);
      for (int k = 0; k < critics.length; k++) {
        int at = row * size + k * each;
        System.arraycopy(states, at, single.states(), 0, each);
        critics[k].forward(single, 1);
        System.arraycopy(single.finalStates(), 0, states, at, each);
      }
    }
  }

  @Override
  public void carry(State state) {
    state.begin("critic-states", 1);
    state.carry("states", states);
    state.end();
  }
}
