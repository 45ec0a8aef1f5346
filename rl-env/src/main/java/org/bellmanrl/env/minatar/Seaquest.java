package org.bellmanrl.env.minatar;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Steer a submarine, shoot fish and submarines, take up divers and surface before the oxygen runs
 * out.
 *
 * <p>An enemy shot pays 1. Surfacing with six divers takes all of them and pays a tenth of the
 * oxygen left, in percent; surfacing with fewer takes one; either fills the oxygen up and makes the
 * game faster. The episode ends when an enemy or a bullet touches the submarine, when the oxygen is
 * used up, and when the submarine surfaces without a diver. The planes are the submarine's front
 * and back, its bullets, trails, enemy bullets, fish, enemy submarines, a gauge of oxygen, a gauge
 * of divers, and divers; all six actions are the minimal ones.
 *
 * <p>As in MinAtar, surfacing with six divers leaves −1 of them, so that the next surfacing without
 * a diver does not end the episode.
 */
public final class Seaquest extends MinAtarEnvironment {

  /** A game of {@code MinAtar/Seaquest-v1}. */
  public Seaquest(MinAtarOptions options) {
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
            "Seaquest",
            GameLook.thing("front of the submarine", 'S', Ink.GOLD),
            GameLook.thing("back of the submarine", 's', Ink.AMBER),
            GameLook.small("bullet", '*', Ink.WHITE),
            GameLook.trail("trail", '-', Ink.SLATE),
            GameLook.small("enemy bullet", '!', Ink.CORAL),
            GameLook.thing("fish", 'f', Ink.GREEN),
            GameLook.thing("enemy submarine", 'E', Ink.CORAL),
            GameLook.thing("oxygen", 'O', Ink.BLUE),
            GameLook.small("diver on board", 'D', Ink.VIOLET),
            GameLook.thing("diver", 'd', Ink.VIOLET));
    private static final int FRONT = 0;
    private static final int BACK = 1;
    private static final int BULLET = 2;
    private static final int TRAIL = 3;
    private static final int ENEMY_BULLET = 4;
    private static final int FISH = 5;
    private static final int ENEMY = 6;
    private static final int OXYGEN = 7;
    private static final int DIVERS = 8;
    private static final int DIVER = 9;

    private static final int FULL_OXYGEN = 200;
    private static final int SEATS = 6;
    private static final int SPAWN_INTERVAL = 20;
    private static final int DIVER_INTERVAL = 30;
    private static final int MOVE_INTERVAL = 5;
    private static final int SHORTEST_MOVE_INTERVAL = 2;
    private static final int SHOT_INTERVAL = 5;
    private static final int ENEMY_SHOT_INTERVAL = 10;
    private static final int DIVER_MOVE_INTERVAL = 5;
    private static final int DEEPEST = 8;

    private final int[] subX;
    private final int[] subY;
    private final boolean[] facesRight;
    private final int[] oxygen;
    private final int[] diversAboard;
    private final boolean[] surfaced;
    private final int[] shotTimer;
    private final int[] spawnInterval;
    private final int[] spawnTimer;
    private final int[] diverTimer;
    private final int[] moveInterval;
    private final int[] ramps;

    // An enemy appears at most every step and needs at most 60 to cross the board; a diver appears
    // every 30 steps and needs 60; a bullet needs 10 and follows the last after 5, or 11.
    private final Swimmers bullets;
    private final Swimmers enemyBullets;
    private final Swimmers fish;
    private final Swimmers enemies;
    private final Swimmers divers;

    Games(MinAtarOptions options, int rows) {
      super(LOOK, options, rows, NONE, LEFT, UP, RIGHT, DOWN, FIRE);
      this.subX = new int[rows];
      this.subY = new int[rows];
      this.facesRight = new boolean[rows];
      this.oxygen = new int[rows];
      this.diversAboard = new int[rows];
      this.surfaced = new boolean[rows];
      this.shotTimer = new int[rows];
      this.spawnInterval = new int[rows];
      this.spawnTimer = new int[rows];
      this.diverTimer = new int[rows];
      this.moveInterval = new int[rows];
      this.ramps = new int[rows];
      this.bullets = new Swimmers(rows, 4);
      this.enemyBullets = new Swimmers(rows, 80);
      this.fish = new Swimmers(rows, 64);
      this.enemies = new Swimmers(rows, 64);
      this.divers = new Swimmers(rows, 4);
    }

    @Override
    void begin(int row, RandomStream random) {
      subX[row] = 5;
      subY[row] = 0;
      facesRight[row] = false;
      oxygen[row] = FULL_OXYGEN;
      diversAboard[row] = 0;
      surfaced[row] = true;
      shotTimer[row] = 0;
      spawnInterval[row] = SPAWN_INTERVAL;
      spawnTimer[row] = SPAWN_INTERVAL;
      diverTimer[row] = DIVER_INTERVAL;
      moveInterval[row] = MOVE_INTERVAL;
      ramps[row] = 0;
      bullets.clear(row);
      enemyBullets.clear(row);
      fish.clear(row);
      enemies.clear(row);
      divers.clear(row);
    }

    @Override
    int act(int row, int action, RandomStream random) {
      if (spawnTimer[row] == 0) {
        spawnEnemy(row, random);
        spawnTimer[row] = spawnInterval[row];
      }
      if (diverTimer[row] == 0) {
        spawnDiver(row, random);
        diverTimer[row] = DIVER_INTERVAL;
      }
      steer(row, action);
      int reward = moveBullets(row);
      moveDivers(row);
      reward += moveEnemies(row, enemies);
      moveEnemyBullets(row);
      reward += moveEnemies(row, fish);
      spawnTimer[row] -= spawnTimer[row] > 0 ? 1 : 0;
      diverTimer[row] -= diverTimer[row] > 0 ? 1 : 0;
      shotTimer[row] -= shotTimer[row] > 0 ? 1 : 0;
      return reward + breathe(row);
    }

    private void steer(int row, int action) {
      switch (action) {
        case LEFT -> {
          subX[row] = Math.max(0, subX[row] - 1);
          facesRight[row] = false;
        }
        case RIGHT -> {
          subX[row] = Math.min(LAST, subX[row] + 1);
          facesRight[row] = true;
        }
        case UP -> subY[row] = Math.max(0, subY[row] - 1);
        case DOWN -> subY[row] = Math.min(DEEPEST, subY[row] + 1);
        case FIRE -> {
          if (shotTimer[row] == 0) {
            bullets.add(row, Swimmers.of(subX[row], subY[row], facesRight[row], 0, 0));
            shotTimer[row] = SHOT_INTERVAL;
          }
        }
        default -> {}
      }
    }

    /** Where the submarine is, as a {@link Swimmers#cell}. */
    private int sub(int row) {
      return Swimmers.cellAt(subX[row], subY[row]);
    }

    private int moveBullets(int row) {
      int reward = 0;
      for (int i = bullets.count(row) - 1; i >= 0; i--) {
        int bullet = Swimmers.moved(bullets.get(row, i));
        if (bullet == Swimmers.GONE) {
          bullets.remove(row, i);
          continue;
        }
        bullets.set(row, i, bullet);
        int cell = Swimmers.cell(bullet);
        if (fish.removeAt(row, cell) || enemies.removeAt(row, cell)) {
          bullets.removeFirst(row, bullet);
          reward++;
        }
      }
      return reward;
    }

    private void moveDivers(int row) {
      for (int i = divers.count(row) - 1; i >= 0; i--) {
        int diver = divers.get(row, i);
        if (takesUp(row, diver)) {
          divers.remove(row, i);
        } else if (Swimmers.timer(diver) > 0) {
          divers.set(row, i, Swimmers.waited(diver));
        } else {
          int moved = Swimmers.moved(Swimmers.timed(diver, DIVER_MOVE_INTERVAL));
          if (moved == Swimmers.GONE || takesUp(row, moved)) {
            divers.remove(row, i);
          } else {
            divers.set(row, i, moved);
          }
        }
      }
    }

    private boolean takesUp(int row, int diver) {
      boolean taken = Swimmers.cell(diver) == sub(row) && diversAboard[row] < SEATS;
      diversAboard[row] += taken ? 1 : 0;
      return taken;
    }

    /** Moves fish or enemy submarines, of which the latter shoot; how many swam into a bullet. */
    private int moveEnemies(int row, Swimmers swarm) {
      int reward = 0;
      for (int i = swarm.count(row) - 1; i >= 0; i--) {
        int swimmer = swarm.get(row, i);
        if (Swimmers.cell(swimmer) == sub(row)) {
          end(row);
        }
        boolean shot = false;
        if (Swimmers.timer(swimmer) > 0) {
          swimmer = Swimmers.waited(swimmer);
        } else {
          swimmer = Swimmers.moved(Swimmers.timed(swimmer, moveInterval[row]));
          if (swimmer == Swimmers.GONE) {
            swarm.remove(row, i);
            continue;
          }
          int cell = Swimmers.cell(swimmer);
          if (cell == sub(row)) {
            end(row);
          } else if (bullets.removeAt(row, cell)) {
            shot = true;
            reward++;
          }
        }
        if (swarm == enemies) {
          swimmer = shoots(row, swimmer);
        }
        if (shot) {
          swarm.remove(row, i);
        } else {
          swarm.set(row, i, swimmer);
        }
      }
      return reward;
    }

    /** An enemy submarine shoots when it is due, even in the step in which it is shot itself. */
    private int shoots(int row, int enemy) {
      if (Swimmers.shotTimer(enemy) > 0) {
        return Swimmers.aimed(enemy, Swimmers.shotTimer(enemy) - 1);
      }
      enemyBullets.add(row, Swimmers.bulletOf(enemy));
      return Swimmers.aimed(enemy, ENEMY_SHOT_INTERVAL);
    }

    private void moveEnemyBullets(int row) {
      for (int i = enemyBullets.count(row) - 1; i >= 0; i--) {
        int bullet = enemyBullets.get(row, i);
        if (Swimmers.cell(bullet) == sub(row)) {
          end(row);
        }
        bullet = Swimmers.moved(bullet);
        if (bullet == Swimmers.GONE) {
          enemyBullets.remove(row, i);
          continue;
        }
        enemyBullets.set(row, i, bullet);
        if (Swimmers.cell(bullet) == sub(row)) {
          end(row);
        }
      }
    }

    private int breathe(int row) {
      if (oxygen[row] <= 0) {
        end(row);
      }
      if (subY[row] > 0) {
        oxygen[row]--;
        surfaced[row] = false;
        return 0;
      }
      if (surfaced[row]) {
        return 0;
      }
      if (diversAboard[row] == 0) {
        end(row);
        return 0;
      }
      return surface(row);
    }

    private int surface(int row) {
      surfaced[row] = true;
      int reward = 0;
      if (diversAboard[row] == SEATS) {
        diversAboard[row] = 0;
        reward = gauge(row);
      }
      oxygen[row] = FULL_OXYGEN;
      diversAboard[row]--;
      if (ramping() && (spawnInterval[row] > 1 || moveInterval[row] > SHORTEST_MOVE_INTERVAL)) {
        if (moveInterval[row] > SHORTEST_MOVE_INTERVAL && ramps[row] % 2 == 1) {
          moveInterval[row]--;
        }
        if (spawnInterval[row] > 1) {
          spawnInterval[row]--;
        }
        ramps[row]++;
      }
      return reward;
    }

    /** Cells of oxygen. */
    private int gauge(int row) {
      return Math.max(0, oxygen[row]) * SIDE / FULL_OXYGEN;
    }

    /** An enemy at a side, unless another swims the other way in the same line. */
    private void spawnEnemy(int row, RandomStream random) {
      boolean right = random.random() < 0.5;
      boolean submarine = random.random() < 1.0 / 3;
      int y = random.integers(1, LAST);
      if (fish.faces(row, y, right) || enemies.faces(row, y, right)) {
        return;
      }
      int x = right ? 0 : LAST;
      if (submarine) {
        enemies.add(row, Swimmers.of(x, y, right, moveInterval[row], ENEMY_SHOT_INTERVAL));
      } else {
        fish.add(row, Swimmers.of(x, y, right, moveInterval[row], 0));
      }
    }

    private void spawnDiver(int row, RandomStream random) {
      boolean right = random.random() < 0.5;
      int y = random.integers(1, LAST);
      divers.add(row, Swimmers.of(right ? 0 : LAST, y, right, DIVER_MOVE_INTERVAL, 0));
    }

    @Override
    void carryGame(State state, int row) {
      subX[row] = state.carryIndex("sub-x", subX[row], SIDE);
      subY[row] = state.carryWithin("sub-y", subY[row], 0, DEEPEST);
      facesRight[row] = state.carry("faces-right", facesRight[row]);
      // The back is on the board too.
      if (subX[row] == (facesRight[row] ? 0 : LAST)) {
        throw new StateException(
            "sub-x of a submarine that faces %s must not be %d"
                .formatted(facesRight[row] ? "right" : "left", subX[row]));
      }
      oxygen[row] = state.carryWithin("oxygen", oxygen[row], -1, FULL_OXYGEN);
      diversAboard[row] =
          state.carryWithin("divers-aboard", diversAboard[row], Integer.MIN_VALUE, SEATS);
      surfaced[row] = state.carry("surfaced", surfaced[row]);
      shotTimer[row] = state.carryWithin("shot-timer", shotTimer[row], 0, SHOT_INTERVAL);
      spawnInterval[row] =
          state.carryWithin("spawn-interval", spawnInterval[row], 0, SPAWN_INTERVAL);
      spawnTimer[row] = state.carryWithin("spawn-timer", spawnTimer[row], 0, SPAWN_INTERVAL);
      diverTimer[row] = state.carryWithin("diver-timer", diverTimer[row], 0, DIVER_INTERVAL);
      moveInterval[row] = state.carryWithin("move-interval", moveInterval[row], 0, MOVE_INTERVAL);
      ramps[row] = state.carryWithin("ramps", ramps[row], 0, Integer.MAX_VALUE);
      bullets.carry("bullets", state, row);
      enemyBullets.carry("enemy-bullets", state, row);
      fish.carry("fish", state, row);
      enemies.carry("enemies", state, row);
      divers.carry("divers", state, row);
    }

    @Override
    void paint(int row, byte[] planes, int at) {
      int x = subX[row];
      set(planes, at, subY[row], x, FRONT);
      set(planes, at, subY[row], facesRight[row] ? x - 1 : x + 1, BACK);
      for (int i = gauge(row) - 1; i >= 0; i--) {
        set(planes, at, LAST, i, OXYGEN);
      }
      for (int i = 1; i <= diversAboard[row]; i++) {
        set(planes, at, LAST, LAST - i, DIVERS);
      }
      paint(row, bullets, planes, at, BULLET, false);
      paint(row, enemyBullets, planes, at, ENEMY_BULLET, false);
      paint(row, fish, planes, at, FISH, true);
      paint(row, enemies, planes, at, ENEMY, true);
      paint(row, divers, planes, at, DIVER, true);
    }

    private void paint(
        int row, Swimmers swarm, byte[] planes, int at, int channel, boolean trailing) {
      for (int i = swarm.count(row) - 1; i >= 0; i--) {
        int swimmer = swarm.get(row, i);
        set(planes, at, 0, Swimmers.cell(swimmer), channel);
        int behind = trailing ? Swimmers.behind(swimmer) : Swimmers.GONE;
        if (behind != Swimmers.GONE) {
          set(planes, at, 0, behind, TRAIL);
        }
      }
    }
  }
}
