package org.bellmanrl.tabular;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;

/** Transitions written by hand, row by row. */
public final class Steps {
  public final Rows rows;
  public final Observations observations;
  public final Actions actions;
  public final Outcomes outcomes;
  public final Actions nextActions;
  public final Transitions transitions;

  public Steps(EnvironmentSpec spec, int count) {
    this.rows = Rows.all(count);
    this.observations = new Observations(spec, count);
    this.actions = new Actions(spec.actionSpace(), Dict.EMPTY, count);
    this.outcomes = new Outcomes(spec, count);
    this.nextActions = new Actions(spec.actionSpace(), Dict.EMPTY, count);
    this.transitions = new Transitions(rows, observations, actions, outcomes, nextActions);
  }

  /** A step in a row, in the middle of an episode that goes on. */
  public Steps step(int row, int state, int action, double reward, int nextState) {
    observations.values().ints()[row] = state;
    outcomes.observations().values().ints()[row] = nextState;
    return outcome(row, action, reward);
  }

  private Steps outcome(int row, int action, double reward) {
    actions.values().ints()[row] = action;
    outcomes.reward()[row] = reward;
    outcomes.discount()[row] = 1;
    outcomes.terminated()[row] = false;
    outcomes.truncated()[row] = false;
    transitions.first()[row] = false;
    return this;
  }

  /** The same where observations are vectors. */
  public Steps step(int row, float[] seen, int action, double reward, float[] next) {
    System.arraycopy(seen, 0, observations.values().floats(), row * seen.length, seen.length);
    System.arraycopy(
        next, 0, outcomes.observations().values().floats(), row * next.length, next.length);
    return outcome(row, action, reward);
  }

  public Steps first(int row) {
    transitions.first()[row] = true;
    return this;
  }

  public Steps discount(int row, double discount) {
    outcomes.discount()[row] = discount;
    return this;
  }

  public Steps terminated(int row) {
    outcomes.terminated()[row] = true;
    outcomes.discount()[row] = 0;
    return this;
  }

  public Steps truncated(int row) {
    outcomes.truncated()[row] = true;
    return this;
  }

  public Steps next(int row, int action) {
    nextActions.values().ints()[row] = action;
    return this;
  }

  public Steps mask(int row, boolean... allowed) {
    System.arraycopy(
        allowed, 0, outcomes.observations().mask(), row * allowed.length, allowed.length);
    return this;
  }

  public void to(Learner learner) {
    learner.observe(transitions);
  }
}
