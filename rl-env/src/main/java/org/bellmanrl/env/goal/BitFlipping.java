package org.bellmanrl.env.goal;

import java.util.Arrays;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Flip bits until they are those of the goal.
 *
 * <p>Bits and goal are drawn uniformly. Action i flips bit i. A step costs 1, but for the one that
 * reaches the goal, which costs nothing and ends the episode; an episode is cut after as many steps
 * as there are bits. Observation and achieved goal are the bits, as 0 and 1. With 20 bits, no
 * learner without hindsight meets a goal in a lifetime.
 *
 * <p>Source: Andrychowicz et al., <i>Hindsight Experience Replay</i>, 2017, section 3.1.
 */
public final class BitFlipping implements Environment, Stateful, TextView, GoalReward {
  private static final int ACHIEVED_PART = 0;
  private static final int DESIRED_PART = 1;
  private static final int OBSERVATION_PART = 2;

  private final int n;
  private final EnvironmentSpec spec;
  private final boolean[] bits;
  private final boolean[] goal;

  /** The task of {@code BitFlipping-v1}. */
  public BitFlipping(Options options) {
    this.n = options.n();
    Box all = Box.of(0f, 1f, n);
    this.spec =
        EnvironmentSpec.of("BitFlipping-v1", GoalReward.space(all, all), new Discrete(n))
            .withMaxEpisodeSteps(n);
    this.bits = new boolean[n];
    this.goal = new boolean[n];
  }

  /**
   * The options.
   *
   * @param n how many bits there are, in [1, 1000]
   */
  public record Options(@Described(value = "bits", range = "[1, 1000]") int n) {
    public Options {
      Require.inRange("n", n, "[1, 1000]");
    }

    /** Eight bits. */
    public static Options defaults() {
      return new Options(8);
    }
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    do {
      for (int i = 0; i < n; i++) {
        bits[i] = random.integers(2) == 1;
      }
      for (int i = 0; i < n; i++) {
        goal[i] = random.integers(2) == 1;
      }
    } while (reached());
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int flipped = action.discrete();
    bits[flipped] = !bits[flipped];
    if (reached()) {
      outcome.reward(0);
      outcome.terminate();
    } else {
      outcome.reward(-1);
    }
    show(outcome.observation());
  }

  private boolean reached() {
    return Arrays.equals(bits, goal);
  }

  private void show(Observation observation) {
    for (int i = 0; i < n; i++) {
      double bit = bits[i] ? 1 : 0;
      observation.setOf(OBSERVATION_PART, i, bit);
      observation.setOf(ACHIEVED_PART, i, bit);
      observation.setOf(DESIRED_PART, i, goal[i] ? 1 : 0);
    }
  }

  @Override
  public double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    return terminates(achieved, achievedAt, desired, desiredAt) ? 0 : -1;
  }

  @Override
  public boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    for (int i = 0; i < n; i++) {
      if (achieved[achievedAt + i] != desired[desiredAt + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String text(boolean colour) {
    return text("bits ", bits) + text("goal ", goal);
  }

  private static String text(String name, boolean[] of) {
    StringBuilder text = new StringBuilder(name);
    for (boolean bit : of) {
      text.append(bit ? '1' : '0');
    }
    return text.append(System.lineSeparator()).toString();
  }

  @Override
  public void carry(State state) {
    state.begin("bit-flipping", 1);
    state.carry("bits", bits);
    state.carry("goal", goal);
    state.end();
  }
}
