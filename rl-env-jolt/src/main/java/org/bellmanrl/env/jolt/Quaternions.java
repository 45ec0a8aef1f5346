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

  /**
   * Writes the vector part of the turn from one rotation to another, of the two quaternions that
   * mean it the one whose fourth part is not negative.
   */
  static void relative(double[] q, int from, int to, double[] into) {
    double ax = -q[from];
    double ay = -q[from + 1];
    double az = -q[from + 2];
    double aw = q[from + 3];
    double bx = q[to];
    double by = q[to + 1];
    double bz = q[to + 2];
    double bw = q[to + 3];
    double sign = aw * bw - ax * bx - ay * by - az * bz < 0 ? -1 : 1;
    into[0] = sign * (aw * bx + ax * bw + ay * bz - az * by);
    into[1] = sign * (aw * by - ax * bz + ay * bw + az * bx);
    into[2] = sign * (aw * bz + ax * by - ay * bx + az * bw);
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
