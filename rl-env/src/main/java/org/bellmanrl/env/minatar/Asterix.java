package org.bellmanrl.env.minatar;

import java.util.Arrays;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Collect gold and avoid enemies, which cross the board from both sides, a lane each.
 *
 * <p>Gold pays 1; an enemy ends the episode. Things appear and move faster with time. The planes
 * are the player, enemies, trails and gold; the minimal actions are none, left, up, right and down.
 */
public final class Asterix extends MinAtarEnvironment {

  /** A game of {@code MinAtar/Asterix-v1}. */
  public Asterix(MinAtarOptions options) {
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
            "Asterix",
            GameLook.thing("player", 'A', Ink.TEAL),
            GameLook.thing("enemy", 'x', Ink.CORAL),
            GameLook.trail("trail", '-', Ink.SLATE),
            GameLook.thing("gold", '$', Ink.GOLD));
    private static final int PLAYER = 0;
    private static final int ENEMY = 1;
    private static final int TRAIL = 2;
    private static final int GOLD = 3;

    /** One thing at most crosses each of the lines 1 to 8. */
    private static final int LANES = 8;

    private static final int RAMP_INTERVAL = 100;
    private static final int SPAWN_INTERVAL = 10;
    private static final int MOVE_INTERVAL = 5;
    private static final int EMPTY = -1;

    private final int[] playerX;
    private final int[] playerY;
    private final int[] spawnInterval;
    private final int[] spawnTimer;
    private final int[] moveInterval;
    private final int[] moveTimer;
    private final int[] rampTimer;
    private final int[] ramps;

    /** Column of the thing in each lane of each row; {@link #EMPTY} if there is none. */
    private final int[] thingX;

    private final boolean[] rightwards;
    private final boolean[] gold;

    Games(MinAtarOptions options, int rows) {
      super(LOOK, options, rows, NONE, LEFT, UP, RIGHT, DOWN);
      this.playerX = new int[rows];
      this.playerY = new int[rows];
      this.spawnInterval = new int[rows];
      this.spawnTimer = new int[rows];
      this.moveInterval = new int[rows];
      this.moveTimer = new int[rows];
      this.rampTimer = new int[rows];
      this.ramps = new int[rows];
      this.thingX = new int[Math.multiplyExact(rows, LANES)];
      this.rightwards = new boolean[thingX.length];
      this.gold = new boolean[thingX.length];
      Arrays.fill(thingX, EMPTY);
      Arrays.fill(playerY, 1);
      Arrays.fill(spawnInterval, SPAWN_INTERVAL);
      Arrays.fill(moveInterval, MOVE_INTERVAL);
    }

    @Override
    void begin(int row, RandomStream random) {
      playerX[row] = 5;
      playerY[row] = 5;
      spawnInterval[row] = SPAWN_INTERVAL;
      spawnTimer[row] = SPAWN_INTERVAL;
      moveInterval[row] = MOVE_INTERVAL;
      moveTimer[row] = MOVE_INTERVAL;
      rampTimer[row] = RAMP_INTERVAL;
      ramps[row] = 0;
      for (int i = LANES * row; i < LANES * (row + 1); i++) {
        clear(i);
      }
    }

    @Override
    int act(int row, int action, RandomStream random) {
      if (spawnTimer[row] == 0) {
        spawn(row, random);
        spawnTimer[row] = spawnInterval[row];
      }
      switch (action) {
        case LEFT -> playerX[row] = Math.max(0, playerX[row] - 1);
        case RIGHT -> playerX[row] = Math.min(LAST, playerX[row] + 1);
        case UP -> playerY[row] = Math.max(1, playerY[row] - 1);
        case DOWN -> playerY[row] = Math.min(LANES, playerY[row] + 1);
        default -> {}
      }
      int reward = touch(row);
      if (moveTimer[row] == 0) {
        moveTimer[row] = moveInterval[row];
        move(row);
        reward += touch(row);
      }
      spawnTimer[row]--;
      moveTimer[row]--;
      if (ramping()) {
        ramp(row);
      }
      return reward;
    }

    /** What the player meets in the own lane, which is the only one where something can be met. */
    private int touch(int row) {
      int thing = LANES * row + playerY[row] - 1;
      if (thingX[thing] != playerX[row]) {
        return 0;
      }
      if (!gold[thing]) {
        end(row);
        return 0;
      }
      clear(thing);
      return 1;
    }

    private void move(int row) {
      for (int i = LANES * row; i < LANES * (row + 1); i++) {
        if (thingX[i] == EMPTY) {
          continue;
        }
        thingX[i] += rightwards[i] ? 1 : -1;
        if (thingX[i] < 0 || thingX[i] > LAST) {
          clear(i);
        }
      }
    }

    private void spawn(int row, RandomStream random) {
      boolean right = random.random() < 0.5;
      boolean treasure = random.random() < 1.0 / 3;
      int first = LANES * row;
      int free = 0;
      for (int i = first; i < first + LANES; i++) {
        free += thingX[i] == EMPTY ? 1 : 0;
      }
      if (free == 0) {
        return;
      }
      int thing = first;
      for (int skip = random.integers(free); skip > 0 || thingX[thing] != EMPTY; thing++) {
        skip -= thingX[thing] == EMPTY ? 1 : 0;
      }
      thingX[thing] = right ? 0 : LAST;
      rightwards[thing] = right;
      gold[thing] = treasure;
    }

    private void ramp(int row) {
      if (spawnInterval[row] == 1 && moveInterval[row] == 1) {
        return;
      }
      if (rampTimer[row] >= 0) {
        rampTimer[row]--;
        return;
      }
      if (moveInterval[row] > 1 && ramps[row] % 2 == 1) {
        moveInterval[row]--;
      }
      if (spawnInterval[row] > 1) {
        spawnInterval[row]--;
      }
      ramps[row]++;
      rampTimer[row] = RAMP_INTERVAL;
    }

    private void clear(int thing) {
      thingX[thing] = EMPTY;
      rightwards[thing] = false;
      gold[thing] = false;
    }

    @Override
    void carryGame(State state, int row) {
      playerX[row] = state.carryIndex("player-x", playerX[row], SIDE);
      playerY[row] = state.carryWithin("player-y", playerY[row], 1, LANES);
      spawnInterval[row] =
          state.carryWithin("spawn-interval", spawnInterval[row], 1, SPAWN_INTERVAL);
      spawnTimer[row] = state.carryWithin("spawn-timer", spawnTimer[row], 0, SPAWN_INTERVAL);
      moveInterval[row] = state.carryWithin("move-interval", moveInterval[row], 1, MOVE_INTERVAL);
      moveTimer[row] = state.carryWithin("move-timer", moveTimer[row], 0, MOVE_INTERVAL);
      rampTimer[row] = state.carryWithin("ramp-timer", rampTimer[row], -1, RAMP_INTERVAL);
      ramps[row] = state.carryWithin("ramps", ramps[row], 0, Integer.MAX_VALUE);
      for (int i = LANES * row; i < LANES * (row + 1); i++) {
        thingX[i] = state.carryWithin("thing-x", thingX[i], EMPTY, LAST);
        rightwards[i] = state.carry("rightwards", rightwards[i]);
        gold[i] = state.carry("gold", gold[i]);
      }
    }

    @Override
    void paint(int row, byte[] planes, int at) {
      set(planes, at, playerY[row], playerX[row], PLAYER);
      for (int lane = 0; lane < LANES; lane++) {
        int thing = LANES * row + lane;
        int x = thingX[thing];
        if (x == EMPTY) {
          continue;
        }
        set(planes, at, lane + 1, x, gold[thing] ? GOLD : ENEMY);
        int behind = rightwards[thing] ? x - 1 : x + 1;
        if (behind >= 0 && behind <= LAST) {
          set(planes, at, lane + 1, behind, TRAIL);
        }
      }
    }
  }
}
