package org.bellmanrl.env.minatar;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Shoot aliens that march from side to side, one line lower at each turn, and shoot back.
 *
 * <p>An alien pays 1; the episode ends when an alien or a bullet of theirs reaches the cannon, or
 * when an alien would march below the board. The fewer aliens are left, the faster they are, and
 * each new wave is faster than the last. The planes are the cannon, aliens, aliens that march left,
 * aliens that march right, the cannon's bullets and the aliens' bullets; the minimal actions are
 * none, left, right and fire. Random numbers decide nothing but sticky actions.
 */
public final class SpaceInvaders extends MinAtarEnvironment {

  /** A game of {@code MinAtar/SpaceInvaders-v1}. */
  public SpaceInvaders(MinAtarOptions options) {
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
            "SpaceInvaders",
            GameLook.thing("cannon", 'A', Ink.TEAL),
            GameLook.thing("alien", 'M', Ink.VIOLET),
            GameLook.thing("alien marching left", '<', Ink.VIOLET),
            GameLook.thing("alien marching right", '>', Ink.BLUE),
            GameLook.small("bullet of the cannon", '|', Ink.GOLD),
            GameLook.small("bullet of an alien", '!', Ink.CORAL));
    private static final int CANNON = 0;
    private static final int ALIEN = 1;
    private static final int LEFTWARDS = 2;
    private static final int RIGHTWARDS = 3;
    private static final int BULLET = 4;
    private static final int ALIEN_BULLET = 5;

    private static final int SHOT_INTERVAL = 5;
    private static final int MOVE_INTERVAL = 12;
    private static final int FASTEST_WAVE = 6;
    private static final int ALIEN_SHOT_INTERVAL = 10;

    /** Five lines of the board lie in each long, ten bits a line, the first in the lowest. */
    private static final int HALF = 5;

    private static final long LINE = (1L << SIDE) - 1;
    private static final int TO_LAST_LINE = SIDE * (HALF - 1);
    private static final long COLUMN = 1L | 1L << 10 | 1L << 20 | 1L << 30 | 1L << 40;
    private static final long BOARD = LINE * COLUMN;

    /** A wave: lines 0 to 3, columns 2 to 7. */
    private static final long WAVE = 0xFCL * (COLUMN ^ 1L << TO_LAST_LINE);

    private final int[] cannon;
    private final long[] bulletsTop;
    private final long[] bulletsBottom;
    private final long[] alienBulletsTop;
    private final long[] alienBulletsBottom;
    private final long[] aliensTop;
    private final long[] aliensBottom;
    private final boolean[] leftwards;

    /** Most steps between two moves of this wave. */
    private final int[] moveInterval;

    private final int[] moveTimer;
    private final int[] alienShotTimer;
    private final int[] shotTimer;

    Games(MinAtarOptions options, int rows) {
      super(LOOK, options, rows, NONE, LEFT, RIGHT, FIRE);
      this.cannon = new int[rows];
      this.bulletsTop = new long[rows];
      this.bulletsBottom = new long[rows];
      this.alienBulletsTop = new long[rows];
      this.alienBulletsBottom = new long[rows];
      this.aliensTop = new long[rows];
      this.aliensBottom = new long[rows];
      this.leftwards = new boolean[rows];
      this.moveInterval = new int[rows];
      this.moveTimer = new int[rows];
      this.alienShotTimer = new int[rows];
      this.shotTimer = new int[rows];
    }

    @Override
    void begin(int row, RandomStream random) {
      cannon[row] = 5;
      bulletsTop[row] = 0;
      bulletsBottom[row] = 0;
      alienBulletsTop[row] = 0;
      alienBulletsBottom[row] = 0;
      aliensTop[row] = WAVE;
      aliensBottom[row] = 0;
      leftwards[row] = true;
      moveInterval[row] = MOVE_INTERVAL;
      moveTimer[row] = MOVE_INTERVAL;
      alienShotTimer[row] = ALIEN_SHOT_INTERVAL;
      shotTimer[row] = 0;
    }

    @Override
    int act(int row, int action, RandomStream random) {
      if (action == LEFT) {
        cannon[row] = Math.max(0, cannon[row] - 1);
      } else if (action == RIGHT) {
        cannon[row] = Math.min(LAST, cannon[row] + 1);
      } else if (action == FIRE && shotTimer[row] == 0) {
        bulletsBottom[row] |= lastLine(cannon[row]);
        shotTimer[row] = SHOT_INTERVAL;
      }
      moveBullets(row);
      long here = lastLine(cannon[row]);
      if (((alienBulletsBottom[row] | aliensBottom[row]) & here) != 0) {
        end(row);
      }
      if (moveTimer[row] == 0) {
        moveTimer[row] = Math.min(aliens(row), moveInterval[row]);
        march(row);
        if ((aliensBottom[row] & here) != 0) {
          end(row);
        }
      }
      if (alienShotTimer[row] == 0) {
        alienShotTimer[row] = ALIEN_SHOT_INTERVAL;
        shootBack(row);
      }
      int reward = hit(row);
      shotTimer[row] -= shotTimer[row] > 0 ? 1 : 0;
      moveTimer[row]--;
      alienShotTimer[row]--;
      if ((aliensTop[row] | aliensBottom[row]) == 0) {
        if (ramping() && moveInterval[row] > FASTEST_WAVE) {
          moveInterval[row]--;
        }
        aliensTop[row] = WAVE;
      }
      return reward;
    }

    private static long lastLine(int x) {
      return 1L << (TO_LAST_LINE + x);
    }

    private int aliens(int row) {
      return Long.bitCount(aliensTop[row]) + Long.bitCount(aliensBottom[row]);
    }

    /** The cannon's bullets rise by a line, the aliens' sink by one. */
    private void moveBullets(int row) {
      long bottom = bulletsBottom[row];
      bulletsTop[row] = bulletsTop[row] >>> SIDE | (bottom & LINE) << TO_LAST_LINE;
      bulletsBottom[row] = bottom >>> SIDE;
      long top = alienBulletsTop[row];
      alienBulletsBottom[row] = sunk(alienBulletsBottom[row]) | top >>> TO_LAST_LINE;
      alienBulletsTop[row] = sunk(top);
    }

    private static long sunk(long half) {
      return half << SIDE & BOARD;
    }

    private void march(int row) {
      long top = aliensTop[row];
      long bottom = aliensBottom[row];
      long edge = COLUMN << (leftwards[row] ? 0 : LAST);
      if (((top | bottom) & edge) == 0) {
        aliensTop[row] = leftwards[row] ? top >>> 1 : top << 1;
        aliensBottom[row] = leftwards[row] ? bottom >>> 1 : bottom << 1;
        return;
      }
      leftwards[row] = !leftwards[row];
      long fallen = bottom >>> TO_LAST_LINE;
      if (fallen != 0) {
        end(row);
      }
      // MinAtar's last observation shows aliens that leave the board at its top again.
      aliensTop[row] = sunk(top) | fallen;
      aliensBottom[row] = sunk(bottom) | top >>> TO_LAST_LINE;
    }

    /** The lowest alien of the column nearest to the cannon shoots; the left one of two. */
    private void shootBack(int row) {
      int x = cannon[row];
      for (int distance = 0; distance < SIDE; distance++) {
        if (shootFrom(row, x - distance) || shootFrom(row, x + distance)) {
          return;
        }
      }
    }

    private boolean shootFrom(int row, int x) {
      if (x < 0 || x > LAST) {
        return false;
      }
      long bottom = aliensBottom[row] & COLUMN << x;
      if (bottom != 0) {
        alienBulletsBottom[row] |= Long.highestOneBit(bottom);
        return true;
      }
      long top = aliensTop[row] & COLUMN << x;
      alienBulletsTop[row] |= Long.highestOneBit(top);
      return top != 0;
    }

    private int hit(int row) {
      long top = aliensTop[row] & bulletsTop[row];
      long bottom = aliensBottom[row] & bulletsBottom[row];
      aliensTop[row] ^= top;
      bulletsTop[row] ^= top;
      aliensBottom[row] ^= bottom;
      bulletsBottom[row] ^= bottom;
      return Long.bitCount(top) + Long.bitCount(bottom);
    }

    @Override
    void carryGame(State state, int row) {
      cannon[row] = state.carryIndex("cannon", cannon[row], SIDE);
      bulletsTop[row] = board(state, "bullets-top", bulletsTop[row]);
      bulletsBottom[row] = board(state, "bullets-bottom", bulletsBottom[row]);
      alienBulletsTop[row] = board(state, "alien-bullets-top", alienBulletsTop[row]);
      alienBulletsBottom[row] = board(state, "alien-bullets-bottom", alienBulletsBottom[row]);
      aliensTop[row] = board(state, "aliens-top", aliensTop[row]);
      aliensBottom[row] = board(state, "aliens-bottom", aliensBottom[row]);
      leftwards[row] = state.carry("leftwards", leftwards[row]);
      moveInterval[row] = state.carryWithin("move-interval", moveInterval[row], 0, MOVE_INTERVAL);
      moveTimer[row] = state.carryWithin("move-timer", moveTimer[row], 0, MOVE_INTERVAL);
      alienShotTimer[row] =
          state.carryWithin("alien-shot-timer", alienShotTimer[row], 0, ALIEN_SHOT_INTERVAL);
      shotTimer[row] = state.carryWithin("shot-timer", shotTimer[row], 0, SHOT_INTERVAL);
    }

    private static long board(State state, String name, long value) {
      long cells = state.carry(name, value);
      if ((cells & ~BOARD) != 0) {
        throw new StateException(
            "%s must be in [0, %d], was saved as %d".formatted(name, BOARD, cells));
      }
      return cells;
    }

    @Override
    void paint(int row, byte[] planes, int at) {
      set(planes, at, LAST, cannon[row], CANNON);
      int marching = leftwards[row] ? LEFTWARDS : RIGHTWARDS;
      paint(aliensTop[row], 0, planes, at, ALIEN);
      paint(aliensBottom[row], HALF, planes, at, ALIEN);
      paint(aliensTop[row], 0, planes, at, marching);
      paint(aliensBottom[row], HALF, planes, at, marching);
      paint(bulletsTop[row], 0, planes, at, BULLET);
      paint(bulletsBottom[row], HALF, planes, at, BULLET);
      paint(alienBulletsTop[row], 0, planes, at, ALIEN_BULLET);
      paint(alienBulletsBottom[row], HALF, planes, at, ALIEN_BULLET);
    }

    private void paint(long half, int firstLine, byte[] planes, int at, int channel) {
      for (long left = half; left != 0; left &= left - 1) {
        set(planes, at, firstLine, Long.numberOfTrailingZeros(left), channel);
      }
    }
  }
}
