package com.example.drive;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * A drive that never ends, in two lanes with slower cars ahead.
 *
 * <p>The observation is {@code MultiDiscrete[2, 4, sight + 1, sight + 1]}: the lane (0 right, 1
 * left), the speed (0 to 3 cells a step), and for each lane how many cells away the next car is: 0
 * for alongside, {@code sight} for a clear road. Action 0 holds the speed, 1 speeds up, 2 brakes
 * and 3 changes lanes. Cars in the right lane drive at speed 1, in the left lane at 2. When the
 * road ahead is clear and the driver faster than that, a new car comes into sight with probability
 * {@code traffic}.
 *
 * <p>A step is rewarded with the speed. Running into a car, ahead or alongside, costs {@code bump}
 * and brings the driver to a halt, but the drive goes on: there is no terminal state and no limit,
 * so the aim is the reward per step. The observation is the whole state.
 */
public final class TwoLaneDrive implements Environment, Stateful, TextView {
  static final String ID = "example/TwoLaneDrive-v1";

  private static final int TOP_SPEED = 3;
  private static final int[] TRAFFIC_SPEED = {1, 2};

  private final EnvironmentSpec spec;
  private final TwoLaneDriveOptions options;
  private final int[] distance = new int[2];
  private int lane;
  private int speed;
  private boolean bumped;

  /** A drive of {@code example/TwoLaneDrive-v1}. */
  public TwoLaneDrive(TwoLaneDriveOptions options) {
    this.options = options;
    int distances = options.sight() + 1;
    this.spec =
        EnvironmentSpec.of(
                ID, new MultiDiscrete(2, TOP_SPEED + 1, distances, distances), new Discrete(4))
            .continuing();
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    lane = 0;
    speed = 1;
    bumped = false;
    distance[0] = 1 + random.integers(options.sight());
    distance[1] = 1 + random.integers(options.sight());
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    bumped = false;
    switch (action.discrete()) {
      case 1 -> speed = Math.min(TOP_SPEED, speed + 1);
      case 2 -> speed = Math.max(0, speed - 1);
      case 3 -> {
        bumped = distance[1 - lane] == 0;
        lane = bumped ? lane : 1 - lane;
      }
      default -> {}
    }
    for (int i = 0; i < 2; i++) {
      distance[i] = approach(i, random);
    }
    if (bumped) {
      speed = 0;
    }
    outcome.reward(speed - (bumped ? options.bump() : 0));
    show(outcome.observation());
  }

  /** How far the next car of a lane is after a step. */
  private int approach(int i, RandomStream random) {
    int gain = speed - TRAFFIC_SPEED[i];
    int clear = options.sight();
    if (distance[i] == clear) {
      return gain > 0 && random.random() < options.traffic() ? clear - 1 : clear;
    }
    int left = distance[i] - gain;
    if (i == lane && left < 1) {
      bumped = true;
      return 1;
    }
    // A car that is left behind, or drives out of sight, gives way to a clear road.
    return left < 0 || left > clear ? clear : left;
  }

  private void show(Observation observation) {
    observation.setDiscrete(0, lane);
    observation.setDiscrete(1, speed);
    observation.setDiscrete(2, distance[0]);
    observation.setDiscrete(3, distance[1]);
  }

  /** The left lane above the right one; {@code >} drives, {@code #} is a car, {@code *} a bump. */
  @Override
  public String text(boolean colour) {
    StringBuilder out = new StringBuilder();
    String edge = "=".repeat(options.sight() + 3) + "\n";
    out.append(edge);
    for (int i = 1; i >= 0; i--) {
      StringBuilder road = new StringBuilder(".".repeat(options.sight() + 3));
      if (distance[i] < options.sight()) {
        road.setCharAt(1 + distance[i], '#');
      }
      String row = road.toString();
      if (i == lane) {
        String me = bumped ? "*" : ">";
        String shown = colour ? "\u001b[1;" + (bumped ? 31 : 32) + "m" + me + "\u001b[0m" : me;
        row = "." + shown + row.substring(2);
      }
      out.append(row).append('\n');
    }
    return out.append(edge).append("speed ").append(speed).append('\n').toString();
  }

  @Override
  public void carry(State state) {
    state.begin("two-lane-drive", 1);
    lane = state.carry("lane", lane);
    speed = state.carry("speed", speed);
    bumped = state.carry("bumped", bumped);
    state.carry("distance", distance);
    state.end();
  }
}
