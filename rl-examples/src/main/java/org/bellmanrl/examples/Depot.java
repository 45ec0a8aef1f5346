package org.bellmanrl.examples;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;

/**
 * A robot carries parcels from anywhere in a depot to its door until its battery is empty.
 *
 * <p>The observation is a Dict of {@code battery} (the charge, from 0 to 1), {@code carrying} (0 or
 * 1) and {@code map}, four planes of {@value #SIZE} × {@value #SIZE} bits: shelves, the robot, the
 * parcel to fetch, and the door. Actions 0 to 3 drive up, right, down and left; those that lead
 * into a shelf or a wall are masked. A parcel that arrives at the door is rewarded with 1, and the
 * next one appears at a random place. An alarm interrupts one step in 500.
 */
public final class Depot implements Environment, PictureView, TextView {
  private static final int SIZE = 7;
  private static final int CELLS = SIZE * SIZE;
  private static final int DOOR = 0;
  private static final int CHARGE = 60;
  private static final double ALARM = 1 / 500.0;
  private static final int[] DOWN = {-1, 0, 1, 0};
  private static final int[] RIGHT = {0, 1, 0, -1};

  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
              "Depot",
              Dict.of(
                  Map.of(
                      "battery", Box.of(0, 1, 1),
                      "carrying", new Discrete(2),
                      "map", Box.bytes(1, SIZE, SIZE, 4))),
              new Discrete(4))
          .withMask()
          .withDiagnostics("carrying")
          .withLegend(
              new Legend(
                  List.of(),
                  List.of("up", "right", "down", "left"),
                  "A parcel that arrives at the door pays 1."));

  // The parts of the Dict, which are numbered in the order of their names.
  private static final int BATTERY_PART = 0;
  private static final int CARRYING_PART = 1;
  private static final int MAP_PART = 2;

  private final boolean[] shelf = new boolean[CELLS];
  private int robot;
  private int parcel;
  private boolean carrying;
  private int charge;

  /**
   * A depot whose shelves depend on a seed alone.
   *
   * @param layoutSeed seed of the layout, at least 0
   */
  public Depot(long layoutSeed) {
    RandomStream layout = RandomStream.ofSeed(layoutSeed);
    // No two of these places are neighbours, so the robot can get everywhere.
    for (int row = 1; row < SIZE; row += 2) {
      for (int column = 1; column < SIZE; column += 2) {
        shelf[row * SIZE + column] = layout.random() < 0.5;
      }
    }
  }

  @Override
  public EnvironmentSpec spec() {
    return SPEC;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    robot = DOOR;
    parcel = somewhere(random);
    carrying = false;
    charge = CHARGE;
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    if (allows(action.discrete())) {
      robot += DOWN[action.discrete()] * SIZE + RIGHT[action.discrete()];
    }
    charge--;
    if (carrying && robot == DOOR) {
      outcome.reward(1);
      carrying = false;
      parcel = somewhere(random);
    } else if (robot == parcel) {
      carrying = true;
    }
    if (charge == 0) {
      outcome.terminate();
    } else if (random.random() < ALARM) {
      outcome.truncate();
    }
    outcome.diagnostic(0, carrying ? 1 : 0);
    show(outcome.observation());
  }

  private int somewhere(RandomStream random) {
    int cell = DOOR;
    while (cell == DOOR || shelf[cell]) {
      cell = random.integers(CELLS);
    }
    return cell;
  }

  private boolean allows(int action) {
    int row = robot / SIZE + DOWN[action];
    int column = robot % SIZE + RIGHT[action];
    return row >= 0 && row < SIZE && column >= 0 && column < SIZE && !shelf[row * SIZE + column];
  }

  private void show(Observation observation) {
    observation.setOf(BATTERY_PART, 0, charge / (double) CHARGE);
    observation.setDiscreteOf(CARRYING_PART, 0, carrying ? 1 : 0);
    for (int cell = 0; cell < CELLS; cell++) {
      int pixel = 4 * cell;
      observation.setUnsignedOf(MAP_PART, pixel, shelf[cell] ? 1 : 0);
      observation.setUnsignedOf(MAP_PART, pixel + 1, cell == robot ? 1 : 0);
      observation.setUnsignedOf(MAP_PART, pixel + 2, cell == parcel && !carrying ? 1 : 0);
      observation.setUnsignedOf(MAP_PART, pixel + 3, cell == DOOR ? 1 : 0);
    }
    for (int action = 0; action < 4; action++) {
      observation.allow(action, allows(action));
    }
  }

  @Override
  public double aspect() {
    return 1;
  }

  @Override
  public double stepsPerSecond() {
    return 5;
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        argb[y * width + x] =
            switch (symbol(y * SIZE / height * SIZE + x * SIZE / width)) {
              case '#' -> 0xFF5B4636;
              case 'R' -> 0xFF1F77B4;
              case 'C' -> 0xFF2CA02C;
              case 'P' -> 0xFFFF7F0E;
              case 'D' -> 0xFF888888;
              default -> 0xFFF4F1EA;
            };
      }
    }
  }

  /** {@code R} is the robot, {@code C} the robot with a parcel, {@code P} the parcel to fetch. */
  @Override
  public String text(boolean colour) {
    StringBuilder out = new StringBuilder();
    for (int cell = 0; cell < CELLS; cell++) {
      out.append(symbol(cell)).append(cell % SIZE == SIZE - 1 ? "\n" : "");
    }
    return out.append("charge ").append(charge).append('\n').toString();
  }

  private char symbol(int cell) {
    if (cell == robot) {
      return carrying ? 'C' : 'R';
    }
    return shelf[cell] ? '#' : cell == parcel && !carrying ? 'P' : cell == DOOR ? 'D' : '.';
  }
}
