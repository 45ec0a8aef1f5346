package org.bellmanrl.env;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.grid.Dynamics;
import org.bellmanrl.env.internal.grid.Placeable;

/**
 * Base class for tasks that are nothing but their exact model: the observation is the state.
 *
 * <p>Draws one random number at a reset and one at a step, certain outcomes included. A subclass
 * passes the model to the constructor and says in {@link #shown} how the task looks; {@link
 * org.bellmanrl.env.textbook.ModelTask} plays a model as it stands.
 */
public abstract class TableTask implements Environment, Stateful, Modelled {
  final EnvironmentSpec spec;
  final Dynamics dynamics;
  final boolean[] allowed;
  final int firstAction;
  private final String section;
  private final FiniteModel model;
  private final int actions;

  private int state;

  /**
   * Creates a task without a mask.
   *
   * @param spec with observations that are the model's states, and a Discrete action space
   * @param section the section that the state is saved in
   */
  protected TableTask(EnvironmentSpec spec, FiniteModel model, String section) {
    this(spec, model, new boolean[0], section);
  }

  /**
   * Creates a task.
   *
   * @param spec with observations that are the model's states, and a Discrete action space
   * @param allowed whether each action is allowed, by state and action; not read without a mask
   * @param section the section that the state is saved in
   */
  protected TableTask(EnvironmentSpec spec, FiniteModel model, boolean[] allowed, String section) {
    this.spec = spec;
    this.section = section;
    this.model = model;
    this.allowed = allowed;
    this.dynamics = new Dynamics(model);
    this.firstAction = spec.actionSpace() instanceof Discrete discrete ? discrete.start() : 0;
    this.actions = spec.maskWidth();
  }

  /** Returns the present state. */
  protected final int state() {
    return state;
  }

  /** Changes the state that a step led to, and shows the new one. */
  protected final void moveTo(int other, Observation observation) {
    state = other;
    show(observation);
  }

  /**
   * Returns a view of this task, if there is one of that type.
   *
   * @param current the state to show
   */
  protected abstract <T> Optional<T> shown(Class<T> type, IntSupplier current);

  /**
   * Returns many such tasks, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  protected final VectorEnvironment batch(int rows) {
    return new TableBatch(this, rows);
  }

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = dynamics.drawStart(random);
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int drawn = dynamics.drawOutcome(state, action.discrete() - firstAction, random);
    state = model.next(drawn);
    outcome.reward(model.reward(drawn));
    if (model.terminated(drawn)) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  private void show(Observation observation) {
    observation.setDiscrete(state);
    for (int a = 0; a < actions; a++) {
      observation.allow(a, allowed[state * actions + a]);
    }
  }

  @Override
  public final FiniteModel model() {
    return model;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == Placeable.class) {
      Placeable placing =
          (place, observations, row) ->
              moveTo(place, new Observation(observations).at(observations, row));
      return Optional.of(type.cast(placing));
    }
    Optional<T> shown = shown(type, this::state);
    return shown.isPresent() ? shown : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    this.state = carry(state, this.state);
  }

  /** Carries the state of a row, whether it is alone or in a batch. */
  final int carry(State state, int current) {
    state.begin(section, 1);
    int carried = state.carryIndex("state", current, model.states());
    state.end();
    return carried;
  }
}
