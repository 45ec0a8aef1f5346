package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * A walk by chance along a line of states until it leaves at one of the ends: there is nothing to
 * decide, only values to learn.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, examples 6.2 (5 states), 7.1 (19) and 9.1 (1000,
 * with jumps). The observation is the state, {@code Discrete(states)}, and the one action has no
 * effect. An episode begins in the middle, of two in the left one. A step goes left or right, as
 * likely, by 1 to {@code jump} states, each as likely; whatever would lead beyond an end terminates
 * and pays what that end pays, and the observation stays where it was. All else pays 0. Draws one
 * {@code integers(2 jump)} per step. With jumps of 1 the undiscounted values lie on a straight line
 * from end to end. Can show its exact model, a picture and text.
 */
public final class RandomWalk implements Environment, Stateful, Modelled {
  /** Longer walks are not written out. */
  private static final int TEXT_LENGTH = 80;

  private final EnvironmentSpec spec;
  private final RandomWalkOptions options;
  private final int middle;
  private int state;

  /** The walk of {@code RandomWalk-v1}. */
  public RandomWalk(RandomWalkOptions options) {
    this.spec =
        EnvironmentSpec.of("RandomWalk-v1", new Discrete(options.states()), new Discrete(1))
            .withLegend(
                new Legend(
                    List.of("place from the left, from 0"),
                    List.of("go on"),
                    "Leaving by the right end pays, leaving by the left end pays less; the walk chooses its way itself."));
    this.options = options;
    this.middle = (options.states() - 1) / 2;
    this.state = middle;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = middle;
    observation.setDiscrete(state);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int drawn = random.integers(2 * options.jump());
    int next = state + move(drawn);
    if (next < 0 || next >= options.states()) {
      outcome.reward(next < 0 ? options.left() : options.right());
      outcome.terminate();
    } else {
      state = next;
    }
    outcome.observation().setDiscrete(state);
  }

  /** −jump to −1 and 1 to jump, for the numbers from 0. */
  private int move(int drawn) {
    return drawn < options.jump() ? drawn - options.jump() : drawn - options.jump() + 1;
  }

  @Override
  public FiniteModel model() {
    FiniteModel.Builder model = FiniteModel.builder(options.states(), 1).initial(middle, 1);
    double chance = 1.0 / (2 * options.jump());
    for (int s = 0; s < options.states(); s++) {
      int left = 0;
      int right = 0;
      for (int drawn = 0; drawn < 2 * options.jump(); drawn++) {
        int next = s + move(drawn);
        if (next < 0) {
          left++;
        } else if (next >= options.states()) {
          right++;
        } else {
          model.add(s, 0, chance, next, 0, false);
        }
      }
      model.add(s, 0, left * chance, s, options.left(), true);
      model.add(s, 0, right * chance, s, options.right(), true);
    }
    return model.build();
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LinePicture.of(options.states(), () -> state)));
    }
    if (type == TextView.class) {
      TextView view = colour -> text();
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  private String text() {
    int n = options.states();
    return n > TEXT_LENGTH
        ? "state " + state + " of " + n + "\n"
        : "|" + ".".repeat(state) + "A" + ".".repeat(n - 1 - state) + "|\n";
  }

  @Override
  public void carry(State state) {
    state.begin("random-walk", 1);
    this.state = state.carryIndex("state", this.state, options.states());
    state.end();
  }
}
