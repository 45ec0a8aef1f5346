package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * Go left, where one of many poor choices always looks good, or right, where nothing is to be had:
 * the largest of noisy estimates is too large.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 6.7 and figure 6.5. The observations are 0
 * (A, where episodes begin) and 1 (B). In A the actions are 0 left, which leads to B and pays 0,
 * and 1 right, which ends the episode and pays 0; others are masked, and one that is played all the
 * same goes right. In B each of the actions ends the episode and pays a normal reward, by default
 * of mean −0.1 and deviation 1. So right is best, and left is worth −0.1.
 *
 * <p>Reports whether a step went left from A, as 1 or 0. Draws one standard normal number per step
 * in B. Can show a picture and text.
 */
public final class MaximizationBias implements Environment, Stateful {
  /** The action that leads from A to B. */
  public static final int LEFT = 0;

  /** The action that ends an episode in A. */
  public static final int RIGHT = 1;

  private static final int A = 0;
  private static final int B = 1;
  private static final int STATES = 2;

  private final EnvironmentSpec spec;
  private final MaximizationBiasOptions options;
  private int state;

  /** The task of {@code MaximizationBias-v1}. */
  public MaximizationBias(MaximizationBiasOptions options) {
    this.spec =
        EnvironmentSpec.of(
                "MaximizationBias-v1", new Discrete(STATES), new Discrete(options.actions()))
            .withMask()
            .withLegend(
                new Legend(
                    List.of("state: 0 is A, 1 is B"),
                    List.of(),
                    "Going right from A pays 0 and ends; going left leads to B, all of whose actions pay about -0.1 and end."))
            .withDiagnostics("left");
    this.options = options;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = A;
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    boolean left = state == A && action.discrete() == LEFT;
    if (left) {
      state = B;
    } else {
      if (state == B) {
        outcome.reward(random.normal(options.mean(), options.deviation()));
      }
      outcome.terminate();
    }
    outcome.diagnostic(0, left ? 1 : 0);
    show(outcome.observation());
  }

  private void show(Observation observation) {
    observation.setDiscrete(state);
    for (int a = 0; a < options.actions(); a++) {
      observation.allow(a, state == B || a <= RIGHT);
    }
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(STATES, () -> B - state)));
    }
    if (type == TextView.class) {
      TextView view = colour -> state == A ? " B [A]\n" : "[B] A \n";
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("maximization-bias", 1);
    this.state = state.carryIndex("state", this.state, STATES);
    state.end();
  }
}
