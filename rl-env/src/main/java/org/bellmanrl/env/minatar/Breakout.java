package org.bellmanrl.env.minatar;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Keep a ball in play with a paddle and break three lines of bricks, which are laid again when all
 * are broken.
 *
 * <p>The ball moves along diagonals. A brick pays 1; the episode ends when the ball passes the
 * paddle. The planes are the paddle, the ball, its trail and the bricks; the minimal actions are
 * none, left and right.
 */
public final class Breakout extends MinAtarEnvironment {

  /** A game of {@code MinAtar/Breakout-v1}. */
  public Breakout(MinAtarOptions options) {
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
            "Breakout",
            GameLook.thing("paddle", '=', Ink.TEAL),
            GameLook.thing("ball", 'o', Ink.WHITE),
            GameLook.trail("trail", '.', Ink.STEEL),
            GameLook.floor("brick", '#', Ink.CORAL));
    private static final int PADDLE = 0;
    private static final int BALL = 1;
    private static final int TRAIL = 2;
    private static final int BRICK = 3;

    /** Bricks lie in lines 1 to 3, a bit each. */
    private static final int FIRST_LINE = 1;

    private static final int LAST_LINE = 3;
    private static final int LINE = (1 << SIDE) - 1;
    private static final int ALL_BRICKS = (1 << (SIDE * 3)) - 1;

    /** The planes of a line of cells for each set of bricks in it: painting is copying. */
    private static final byte[] WALLS = walls();

    private static final int WIDTH = SIDE * 4;

    private final int[] paddle;
    private final int[] ballX;
    private final int[] ballY;
    private final int[] trailX;
    private final int[] trailY;

    /** Direction of the ball, −1 or 1 along each axis. */
    private final int[] speedX;

    private final int[] speedY;
    private final int[] bricks;

    /** Whether the ball has just broken a brick and passes through others until it is clear. */
    private final boolean[] struck;

    Games(MinAtarOptions options, int rows) {
      super(LOOK, options, rows, NONE, LEFT, RIGHT);
      this.paddle = new int[rows];
      this.ballX = new int[rows];
      this.ballY = new int[rows];
      this.trailX = new int[rows];
      this.trailY = new int[rows];
      this.speedX = new int[rows];
      this.speedY = new int[rows];
      this.bricks = new int[rows];
      this.struck = new boolean[rows];
      for (int y = FIRST_LINE; y <= LAST_LINE; y++) {
        for (int x = 0; x < SIDE; x++) {
          set(blank, 0, y, x, BRICK);
        }
      }
    }

    private static byte[] walls() {
      byte[] walls = new byte[(LINE + 1) * SIDE * 4];
      for (int line = 0; line <= LINE; line++) {
        for (int x = 0; x < SIDE; x++) {
          walls[(line * SIDE + x) * 4 + BRICK] = (byte) (line >> x & 1);
        }
      }
      return walls;
    }

    @Override
    void begin(int row, RandomStream random) {
      boolean right = random.integers(2) == 1;
      ballX[row] = right ? LAST : 0;
      ballY[row] = 3;
      speedX[row] = right ? -1 : 1;
      speedY[row] = 1;
      trailX[row] = ballX[row];
      trailY[row] = ballY[row];
      paddle[row] = 4;
      bricks[row] = ALL_BRICKS;
      struck[row] = false;
    }

    @Override
    int act(int row, int action, RandomStream random) {
      int push = (action == RIGHT ? 1 : 0) - (action == LEFT ? 1 : 0);
      int hand = Math.clamp(paddle[row] + push, 0, LAST);
      paddle[row] = hand;
      int x = ballX[row];
      int y = ballY[row];
      int towardsX = speedX[row];
      int towardsY = speedY[row];
      int nextX = x + towardsX;
      int nextY = y + towardsY;
      trailX[row] = x;
      trailY[row] = y;
      if (nextX < 0 || nextX > LAST) {
        nextX = x;
        towardsX = -towardsX;
      }
      int reward = 0;
      boolean inBrick = false;
      if (nextY <= LAST_LINE) {
        int brick = 1 << ((nextY - FIRST_LINE) * SIDE + nextX);
        if (nextY < 0) {
          nextY = 0;
          towardsY = 1;
        } else if (nextY >= FIRST_LINE && (bricks[row] & brick) != 0) {
          inBrick = true;
          if (!struck[row]) {
            bricks[row] ^= brick;
            towardsY = -towardsY;
            nextY = y;
            reward = 1;
          }
        }
      } else if (nextY == LAST) {
        if (bricks[row] == 0) {
          bricks[row] = ALL_BRICKS;
        }
        if (x == hand) {
          towardsY = -1;
          nextY = y;
        } else if (nextX == hand) {
          towardsX = -towardsX;
          towardsY = -1;
          nextY = y;
        } else {
          end(row);
        }
      }
      struck[row] = inBrick;
      ballX[row] = nextX;
      ballY[row] = nextY;
      speedX[row] = towardsX;
      speedY[row] = towardsY;
      return reward;
    }

    @Override
    void carryGame(State state, int row) {
      paddle[row] = state.carryIndex("paddle", paddle[row], SIDE);
      ballX[row] = state.carryIndex("ball-x", ballX[row], SIDE);
      ballY[row] = state.carryIndex("ball-y", ballY[row], SIDE);
      trailX[row] = state.carryIndex("trail-x", trailX[row], SIDE);
      trailY[row] = state.carryIndex("trail-y", trailY[row], SIDE);
      speedX[row] = state.carryWithin("speed-x", speedX[row], -1, 1);
      speedY[row] = state.carryWithin("speed-y", speedY[row], -1, 1);
      bricks[row] = state.carryWithin("bricks", bricks[row], 0, ALL_BRICKS);
      struck[row] = state.carry("struck", struck[row]);
    }

    @Override
    void paint(int row, byte[] planes, int at) {
      if (bricks[row] != ALL_BRICKS) {
        int wall = bricks[row];
        for (int y = FIRST_LINE; y <= LAST_LINE; y++) {
          System.arraycopy(WALLS, (wall & LINE) * WIDTH, planes, at + y * WIDTH, WIDTH);
          wall >>= SIDE;
        }
      }
      set(planes, at, ballY[row], ballX[row], BALL);
      set(planes, at, LAST, paddle[row], PADDLE);
      set(planes, at, trailY[row], trailX[row], TRAIL);
    }
  }
}
