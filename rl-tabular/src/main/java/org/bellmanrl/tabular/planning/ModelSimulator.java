package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Plays an exact model by its numbers: observations are its states, actions its actions. */
final class ModelSimulator implements Environment, Stateful {
  private final FiniteModel model;
  private final EnvironmentSpec spec;
  private int state;

  ModelSimulator(String name, FiniteModel model) {
    this.model = model;
    this.spec =
        EnvironmentSpec.of(name, new Discrete(model.states()), new Discrete(model.actions()));
  }

  /** Goes to a state. */
  ModelSimulator in(int there) {
    state = there;
    return this;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    double point = random.random();
    state = model.states() - 1;
    for (int s = 0; s < model.states() && point >= 0; s++) {
      if (model.initial(s) > 0) {
        state = s;
        point -= model.initial(s);
      }
    }
    observation.setDiscrete(state);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int drawn = model.from(state, action.discrete());
    int last = model.to(state, action.discrete()) - 1;
    for (double point = random.random() - model.probability(drawn);
        drawn < last && point >= 0;
        point -= model.probability(drawn)) {
      drawn++;
    }
    state = model.next(drawn);
    outcome.reward(model.reward(drawn));
    if (model.terminated(drawn)) {
      outcome.terminate();
    }
    outcome.observation().setDiscrete(state);
  }

  @Override
  public void carry(State out) {
    out.begin("model-simulator", 1);
    state = out.carryIndex("state", state, model.states());
    out.end();
  }
}
