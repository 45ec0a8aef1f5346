package org.bellmanrl.env.jolt;

/** Rotations as four numbers x, y, z, w in an array, applied to vectors of three. */
final class Quaternions {

  private Quaternions() {}

  /** Writes a vector turned by a rotation to {@code into[to]} and the two after it. */
  static void rotate(double[] q, int at, double x, double y, double z, double[] into, int to) {
    turn(q[at], q[at + 1], q[at + 2], q[at + 3], x, y, z, into, to);
  }

  /** Writes a vector turned back by a rotation: its coordinates in the frame that was turned. */
  static void unrotate(double[] q, int at, double x, double y, double z, double[] into, int to) {
    turn(-q[at], -q[at + 1], -q[at + 2], q[at + 3], x, y, z, into, to);
  }

  private static void turn(
      double qx,
      double qy,
      double qz,
      double qw,
      double x,
      double y,
      double z,
      double[] into,
      int to) {
    // v + 2w (q × v) + 2 q × (q × v)
    double tx = 2 * (qy * z - qz * y);
    double ty = 2 * (qz * x - qx * z);
    double tz = 2 * (qx * y - qy * x);
    into[to] = x + qw * tx + (qy * tz - qz * ty);
    into[to + 1] = y + qw * ty + (qz * tx - qx * tz);
    into[to + 2] = z + qw * tz + (qx * ty - qy * tx);
  }

  /** The shortest rotation from the y axis to a direction of length 1 with y at least 0. */
  static double[] fromYTo(Point direction) {
    double w = 1 + direction.y();
    double x = direction.z();
    double z = -direction.x();
    double length = Math.sqrt(w * w + x * x + z * z);
    return new double[] {x / length, 0, z / length, w / length};
  }
}
