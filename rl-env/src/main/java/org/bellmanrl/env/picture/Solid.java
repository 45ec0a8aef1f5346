package org.bellmanrl.env.picture;

/** A shape that rays can hit; directions of rays have length 1, and y is upwards. */
abstract class Solid {
  /** Where a ray that misses hits. */
  static final double MISS = Double.POSITIVE_INFINITY;

  /** The centre of a sphere around the shape. */
  final double x;

  final double y;
  final double z;

  /** The radius of that sphere. */
  final double bound;

  /** The squared radius of a ball that hides as much of the sky as the shape does on average. */
  final double bulk;

  /** Light that it returns, from 0 to 1 and linear. */
  double red;

  double green;
  double blue;

  /** How much of the sun it mirrors, from 0 to 1. */
  double gloss;

  /**
   * A shape.
   *
   * @param outline the area of its outline, averaged over the directions from which it is seen
   */
  Solid(double x, double y, double z, double bound, double outline) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.bound = bound;
    this.bulk = outline / Math.PI;
  }

  /** The distance at which a ray from outside enters this shape, above 0, or {@link #MISS}. */
  abstract double hit(double ox, double oy, double oz, double dx, double dy, double dz);

  /** Writes the unit vector that stands on the surface at a point of it. */
  abstract void normal(double px, double py, double pz, double[] into);

  /** Whether the ray comes near enough that it may hit. */
  final boolean near(double ox, double oy, double oz, double dx, double dy, double dz) {
    double wx = x - ox;
    double wy = y - oy;
    double wz = z - oz;
    double along = wx * dx + wy * dy + wz * dz;
    double squared = wx * wx + wy * wy + wz * wz;
    return along > -bound && squared - along * along < bound * bound;
  }

  /** The smaller root of t² + 2 h t + c that is above 0, or {@link #MISS}. */
  static double root(double h, double c) {
    double discriminant = h * h - c;
    if (discriminant < 0) {
      return MISS;
    }
    double t = -h - Math.sqrt(discriminant);
    return t > 0 ? t : MISS;
  }

  /** Two balls and the cone that touches both: a capsule if they are of one size. */
  static final class RoundCone extends Solid {
    private final double ax;
    private final double ay;
    private final double az;
    private final double ux;
    private final double uy;
    private final double uz;
    private final double length;
    private final double fromRadius;
    private final double toRadius;

    /** How much the surface leans along the axis: the sine of half the cone's angle. */
    private final double lean;

    private final double cosine;

    RoundCone(
        double ax,
        double ay,
        double az,
        double fromRadius,
        double bx,
        double by,
        double bz,
        double toRadius) {
      super(
          (ax + bx) / 2,
          (ay + by) / 2,
          (az + bz) / 2,
          distance(ax, ay, az, bx, by, bz) / 2 + Math.max(fromRadius, toRadius),
          outline((fromRadius + toRadius) / 2, distance(ax, ay, az, bx, by, bz)));
      this.ax = ax;
      this.ay = ay;
      this.az = az;
      this.length = distance(ax, ay, az, bx, by, bz);
      this.ux = length > 0 ? (bx - ax) / length : 0;
      this.uy = length > 0 ? (by - ay) / length : 1;
      this.uz = length > 0 ? (bz - az) / length : 0;
      this.fromRadius = fromRadius;
      this.toRadius = toRadius;
      double slope = length > 0 ? (fromRadius - toRadius) / length : 1;
      this.lean = Math.clamp(slope, -1.0, 1.0);
      this.cosine = Math.sqrt(1 - lean * lean);
    }

    private static double outline(double radius, double length) {
      return Math.PI * radius * (radius + length / 2);
    }

    private static double distance(
        double ax, double ay, double az, double bx, double by, double bz) {
      double x = bx - ax;
      double y = by - ay;
      double z = bz - az;
      return Math.sqrt(x * x + y * y + z * z);
    }

    @Override
    double hit(double ox, double oy, double oz, double dx, double dy, double dz) {
      double wx = ox - ax;
      double wy = oy - ay;
      double wz = oz - az;
      double along = wx * dx + wy * dy + wz * dz;
      double squared = wx * wx + wy * wy + wz * wz;
      double nearest = root(along, squared - fromRadius * fromRadius);
      double s0 = wx * ux + wy * uy + wz * uz;
      double s1 = dx * ux + dy * uy + dz * uz;
      double end =
          root(
              along - length * s1,
              squared - 2 * length * s0 + length * length - toRadius * toRadius);
      nearest = Math.min(nearest, end);
      if (cosine > 0) {
        // On the cone, a point at s along the axis and r from it has cosine · r + lean · s =
        // fromRadius. Squared, with the ray's point put in, that is a quadratic in t.
        double c2 = cosine * cosine;
        double a = c2 - s1 * s1;
        double h = c2 * along - s0 * s1 + fromRadius * lean * s1;
        double c = c2 * squared - s0 * s0 + 2 * fromRadius * lean * s0 - fromRadius * fromRadius;
        double discriminant = h * h - a * c;
        if (discriminant >= 0 && Math.abs(a) > 1e-12) {
          double root = Math.sqrt(discriminant);
          nearest = Math.min(nearest, side((-h - root) / a, s0, s1));
          nearest = Math.min(nearest, side((-h + root) / a, s0, s1));
        }
      }
      return nearest;
    }

    /** The distance if the point there lies between where the cone touches the two balls. */
    private double side(double t, double s0, double s1) {
      double s = s0 + t * s1;
      return t > 0 && s >= fromRadius * lean && s <= length + toRadius * lean ? t : MISS;
    }

    @Override
    void normal(double px, double py, double pz, double[] into) {
      double wx = px - ax;
      double wy = py - ay;
      double wz = pz - az;
      double s = wx * ux + wy * uy + wz * uz;
      // The point of the axis from which the surface is seen straight on.
      double rx = wx - s * ux;
      double ry = wy - s * uy;
      double rz = wz - s * uz;
      double radial = Math.sqrt(rx * rx + ry * ry + rz * rz);
      double foot = cosine > 0 ? s - radial * lean / cosine : 0;
      foot = Math.clamp(foot, 0.0, length);
      unit(wx - foot * ux, wy - foot * uy, wz - foot * uz, into);
    }
  }

  static void unit(double x, double y, double z, double[] into) {
    double length = Math.sqrt(x * x + y * y + z * z);
    double scale = length > 0 ? 1 / length : 0;
    into[0] = x * scale;
    into[1] = y * scale;
    into[2] = z * scale;
  }

  /** A shape around the origin of its own frame. */
  abstract static class Framed extends Solid {
    /** The axes of the frame, one after the other. */
    private final double[] axes;

    Framed(double x, double y, double z, double[] axes, double bound, double outline) {
      super(x, y, z, bound, outline);
      this.axes = axes;
    }

    @Override
    final double hit(double ox, double oy, double oz, double dx, double dy, double dz) {
      double wx = ox - x;
      double wy = oy - y;
      double wz = oz - z;
      return hitInFrame(
          wx * axes[0] + wy * axes[1] + wz * axes[2],
          wx * axes[3] + wy * axes[4] + wz * axes[5],
          wx * axes[6] + wy * axes[7] + wz * axes[8],
          dx * axes[0] + dy * axes[1] + dz * axes[2],
          dx * axes[3] + dy * axes[4] + dz * axes[5],
          dx * axes[6] + dy * axes[7] + dz * axes[8]);
    }

    @Override
    final void normal(double px, double py, double pz, double[] into) {
      double wx = px - x;
      double wy = py - y;
      double wz = pz - z;
      normalInFrame(
          wx * axes[0] + wy * axes[1] + wz * axes[2],
          wx * axes[3] + wy * axes[4] + wz * axes[5],
          wx * axes[6] + wy * axes[7] + wz * axes[8],
          into);
      double nx = into[0];
      double ny = into[1];
      double nz = into[2];
      unit(
          nx * axes[0] + ny * axes[3] + nz * axes[6],
          nx * axes[1] + ny * axes[4] + nz * axes[7],
          nx * axes[2] + ny * axes[5] + nz * axes[8],
          into);
    }

    abstract double hitInFrame(double ox, double oy, double oz, double dx, double dy, double dz);

    /** Writes a vector of any length. */
    abstract void normalInFrame(double px, double py, double pz, double[] into);
  }

  /** A box. */
  static final class Block extends Framed {
    private final double halfX;
    private final double halfY;
    private final double halfZ;

    Block(double x, double y, double z, double[] axes, double halfX, double halfY, double halfZ) {
      // A convex body's outline is a quarter of its surface on average (Cauchy).
      super(
          x,
          y,
          z,
          axes,
          Math.sqrt(halfX * halfX + halfY * halfY + halfZ * halfZ),
          2 * (halfX * halfY + halfY * halfZ + halfZ * halfX));
      this.halfX = halfX;
      this.halfY = halfY;
      this.halfZ = halfZ;
    }

    @Override
    double hitInFrame(double ox, double oy, double oz, double dx, double dy, double dz) {
      double enter =
          Math.max(enter(ox, dx, halfX), Math.max(enter(oy, dy, halfY), enter(oz, dz, halfZ)));
      double leave =
          Math.min(leave(ox, dx, halfX), Math.min(leave(oy, dy, halfY), leave(oz, dz, halfZ)));
      return enter <= leave && enter > 0 ? enter : MISS;
    }

    private static double enter(double o, double d, double half) {
      if (d == 0) {
        return Math.abs(o) <= half ? Double.NEGATIVE_INFINITY : MISS;
      }
      return (d > 0 ? -half - o : half - o) / d;
    }

    private static double leave(double o, double d, double half) {
      if (d == 0) {
        return Math.abs(o) <= half ? MISS : Double.NEGATIVE_INFINITY;
      }
      return (d > 0 ? half - o : -half - o) / d;
    }

    @Override
    void normalInFrame(double px, double py, double pz, double[] into) {
      double x = Math.abs(px) / halfX;
      double y = Math.abs(py) / halfY;
      double z = Math.abs(pz) / halfZ;
      into[0] = x >= y && x >= z ? Math.signum(px) : 0;
      into[1] = y > x && y >= z ? Math.signum(py) : 0;
      into[2] = z > x && z > y ? Math.signum(pz) : 0;
    }
  }

  /** A ball that is stretched along three axes. */
  static final class Ellipsoid extends Framed {
    private final double inverseX;
    private final double inverseY;
    private final double inverseZ;

    Ellipsoid(
        double x,
        double y,
        double z,
        double[] axes,
        double radiusX,
        double radiusY,
        double radiusZ) {
      super(
          x,
          y,
          z,
          axes,
          Math.max(radiusX, Math.max(radiusY, radiusZ)),
          Math.PI * (radiusX * radiusY + radiusY * radiusZ + radiusZ * radiusX) / 3);
      this.inverseX = 1 / radiusX;
      this.inverseY = 1 / radiusY;
      this.inverseZ = 1 / radiusZ;
    }

    @Override
    double hitInFrame(double ox, double oy, double oz, double dx, double dy, double dz) {
      double wx = ox * inverseX;
      double wy = oy * inverseY;
      double wz = oz * inverseZ;
      double vx = dx * inverseX;
      double vy = dy * inverseY;
      double vz = dz * inverseZ;
      double a = vx * vx + vy * vy + vz * vz;
      return root((wx * vx + wy * vy + wz * vz) / a, (wx * wx + wy * wy + wz * wz - 1) / a);
    }

    @Override
    void normalInFrame(double px, double py, double pz, double[] into) {
      into[0] = px * inverseX * inverseX;
      into[1] = py * inverseY * inverseY;
      into[2] = pz * inverseZ * inverseZ;
    }
  }

  /** A cylinder with flat ends, along the y axis of its frame. */
  static final class Drum extends Framed {
    private final double half;
    private final double radius;

    Drum(double x, double y, double z, double[] axes, double half, double radius) {
      super(
          x,
          y,
          z,
          axes,
          Math.sqrt(half * half + radius * radius),
          Math.PI * radius * (half + radius / 2));
      this.half = half;
      this.radius = radius;
    }

    @Override
    double hitInFrame(double ox, double oy, double oz, double dx, double dy, double dz) {
      double nearest = MISS;
      double a = dx * dx + dz * dz;
      if (a > 1e-18) {
        double t = root((ox * dx + oz * dz) / a, (ox * ox + oz * oz - radius * radius) / a);
        if (Math.abs(oy + t * dy) <= half) {
          nearest = t;
        }
      }
      if (dy != 0) {
        double t = ((dy > 0 ? -half : half) - oy) / dy;
        double x = ox + t * dx;
        double z = oz + t * dz;
        if (t > 0 && x * x + z * z <= radius * radius) {
          nearest = Math.min(nearest, t);
        }
      }
      return nearest;
    }

    @Override
    void normalInFrame(double px, double py, double pz, double[] into) {
      // The nearer surface is the one that was hit.
      boolean end = half - Math.abs(py) < radius - Math.sqrt(px * px + pz * pz);
      into[0] = end ? 0 : px;
      into[1] = end ? Math.signum(py) : 0;
      into[2] = end ? 0 : pz;
    }
  }
}
