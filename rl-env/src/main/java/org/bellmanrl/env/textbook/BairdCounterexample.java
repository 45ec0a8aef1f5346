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
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * Baird's counterexample: seven states whose values can be shown exactly by eight features, and
 * where learning off policy still diverges (Baird, <i>Residual Algorithms</i>, ICML 1995; Sutton
 * &amp; Barto, 2nd ed., 2018, example 11.1).
 *
 * <p>Action 0, dashed, leads to one of the first six states, each as likely; action 1, solid, to
 * the seventh. An episode begins in any state. Rewards are 0 and nothing terminates, so every value
 * is 0. The observation is the features: of state i among the first six, 2 at element i and 1 at
 * the last; of the seventh, 1 at element 6 and 2 at the last. The behaviour that goes with it takes
 * dashed with probability 6/7, the target policy always takes solid, and γ is 0.99. Draws one
 * {@code integers(7)} per reset and one {@code integers(6)} per dashed step.
 */
public final class BairdCounterexample implements Environment, Stateful {
  private static final int UPPER = 6;
  private static final int FEATURES = 8;
  private static final int SOLID = 1;

  private final EnvironmentSpec spec =
      EnvironmentSpec.of("Baird-v1", Box.of(0, 2, FEATURES), new Discrete(2))
          .withMaxEpisodeSteps(1000)
          .withLegend(
              new Legend(
                  List.of("eight features of the state, twice the own one and one that all share"),
                  List.of("dashed", "solid"),
                  "Every reward is 0: values that grow have diverged."))
          .continuing();
  private int state;

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = random.integers(UPPER + 1);
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    state = action.discrete() == SOLID ? UPPER : random.integers(UPPER);
    show(outcome.observation());
  }

  private void show(Observation observation) {
    for (int i = 0; i < FEATURES; i++) {
      observation.set(i, 0);
    }
    observation.set(state, state == UPPER ? 1 : 2);
    observation.set(FEATURES - 1, state == UPPER ? 2 : 1);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class
        ? Optional.of(type.cast(LampsPicture.of(UPPER + 1, () -> state)))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("baird", 1);
    this.state = state.carryIndex("state", this.state, UPPER + 1);
    state.end();
  }
}
