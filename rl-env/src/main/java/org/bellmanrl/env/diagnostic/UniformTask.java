package org.bellmanrl.env.diagnostic;

import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;
import org.jspecify.annotations.Nullable;

/**
 * A task whose next state is drawn uniformly whatever is done, so that only the reward of the
 * present state counts: a contextual bandit. Draws one integer at each reset and step, and what the
 * observation needs beside it.
 */
abstract class UniformTask implements Environment, Stateful {
  /** Above so many outcomes there is no exact model. */
  private static final long MODELLED = 100_000;

  private final EnvironmentSpec spec;
  final int states;
  private final int actions;
  private final boolean modelled;
  private int state;
  private @Nullable FiniteModel model;

  /**
   * A task.
   *
   * @param spec what it is
   * @param states how many states there are
   * @param actions how many actions, by index
   * @param finite whether the observation says which state it is, so that a model can be shown
   */
  UniformTask(EnvironmentSpec spec, int states, int actions, boolean finite) {
    this.spec = spec;
    this.states = states;
    this.actions = actions;
    this.modelled = finite && (double) states * actions * states <= MODELLED;
  }

  /** The index of an action. */
  abstract int index(Action action);

  /** What an action is worth. */
  abstract double reward(int inState, int action);

  /** Shows a state. */
  abstract void show(int shown, RandomStream random, Observation observation);

  /** What there is to see, for people. */
  abstract String describe(int shown);

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public final void reset(RandomStream random, Observation observation) {
    state = random.integers(states);
    show(state, random, observation);
  }

  @Override
  public final void step(Action action, RandomStream random, Outcome outcome) {
    outcome.reward(reward(state, index(action)));
    state = random.integers(states);
    show(state, random, outcome.observation());
  }

  private FiniteModel model() {
    FiniteModel.Builder model = FiniteModel.builder(states, actions);
    for (int s = 0; s < states; s++) {
      model.initial(s, 1.0 / states);
      for (int a = 0; a < actions; a++) {
        for (int next = 0; next < states; next++) {
          model.add(s, a, 1.0 / states, next, reward(s, a), false);
        }
      }
    }
    return model.build();
  }

  @Override
  public final <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(states, () -> state)));
    }
    if (type == TextView.class) {
      TextView view = colour -> describe(state) + "\n";
      return Optional.of(type.cast(view));
    }
    if (type == Modelled.class && modelled) {
      FiniteModel known = model == null ? model() : model;
      model = known;
      Modelled shown = () -> known;
      return Optional.of(type.cast(shown));
    }
    return Environment.super.capability(type);
  }

  @Override
  public final void carry(State state) {
    state.begin("uniform-task", 1);
    this.state = state.carryIndex("state", this.state, states);
    state.end();
  }
}
