package org.bellmanrl.env.goal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Move a point around the walls of a maze to a goal.
 *
 * <p>The maze is a U of seven free cells with sides of 1, in which the point and the goal are drawn
 * uniformly, at least a cell apart. An action is the way in x and y, within [−1, 1], of which a
 * fifth is gone in a step; a wall stops the point in the direction in which it is met. Observation
 * and achieved goal are the place of the point. A step costs 1, but for the one that ends within
 * {@code radius} of the goal, which costs nothing and ends the episode; an episode is cut after 100
 * steps.
 *
 * <p>In the manner of Gymnasium-Robotics' PointMaze_UMaze, without masses.
 */
public final class PointMaze implements Environment, Stateful, TextView, GoalReward {
  private static final int ACHIEVED_PART = 0;
  private static final int DESIRED_PART = 1;
  private static final int OBSERVATION_PART = 2;

  /** Rows from y = 0 on; a space is free. */
  private static final String[] MAZE = {"#####", "#   #", "### #", "#   #", "#####"};

  private static final double STRIDE = 0.2;
  private static final float SIDE = MAZE.length;
  private static final int LIMIT = 100;

  private final EnvironmentSpec spec = makeSpec();
  private final double radius;
  private double x;
  private double y;
  private double goalX;
  private double goalY;

  /** The task of {@code PointMaze-v1}. */
  public PointMaze(Options options) {
    this.radius = options.radius();
  }

  private static EnvironmentSpec makeSpec() {
    Box place = Box.of(0f, SIDE, 2);
    return EnvironmentSpec.of("PointMaze-v1", GoalReward.space(place, place), Box.of(-1f, 1f, 2))
        .withMaxEpisodeSteps(LIMIT)
        .withLegend(
            new Legend(
                List.of("x achieved", "y achieved", "x wanted", "y wanted", "x", "y"),
                List.of("way in x, a fifth of it", "way in y, a fifth of it"),
                "A step costs 1, but for the one that comes near the goal, which costs nothing and"
                    + " ends the episode."));
  }

  /**
   * The options.
   *
   * @param radius how near the goal must be, in (0, 1)
   */
  public record Options(
      @Described(value = "how near the goal must be, in cells", range = "(0, 1)") double radius) {
    public Options {
      Require.inRange("radius", radius, "(0, 1)");
    }

    /** 0.3, less than half a cell. */
    public static Options defaults() {
      return new Options(0.3);
    }
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    do {
      x = random.uniform(0, SIDE);
      y = random.uniform(0, SIDE);
    } while (!free(x, y));
    do {
      goalX = random.uniform(0, SIDE);
      goalY = random.uniform(0, SIDE);
    } while (!free(goalX, goalY) || square(x - goalX) + square(y - goalY) < 1);
    show(observation);
  }

  private static boolean free(double x, double y) {
    return MAZE[(int) y].charAt((int) x) == ' ';
  }

  private static double square(double of) {
    return of * of;
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    double nextX = x + STRIDE * within(action.get(0));
    x = free(nextX, y) ? nextX : x;
    double nextY = y + STRIDE * within(action.get(1));
    y = free(x, nextY) ? nextY : y;
    boolean reached = near((float) x, (float) y, (float) goalX, (float) goalY);
    outcome.reward(reached ? 0 : -1);
    if (reached) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  private static double within(float asked) {
    return Math.max(-1, Math.min(1, asked));
  }

  /** By the numbers that observations show. */
  private boolean near(float ofX, float ofY, float toX, float toY) {
    return square((double) ofX - toX) + square((double) ofY - toY) <= radius * radius;
  }

  private void show(Observation observation) {
    observation.setOf(OBSERVATION_PART, 0, x);
    observation.setOf(OBSERVATION_PART, 1, y);
    observation.setOf(ACHIEVED_PART, 0, x);
    observation.setOf(ACHIEVED_PART, 1, y);
    observation.setOf(DESIRED_PART, 0, goalX);
    observation.setOf(DESIRED_PART, 1, goalY);
  }

  @Override
  public double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    return terminates(achieved, achievedAt, desired, desiredAt) ? 0 : -1;
  }

  @Override
  public boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    return near(
        achieved[achievedAt], achieved[achievedAt + 1], desired[desiredAt], desired[desiredAt + 1]);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(new Drawing(1, this::paint)));
    }
    return Environment.super.capability(type);
  }

  private void paint(Canvas canvas) {
    double cell = Canvas.HEIGHT / SIDE;
    canvas.flood(Ink.PAPER);
    for (int row = 0; row < MAZE.length; row++) {
      for (int column = 0; column < MAZE.length; column++) {
        if (MAZE[row].charAt(column) != ' ') {
          canvas.box(column * cell, row * cell, cell, cell, 0, Ink.NAVY);
        }
      }
    }
    canvas.ring(goalX * cell, goalY * cell, radius * cell, 1.5, Ink.MOSS);
    canvas.disc(x * cell, y * cell, 3, Ink.CORAL);
  }

  @Override
  public String text(boolean colour) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < MAZE.length; row++) {
      for (int column = 0; column < MAZE.length; column++) {
        boolean here = row == (int) y && column == (int) x;
        boolean there = row == (int) goalY && column == (int) goalX;
        text.append(here ? 'o' : there ? 'G' : MAZE[row].charAt(column));
      }
      text.append(System.lineSeparator());
    }
    return text.append(String.format(Locale.ROOT, "%.2f, %.2f%n", x, y)).toString();
  }

  @Override
  public void carry(State state) {
    state.begin("point-maze", 1);
    x = state.carryFinite("x", x);
    y = state.carryFinite("y", y);
    goalX = state.carryFinite("goal_x", goalX);
    goalY = state.carryFinite("goal_y", goalY);
    state.end();
  }
}
