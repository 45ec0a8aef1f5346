package org.bellmanrl.testkit;

import java.util.Map;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * A walk from -5 to 5 with everything an environment can have: nested observations, a mask,
 * diagnostics, an episode limit, state, a picture. It keeps its contract; tests break it.
 */
class Walk implements Environment, Stateful, PictureView, TextView {
  static final int EDGE = 5;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
              "test/Walk-v0",
              Dict.of(Map.of("noise", Box.of(-1f, 1f, 2), "place", new Discrete(2 * EDGE + 1))),
              new Discrete(4, 1))
          .withMaxEpisodeSteps(40)
          .withMask()
          .withDiagnostics("noise");

  int place;
  double noise;
  double momentum;

  @Override
  public EnvironmentSpec spec() {
    return SPEC;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    place = 0;
    momentum = 0;
    noise = noise(random);
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    noise = noise(random);
    place += action.discrete() - 2;
    momentum = 0.5 * momentum + noise;
    outcome.reward(momentum);
    outcome.diagnostic(0, noise);
    if (Math.abs(place) == EDGE) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  double noise(RandomStream random) {
    return random.uniform(-1, 1);
  }

  /** The second noise is always 0, and the fourth action (index 3) never allowed. */
  void show(Observation observation) {
    observation.setOf(0, 0, noise);
    observation.setOf(0, 1, 0);
    observation.setDiscreteOf(1, 0, place + EDGE);
    for (int a = 0; a < 3; a++) {
      observation.allow(a, true);
    }
    observation.allow(3, false);
  }

  @Override
  public String text(boolean colour) {
    return ".".repeat(place + EDGE) + (colour ? "\u001B[1mW\u001B[0m" : "W") + "\n";
  }

  @Override
  public double aspect() {
    return 2 * EDGE + 1;
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    int from = width * (place + EDGE) / (2 * EDGE + 1);
    for (int i = 0; i < width * height; i++) {
      argb[i] = i % width < from ? 0xFFFFFFFF : 0xFF000000;
    }
  }

  @Override
  public void carry(State state) {
    state.begin("walk", 1);
    place = state.carry("place", place);
    noise = state.carry("noise", noise);
    momentum = state.carry("momentum", momentum);
    state.end();
  }
}
