package org.bellmanrl.env.textbook;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.grid.Dynamics;

/**
 * A task that is nothing but its exact model: the observation is the state. Draws one random number
 * at a reset and one at a step, certain outcomes included.
 */
abstract class TableTask implements Environment, Modelled {
  private final EnvironmentSpec spec;
  private final String section;
  private final FiniteModel model;
  private final Dynamics dynamics;
  private final int firstAction;

  private int state;

  /**
   * A task by its model.
   *
   * @param spec with observations that are the model's states, and a Discrete action space
   * @param section what a saved state is called
   */
  TableTask(EnvironmentSpec spec, FiniteModel model, String section) {
    this.spec = spec;
    this.section = section;
    this.model = model;
    this.dynamics = new Dynamics(model);
    this.firstAction = spec.actionSpace() instanceof Discrete discrete ? discrete.start() : 0;
  }

  /** The present state. */
  final int state() {
    return state;
  }

  /** Writes what is seen in a state. */
  void show(int shown, Observation observation) {
    observation.setDiscrete(shown);
  }

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public final void reset(RandomStream random, Observation observation) {
    state = dynamics.drawStart(random);
    show(state, observation);
  }

  @Override
  public final void step(Action action, RandomStream random, Outcome outcome) {
    int drawn = dynamics.drawOutcome(state, action.discrete() - firstAction, random);
    state = model.next(drawn);
    outcome.reward(model.reward(drawn));
    if (model.terminated(drawn)) {
      outcome.terminate();
    }
    show(state, outcome.observation());
  }

  @Override
  public final FiniteModel model() {
    return model;
  }

  @Override
  public final void carry(State state) {
    state.begin(section, 1);
    state = state.carryIndex("state", state, model.states());
    state.end();
  }
}
