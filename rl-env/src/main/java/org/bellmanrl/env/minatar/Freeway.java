package org.bellmanrl.env.minatar;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Lead a chicken across eight lanes of cars as often as possible within 2,500 steps.
 *
 * <p>Reaching the top pays 1, after which the chicken is at the bottom again and the cars have new
 * speeds; a car that hits the chicken sends it back to the bottom. The planes are the chicken, cars
 * and five trails, one for each speed from a cell a step to a cell in five steps; the minimal
 * actions are none, up and down.
 */
public final class Freeway extends MinAtarEnvironment {

  /** A game of {@code MinAtar/Freeway-v1}. */
  public Freeway(MinAtarOptions options) {
    super(new Games(options, 1));
  }

  /**
   * Many games, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(MinAtarOptions options, int rows) {
    return new Games(options, rows);
  }

  private static final class Games extends MinAtarBatch {
    private static final GameLook LOOK =
        new GameLook(
            "Freeway",
            GameLook.thing("chicken", 'A', Ink.GOLD),
            GameLook.thing("car", '@', Ink.BLUE),
            GameLook.trail("trail of a car that moves every step", '1', Ink.CORAL),
            GameLook.trail("trail of a car that moves every 2nd step", '2', Ink.AMBER),
            GameLook.trail("trail of a car that moves every 3rd step", '3', Ink.GREEN),
            GameLook.trail("trail of a car that moves every 4th step", '4', Ink.TEAL),
            GameLook.trail("trail of a car that moves every 5th step", '5', Ink.STEEL));
    private static final int CHICKEN = 0;
    private static final int CAR = 1;

    /** Less one it is the first trail's plane. */
    private static final int TRAIL = 1;

    private static final int LANES = 8;
    private static final int COLUMN = 4;
    private static final int SLOWEST = 5;
    private static final int MOVE_INTERVAL = 3;
    private static final int TIME = 2500;

    private final int[] chickenY;
    private final int[] moveTimer;
    private final int[] timeLeft;
    private final int[] carX;

    /** Steps until the car moves. */
    private final int[] carTimer;

    /** Steps from move to move, negative to the left. */
    private final int[] carPace;

    Games(MinAtarOptions options, int rows) {
      super(LOOK, options, rows, NONE, UP, DOWN);
      this.chickenY = new int[rows];
      this.moveTimer = new int[rows];
      this.timeLeft = new int[rows];
      this.carX = new int[Math.multiplyExact(rows, LANES)];
      this.carTimer = new int[carX.length];
      this.carPace = new int[carX.length];
    }

    @Override
    void begin(int row, RandomStream random) {
      drawCars(row, random);
      for (int car = LANES * row; car < LANES * (row + 1); car++) {
        carX[car] = 0;
      }
      chickenY[row] = LAST;
      moveTimer[row] = MOVE_INTERVAL;
      timeLeft[row] = TIME;
    }

    private void drawCars(int row, RandomStream random) {
      int first = LANES * row;
      for (int car = first; car < first + LANES; car++) {
        carTimer[car] = random.integers(1, SLOWEST + 1);
      }
      for (int car = first; car < first + LANES; car++) {
        carPace[car] = random.random() < 0.5 ? -carTimer[car] : carTimer[car];
      }
    }

    @Override
    int act(int row, int action, RandomStream random) {
      int y = chickenY[row];
      if (moveTimer[row] > 0) {
        moveTimer[row]--;
      } else if (action == UP || action == DOWN) {
        moveTimer[row] = MOVE_INTERVAL - 1;
        y = action == UP ? y - 1 : Math.min(LAST, y + 1);
      }
      int reward = 0;
      if (y == 0) {
        reward = 1;
        drawCars(row, random);
        y = LAST;
      }
      // Only the car in the chicken's lane can hit it, before it moves or after.
      int beside = y == LAST ? -1 : LANES * row + y - 1;
      boolean hit = beside >= 0 && carX[beside] == COLUMN;
      for (int car = LANES * row; car < LANES * (row + 1); car++) {
        if (carTimer[car] > 0) {
          carTimer[car]--;
        } else {
          drive(car);
        }
      }
      hit |= beside >= 0 && carX[beside] == COLUMN;
      chickenY[row] = hit ? LAST : y;
      timeLeft[row]--;
      if (timeLeft[row] < 0) {
        end(row);
      }
      return reward;
    }

    private void drive(int car) {
      carTimer[car] = Math.abs(carPace[car]);
      int x = carX[car] + (carPace[car] > 0 ? 1 : -1);
      carX[car] = x < 0 ? LAST : x > LAST ? 0 : x;
    }

    @Override
    void carryGame(State state, int row) {
      chickenY[row] = state.carryIndex("chicken-y", chickenY[row], SIDE);
      moveTimer[row] = state.carryWithin("move-timer", moveTimer[row], 0, MOVE_INTERVAL);
      timeLeft[row] = state.carryWithin("time-left", timeLeft[row], -1, TIME);
      for (int car = LANES * row; car < LANES * (row + 1); car++) {
        carX[car] = state.carryIndex("car-x", carX[car], SIDE);
        carTimer[car] = state.carryWithin("car-timer", carTimer[car], 0, SLOWEST);
        carPace[car] = state.carryWithin("car-pace", carPace[car], -SLOWEST, SLOWEST);
      }
    }

    @Override
    void paint(int row, byte[] planes, int at) {
      set(planes, at, chickenY[row], COLUMN, CHICKEN);
      for (int lane = 0; lane < LANES; lane++) {
        int car = LANES * row + lane;
        int x = carX[car];
        int pace = carPace[car];
        set(planes, at, lane + 1, x, CAR);
        int behind = pace > 0 ? x - 1 : x + 1;
        behind = behind < 0 ? LAST : behind > LAST ? 0 : behind;
        set(planes, at, lane + 1, behind, TRAIL + Math.abs(pace));
      }
    }
  }
}
