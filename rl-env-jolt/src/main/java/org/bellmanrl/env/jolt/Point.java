package org.bellmanrl.env.jolt;

/**
 * A place or a direction, with x to the left, y upwards and z to the front.
 *
 * @param x metres to the left
 * @param y metres upwards
 * @param z metres to the front
 */
public record Point(double x, double y, double z) {
  /** The direction to the left. */
  public static final Point X = new Point(1, 0, 0);

  /** The direction upwards. */
  public static final Point Y = new Point(0, 1, 0);

  /** The direction to the front. */
  public static final Point Z = new Point(0, 0, 1);

  public Point {
    if (!Double.isFinite(x + y + z)) {
      throw new IllegalArgumentException(
          "a point needs finite coordinates, had %s, %s, %s".formatted(x, y, z));
    }
  }

  /** The point at these coordinates. */
  public static Point at(double x, double y, double z) {
    return new Point(x, y, z);
  }

  /** This point moved by a vector. */
  public Point plus(double dx, double dy, double dz) {
    return new Point(x + dx, y + dy, z + dz);
  }

  double dot(Point other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Point cross(Point other) {
    return new Point(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }
}
