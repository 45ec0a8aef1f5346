package com.example.drive;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/**
 * A road in fog: a signpost at its start shows which way to turn at the junction at its end.
 *
 * <p>The observation is 0 for fog, 1 and 2 for a signpost to the left and to the right, and 3 for
 * the junction. Action 0 drives on, 1 and 2 turn left and right. Turning in the direction of the
 * signpost is rewarded with 1, turning in the other one with −1, and either ends the episode; an
 * action without effect costs 0.1. The junction always looks the same, so an agent that does not
 * remember the signpost earns 0 on average (the T-maze of Bakker, "Reinforcement Learning with Long
 * Short-Term Memory", 2001).
 */
public final class Signpost implements Environment {
  private final EnvironmentSpec spec;
  private final int length;
  private int place;
  private int way;

  /**
   * The options of the road.
   *
   * @param length places between the signpost and the junction, from 1 to 1000
   */
  public record Options(
      @Described(value = "places between signpost and junction", range = Options.LENGTH)
          int length) {
    private static final String LENGTH = "[1, 1000]";

    public Options {
      Require.inRange("length", length, LENGTH);
    }

    /** Eight places. */
    public static Options defaults() {
      return new Options(8);
    }
  }

  /** A road of {@code length} places between the signpost and the junction. */
  public Signpost(int length) {
    this.length = length;
    this.spec =
        EnvironmentSpec.of("example/Signpost-v1", new Discrete(4), new Discrete(3))
            .withMaxEpisodeSteps(10 * length);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    place = 0;
    way = 1 + random.integers(2);
    observation.setDiscrete(way);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int turn = action.discrete();
    if (place == length && turn != 0) {
      outcome.reward(turn == way ? 1 : -1);
      outcome.terminate();
    } else if (place < length && turn == 0) {
      place++;
    } else {
      outcome.reward(-0.1);
    }
    outcome.observation().setDiscrete(place == 0 ? way : place == length ? 3 : 0);
  }
}
