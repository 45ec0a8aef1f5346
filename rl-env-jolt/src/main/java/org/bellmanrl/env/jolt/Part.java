package org.bellmanrl.env.jolt;

/**
 * A rigid part of a {@link Body}, placed as the body stands with all of its joints at angle 0.
 *
 * @param name what messages call it
 * @param solid its shape
 * @param mass in kg, above 0
 * @param centre where its centre is
 * @param foot whether the body stands on it: contact with the ground and slipping are observed
 */
public record Part(String name, Solid solid, double mass, Point centre, boolean foot) {
  public Part {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a part needs a name");
    }
    if (!(mass > 0 && mass < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the mass of %s must be above 0 kg, was %s".formatted(name, mass));
    }
  }

  /** The lowest height that this part reaches. */
  double lowest() {
    return centre.y() - solid.halfHeightOf(Point.Y);
  }

  /** A shape around the centre of its part. */
  public sealed interface Solid {

    /** How far this shape reaches from its centre along a unit vector. */
    double halfHeightOf(Point direction);
  }

  /**
   * A box along the axes.
   *
   * @param halfX half its width, in metres
   * @param halfY half its height
   * @param halfZ half its length
   */
  public record Box(double halfX, double halfY, double halfZ) implements Solid {
    public Box {
      positive("half an extent of a box", Math.min(halfX, Math.min(halfY, halfZ)));
    }

    @Override
    public double halfHeightOf(Point direction) {
      return Math.abs(direction.x()) * halfX
          + Math.abs(direction.y()) * halfY
          + Math.abs(direction.z()) * halfZ;
    }
  }

  /**
   * A cylinder with round ends, or a sphere if its axis has no length.
   *
   * @param half from the centre to the end of the axis, not counting the rounding
   * @param radius in metres
   */
  public record Capsule(Point half, double radius) implements Solid {
    public Capsule {
      positive("the radius of a capsule", radius);
    }

    @Override
    public double halfHeightOf(Point direction) {
      return Math.abs(half.dot(direction)) + radius;
    }

    double halfLength() {
      return Math.sqrt(half.dot(half));
    }
  }

  private static void positive(String what, double metres) {
    if (!(metres > 0 && metres < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be above 0 m, was " + metres);
    }
  }
}
