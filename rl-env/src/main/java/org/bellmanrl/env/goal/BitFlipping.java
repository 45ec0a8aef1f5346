package org.bellmanrl.env.goal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

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
  private static final double ASPECT = 2;

  private final EnvironmentSpec spec;
  private final boolean[] bits;
  private final boolean[] goal;

  /** The task of {@code BitFlipping-v1}. */
  public BitFlipping(Options options) {
    this.n = options.n();
    Box all = Box.of(0f, 1f, n);
    this.spec =
        EnvironmentSpec.of("BitFlipping-v1", GoalReward.space(all, all), new Discrete(n))
            .withMaxEpisodeSteps(n)
            .withLegend(
                new Legend(
                    List.of("each bit, 0 or 1: as achieved, as wanted, and as it is"),
                    IntStream.range(0, n).mapToObj(i -> "flip bit " + i).toList(),
                    "A step costs 1, but for the one that makes all bits those of the goal, which"
                        + " costs nothing and ends the episode."));
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
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(new Drawing(ASPECT, this::paint)));
    }
    return Environment.super.capability(type);
  }

  /** The bits above, those of the goal below. */
  private void paint(Canvas canvas) {
    canvas.flood(Ink.PAPER);
    double cell = ASPECT * Canvas.HEIGHT / n;
    double radius = Math.min(0.38 * cell, 18);
    for (int i = 0; i < n; i++) {
      double x = (i + 0.5) * cell;
      canvas.disc(x, 32, radius, bits[i] ? Ink.GOLD : Ink.STEEL);
      canvas.disc(x, 72, radius, goal[i] ? Ink.GOLD : Ink.STEEL);
    }
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
