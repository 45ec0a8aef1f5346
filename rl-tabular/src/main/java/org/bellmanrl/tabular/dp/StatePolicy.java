package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;

/**
 * Acts by a table of probabilities π(a|s), such as dynamic programming finds.
 *
 * <p>Under a mask it acts in proportion among the actions that are allowed. Draws per row: one
 * {@code random()}; the action is the first allowed one at which the cumulated probabilities exceed
 * it. Immutable and safe for threads.
 */
public final class StatePolicy implements Policy.WithProbabilities {
  private final PolicyTable table;
  private final ProductIndex states;
  private final ActionIndex actions;

  /**
   * A policy for a task.
   *
   * @throws IllegalArgumentException if the task is not finite or the table not one for it
   */
  public StatePolicy(EnvironmentSpec spec, PolicyTable table) {
    this.states = States.index(spec.observationSpace());
    this.actions = ActionIndex.of(spec.actionSpace());
    if (table.states() != states.size() || table.actions() != actions.size()) {
      throw new IllegalArgumentException(
          "a policy for %s needs %d states and %d actions, had %d and %d"
              .formatted(
                  spec.name(), states.size(), actions.size(), table.states(), table.actions()));
    }
    this.table = table;
  }

  @Override
  public double probability(Observations observations, int row, int action) {
    int state = states.of(observations.values(), row);
    double allowed = allowed(state, observations, row);
    return allowed > 0 && actions.allows(observations, row, action)
        ? table.probability(state, action) / allowed
        : 0;
  }

  private double allowed(int state, Observations observations, int row) {
    if (observations.maskWidth() == 0) {
      return 1;
    }
    double sum = 0;
    for (int a = 0; a < actions.size(); a++) {
      sum += actions.allows(observations, row, a) ? table.probability(state, a) : 0;
    }
    return sum;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new StateActor(this, rows, random);
  }

  @Override
  public StatePolicy snapshot() {
    return this;
  }

  private static final class StateActor extends Actor.Memoryless {
    private final StatePolicy policy;

    StateActor(StatePolicy policy, int rows, RandomStreams random) {
      super(rows, random);
      this.policy = policy;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int action = draw(observations, row, random.row(row));
        policy.actions.set(action, actions.values(), row);
      }
    }

    private int draw(Observations observations, int row, RandomStream stream) {
      int state = policy.states.of(observations.values(), row);
      double allowed = policy.allowed(state, observations, row);
      if (!(allowed > 0)) {
        throw new IllegalStateException(
            "the mask of row %d allows no action that this policy takes in state %d"
                .formatted(row, state));
      }
      double point = stream.random() * allowed;
      int action = -1;
      for (int a = 0; a < policy.actions.size() && (action < 0 || point >= 0); a++) {
        double chance = policy.table.probability(state, a);
        if (chance > 0 && policy.actions.allows(observations, row, a)) {
          action = a;
          point -= chance;
        }
      }
      return action;
    }
  }
}
