package org.bellmanrl.env.jolt;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * The stick: where it lies, and how it came there.
 *
 * <p>To the task it lies where it falls from the moment that it is thrown. Pictures show it in the
 * mouth for a moment, if it was fetched before, and then in the air.
 */
final class Stick implements Stateful {
  /** Where its middle is above the ground when it lies there, in metres. */
  static final double HEIGHT = 0.03;

  /** Steps for which a fetched stick is seen in the mouth before it is thrown again. */
  private static final int CARRIED_STEPS = 12;

  private static final int FLIGHT_STEPS = 14;

  /** The stick is thrown within the field, this far from its middle along x and z, in metres. */
  private static final double FIELD = 45;

  /** x and z: where it lies, where it was thrown from, and where it had lain before that. */
  private final double[] places = new double[6];

  /** The directions of the last throw and of the one before it: x and z of each, of length 1. */
  private final double[] directions = new double[4];

  private int steps;
  private int sinceThrow;
  private int fetches;
  private boolean held;

  double x() {
    return places[0];
  }

  double z() {
    return places[1];
  }

  /** How often it was fetched in this episode. */
  int fetches() {
    return fetches;
  }

  /** Steps in this episode. */
  int steps() {
    return steps;
  }

  /** Begins an episode in which the stick is thrown from a place. */
  void begin(double x, double z) {
    Arrays.setAll(places, i -> i % 2 == 0 ? x : z);
    directions[0] = 0;
    directions[1] = 1;
    steps = 0;
    fetches = 0;
    held = false;
  }

  /** Throws the stick: evenly in all directions, and evenly in length between two bounds. */
  void fly(double fromX, double fromZ, double nearest, double farthest, RandomStream random) {
    double angle = random.uniform(0, 2 * Math.PI);
    double length = random.uniform(nearest, farthest);
    double dx = Trig.sinWithin(angle);
    double dz = Trig.cosWithin(angle);
    if (Math.abs(fromX + length * dx) > FIELD) {
      dx = -dx;
    }
    if (Math.abs(fromZ + length * dz) > FIELD) {
      dz = -dz;
    }
    aim(fromX, fromZ, fromX + length * dx, fromZ + length * dz);
    sinceThrow = fetches > 0 ? 0 : CARRIED_STEPS;
  }

  /** Throws the stick from where it lies to a place, or as near to it as the field allows. */
  void flyTo(double toX, double toZ) {
    aim(places[0], places[1], Math.clamp(toX, -FIELD, FIELD), Math.clamp(toZ, -FIELD, FIELD));
    sinceThrow = CARRIED_STEPS;
  }

  private void aim(double fromX, double fromZ, double toX, double toZ) {
    double length = Math.max(1e-9, Math.sqrt(square(toX - fromX) + square(toZ - fromZ)));
    directions[2] = directions[0];
    directions[3] = directions[1];
    directions[0] = (toX - fromX) / length;
    directions[1] = (toZ - fromZ) / length;
    places[4] = places[0];
    places[5] = places[1];
    places[2] = fromX;
    places[3] = fromZ;
    places[0] = toX;
    places[1] = toZ;
  }

  private static double square(double x) {
    return x * x;
  }

  void pass() {
    steps++;
    sinceThrow++;
  }

  void fetched() {
    fetches++;
    held = true;
  }

  /** After a fetch that does not end the episode: another throw follows. */
  void release() {
    held = false;
  }

  /** Whether it is seen in the mouth. */
  boolean carried() {
    return held || sinceThrow < CARRIED_STEPS;
  }

  /** The share of its flight that is behind it, from 0 to 1. */
  double flown() {
    return Math.clamp((sinceThrow - CARRIED_STEPS) / (double) FLIGHT_STEPS, 0.0, 1.0);
  }

  /** Where it is seen if it isn't carried: x, y and z. */
  void seen(double[] into) {
    double share = flown();
    into[0] = places[2] + share * (places[0] - places[2]);
    into[1] = HEIGHT + 0.45 * (1 - share) + 3.6 * share * (1 - share);
    into[2] = places[3] + share * (places[1] - places[3]);
  }

  /**
   * Where pictures look for it and along which way, neither of which jumps: x and z of the place,
   * then of the direction of the throw.
   */
  void followed(double[] into) {
    double share = flown();
    double eased = share * share * (3 - 2 * share);
    into[0] = places[4] + eased * (places[0] - places[4]);
    into[1] = places[5] + eased * (places[1] - places[5]);
    // Half way between opposite directions there is none: then the way goes past one side.
    double aside = 0.2 * eased * (1 - eased);
    double x = directions[2] + eased * (directions[0] - directions[2]) + aside * directions[1];
    double z = directions[3] + eased * (directions[1] - directions[3]) - aside * directions[0];
    double length = Math.sqrt(x * x + z * z);
    into[2] = x / length;
    into[3] = z / length;
  }

  @Override
  public void carry(State state) {
    state.carry("places", places);
    state.carry("directions", directions);
    steps = state.carry("steps", steps);
    sinceThrow = state.carry("since_throw", sinceThrow);
    fetches = state.carry("fetches", fetches);
    held = state.carry("held", held);
  }
}
