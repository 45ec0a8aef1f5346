package org.bellmanrl.env.raycast;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * An episode of a task: the player, the things around, and what all tasks have in common of their
 * rules. A subclass says where an episode begins and what happens in a tic.
 */
abstract class Game implements Stateful {
  static final int NO_BUTTON = 0;
  static final int MOVE_LEFT = 1;
  static final int MOVE_RIGHT = 2;
  static final int ATTACK = 3;
  static final int MOVE_FORWARD = 4;
  static final int MOVE_BACKWARD = 5;
  static final int TURN_LEFT = 6;
  static final int TURN_RIGHT = 7;

  /** What the buttons do, by button. */
  static final String[] NAMES = {
    "none", "left", "right", "attack", "forward", "backward", "turn left", "turn right"
  };

  /** What {@link #shoot} gives if nothing was hit, and if no shot was fired. */
  static final int MISSED = -1;

  static final int NOT_FIRED = -2;

  /** Doom's speed of walking, in cells a tic. */
  private static final double STEP = 0.13;

  /** Turning is slow for some tics, for those who aim. */
  private static final int SLOW_TICS = 6;

  private static final int SLOW_TURN = 40;
  private static final int FAST_TURN = 80;

  /** Tics from shot to shot, and for how many of them the muzzle flashes. */
  private static final int RELOAD = 14;

  private static final int FLASH = 4;
  private static final double PLAYER_RADIUS = 0.25;
  static final int FULL_HEALTH = 100;

  final Grid grid;
  final boolean armed;
  double x;
  double y;
  int angle;
  int health;
  int ammo;
  int kills;

  /** Tics since the episode began. */
  int clock;

  final int[] kind;
  final double[] thingX;
  final double[] thingY;

  /** What is left of a thing's health. */
  final int[] vigour;

  /** Tics until a thing acts or comes back. */
  final int[] timer;

  private int reload;
  private int turning;
  private boolean over;

  /** Where the player was before this tic; of use within one only. */
  private double beforeX;

  private double beforeY;

  /**
   * A game in which no episode has begun.
   *
   * @param things how many there are at most
   * @param armed whether the player holds a gun
   * @param startX where the player is until then
   */
  Game(Grid grid, int things, boolean armed, double startX, double startY) {
    this.grid = grid;
    this.armed = armed;
    this.kind = new int[things];
    this.thingX = new double[things];
    this.thingY = new double[things];
    this.vigour = new int[things];
    this.timer = new int[things];
    place(startX, startY, 0);
  }

  /** Places the player and the things; everything else is as at the start already. */
  abstract void begin(RandomStream random);

  /**
   * What happens in a tic apart from the player's movements and shots.
   *
   * @param hit the monster that a shot of this tic hit, {@link #MISSED} or {@link #NOT_FIRED}
   * @return the reward
   */
  abstract double tic(int hit, RandomStream random);

  final void reset(RandomStream random) {
    health = FULL_HEALTH;
    ammo = 0;
    kills = 0;
    clock = 0;
    reload = 0;
    turning = 0;
    over = false;
    Arrays.fill(kind, ThingKind.NONE.code);
    Arrays.fill(thingX, 0);
    Arrays.fill(thingY, 0);
    Arrays.fill(vigour, 0);
    Arrays.fill(timer, 0);
    begin(random);
  }

  /** Presses a button for some tics, or until the episode ends; the sum of the rewards. */
  final double step(int button, int tics, RandomStream random) {
    double reward = 0;
    over = false; // no ended episode is stepped, but one may be restored into an object that ended
    for (int i = 0; i < tics && !over; i++) {
      clock++;
      reload -= reload > 0 ? 1 : 0;
      beforeX = x;
      beforeY = y;
      int hit = press(button);
      reward += tic(hit, random);
    }
    return reward;
  }

  final boolean over() {
    return over;
  }

  final void end() {
    over = true;
  }

  final boolean flashing() {
    return reload > RELOAD - FLASH;
  }

  final void place(double toX, double toY, int toAngle) {
    x = toX;
    y = toY;
    angle = toAngle;
  }

  final void put(int thing, ThingKind what, double toX, double toY, int itsVigour, int itsTimer) {
    kind[thing] = what.code;
    thingX[thing] = toX;
    thingY[thing] = toY;
    vigour[thing] = itsVigour;
    timer[thing] = itsTimer;
  }

  final void remove(int thing, int comesBackIn) {
    put(thing, ThingKind.NONE, 0, 0, 0, comesBackIn);
  }

  private int press(int button) {
    double ahead = 0;
    double aside = 0;
    int turn = 0;
    switch (button) {
      case MOVE_FORWARD -> ahead = STEP;
      case MOVE_BACKWARD -> ahead = -STEP;
      case MOVE_LEFT -> aside = -STEP;
      case MOVE_RIGHT -> aside = STEP;
      case TURN_LEFT -> turn = -1;
      case TURN_RIGHT -> turn = 1;
      default -> {}
    }
    if (turn == 0) {
      turning = 0;
    } else {
      // Another direction is another turn.
      turning = turning * turn > 0 ? turning + turn : turn;
      angle =
          Circle.wrapped(angle + turn * (Math.abs(turning) <= SLOW_TICS ? SLOW_TURN : FAST_TURN));
      turning = Math.clamp(turning, -SLOW_TICS - 1, SLOW_TICS + 1);
    }
    if (ahead != 0 || aside != 0) {
      double cos = Circle.cos(angle);
      double sin = Circle.sin(angle);
      move(ahead * cos - aside * sin, ahead * sin + aside * cos);
    }
    return button == ATTACK ? shoot() : NOT_FIRED;
  }

  /** Moves the player, along walls if need be. */
  private void move(double dx, double dy) {
    if (grid.open(x + dx, y, PLAYER_RADIUS)) {
      x += dx;
    }
    if (grid.open(x, y + dy, PLAYER_RADIUS)) {
      y += dy;
    }
  }

  /** Fires if the gun is loaded; the closest monster in the line of fire and not behind a wall. */
  private int shoot() {
    if (reload > 0 || ammo == 0) {
      return NOT_FIRED;
    }
    ammo--;
    reload = RELOAD;
    double cos = Circle.cos(angle);
    double sin = Circle.sin(angle);
    double reach = grid.cast(x, y, cos, sin);
    int hit = MISSED;
    for (int i = 0; i < kind.length; i++) {
      ThingKind what = ThingKind.of(kind[i]);
      if (!what.monster) {
        continue;
      }
      double dx = thingX[i] - x;
      double dy = thingY[i] - y;
      double along = dx * cos + dy * sin;
      if (along > 0 && along < reach && Math.abs(dy * cos - dx * sin) < what.radius) {
        reach = along;
        hit = i;
      }
    }
    return hit;
  }

  /** How far a thing is from the player. */
  final double distance(int thing) {
    return length(thingX[thing] - x, thingY[thing] - y);
  }

  /** How far it was from where the player was before this tic. */
  final double distanceBefore(int thing) {
    return length(thingX[thing] - beforeX, thingY[thing] - beforeY);
  }

  private static double length(double dx, double dy) {
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** Whether the player stands where a thing is to be taken. */
  final boolean touches(int thing) {
    return distance(thing) < PLAYER_RADIUS + ThingKind.of(kind[thing]).radius;
  }

  final boolean sees(int thing) {
    return grid.clear(thingX[thing], thingY[thing], x, y);
  }

  /** Moves a thing towards the player, along walls if need be. */
  final void approach(int thing, double step) {
    double part = step / distance(thing);
    double dx = (x - thingX[thing]) * part;
    double dy = (y - thingY[thing]) * part;
    double radius = ThingKind.of(kind[thing]).radius;
    if (grid.open(thingX[thing] + dx, thingY[thing], radius)) {
      thingX[thing] += dx;
    }
    if (grid.open(thingX[thing], thingY[thing] + dy, radius)) {
      thingY[thing] += dy;
    }
  }

  /** Takes health from the player; whether that was the last of it, which ends the episode. */
  final boolean hurt(int damage) {
    health = Math.max(0, health - damage);
    if (health == 0) {
      end();
    }
    return health == 0;
  }

  @Override
  public final void carry(State state) {
    state.begin("raycast", 1);
    x = state.carryFinite("x", x);
    y = state.carryFinite("y", y);
    angle = state.carryIndex("angle", angle, Circle.TURN);
    health = state.carryWithin("health", health, 0, FULL_HEALTH);
    ammo = state.carryWithin("ammo", ammo, 0, Integer.MAX_VALUE);
    kills = state.carryWithin("kills", kills, 0, Integer.MAX_VALUE);
    clock = state.carryWithin("clock", clock, 0, Integer.MAX_VALUE);
    reload = state.carryWithin("reload", reload, 0, RELOAD);
    turning = state.carryWithin("turning", turning, -SLOW_TICS - 1, SLOW_TICS + 1);
    requireOpen("player", x, y, PLAYER_RADIUS);
    state.expect("things", kind.length);
    for (int i = 0; i < kind.length; i++) {
      kind[i] = state.carryIndex("kind", kind[i], ThingKind.count());
      thingX[i] = state.carryFinite("thing-x", thingX[i]);
      thingY[i] = state.carryFinite("thing-y", thingY[i]);
      vigour[i] = state.carryWithin("vigour", vigour[i], 0, Integer.MAX_VALUE);
      timer[i] = state.carryWithin("timer", timer[i], 0, Integer.MAX_VALUE);
      if (kind[i] != ThingKind.NONE.code) {
        requireOpen("thing", thingX[i], thingY[i], 0);
      }
    }
    state.end();
  }

  private void requireOpen(String what, double atX, double atY, double radius) {
    if (!grid.open(atX, atY, radius)) {
      throw new StateException(
          "the place of a %s must be open, was (%s, %s): saved in another world"
              .formatted(what, atX, atY));
    }
  }
}
