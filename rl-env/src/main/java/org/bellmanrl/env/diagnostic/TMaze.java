package org.bellmanrl.env.diagnostic;

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
 * A sign at the beginning of a corridor says which way to turn at its end.
 *
 * <p>The observation is Discrete(4): at the beginning 0 for left or 1 for right, then 2 in the
 * corridor and 3 at the junction. Actions: 0 forward, 1 back, 2 left, 3 right. The junction lies
 * {@code length} steps ahead. Turning there ends the episode and pays 4 on the right side, −0.1 on
 * the wrong one; an action that does not move costs 0.1 too. The best return is 4; without memory
 * it is 1.95 in expectation. Draws one integer per episode. Can show text.
 *
 * <p>Source: Bakker, <i>Reinforcement Learning with Long Short-Term Memory</i>, 2002, section 5.1.
 */
public final class TMaze implements Environment, Stateful {
  private static final int CORRIDOR = 2;
  private static final int JUNCTION = 3;
  private static final int BACK = 1;
  private static final int LEFT = 2;
  private static final double GOAL = 4;
  private static final double PENALTY = -0.1;

  private final EnvironmentSpec spec;
  private final int length;

  /** Which side is right: 0 left, 1 right. */
  private int side;

  private int place;

  /** The task of {@code TMaze-v1}. */
  public TMaze(TMazeOptions options) {
    this.length = options.length();
    this.spec =
        EnvironmentSpec.of("TMaze-v1", new Discrete(4), new Discrete(4))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("0 sign to the left, 1 sign to the right, 2 corridor, 3 junction"),
                    List.of("forward", "backward", "left", "right"),
                    "Turning where the sign said pays 4, the other way costs 0.1, as does an action"
                        + " that does not move."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    side = random.integers(2);
    place = 0;
    observation.setDiscrete(shown());
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int move = action.discrete();
    if (move >= LEFT && place == length) {
      outcome.reward(move - LEFT == side ? GOAL : PENALTY);
      outcome.terminate();
    } else {
      int next = move >= LEFT ? place : Math.clamp(move == BACK ? place - 1 : place + 1, 0, length);
      outcome.reward(next == place ? PENALTY : 0);
      place = next;
    }
    outcome.observation().setDiscrete(shown());
  }

  private int shown() {
    if (place == length) {
      return JUNCTION;
    }
    return place == 0 ? side : CORRIDOR;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(4, this::shown)));
    }
    if (type == TextView.class) {
      TextView view = colour -> text();
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  private String text() {
    return "the goal is %s, place %d of %d\n"
        .formatted(side == 0 ? "left" : "right", place, length);
  }

  @Override
  public void carry(State state) {
    state.begin("t-maze", 1);
    side = state.carryIndex("side", side, 2);
    place = state.carryIndex("place", place, length + 1);
    state.end();
  }
}
