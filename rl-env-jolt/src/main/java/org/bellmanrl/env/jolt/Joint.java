package org.bellmanrl.env.jolt;

/**
 * What holds two parts of a {@link Body} together, and moves one against the other.
 *
 * <p>Angles are those of the child from the parent, 0 as the body was described, positive by the
 * right-hand rule. Parts that share a joint don't collide with each other.
 */
public sealed interface Joint {
  /** The index of the part nearer to the trunk. */
  int parent();

  /** The index of the part that moves. */
  int child();

  /** Where the joint is, as the body was described. */
  Point anchor();

  /**
   * A joint about one axis.
   *
   * @param axis a unit vector
   * @param motor moves it
   */
  record Hinge(int parent, int child, Point anchor, Point axis, Motor motor) implements Joint {
    public Hinge {
      unit(axis);
    }
  }

  /**
   * A joint about two axes at right angles, such as a hip. It turns about {@code swingAxis}, which
   * belongs to the child, and that as a whole about {@code spreadAxis}, which belongs to the
   * parent.
   *
   * @param swingAxis a unit vector
   * @param swing the motor about it
   * @param spreadAxis a unit vector at right angles
   * @param spread the motor about it; its range must be the same to both sides
   */
  record Universal(
      int parent,
      int child,
      Point anchor,
      Point swingAxis,
      Motor swing,
      Point spreadAxis,
      Motor spread)
      implements Joint {
    public Universal {
      unit(swingAxis);
      unit(spreadAxis);
      if (Math.abs(swingAxis.dot(spreadAxis)) > 1e-6) {
        throw new IllegalArgumentException(
            "the axes of a universal joint must be at right angles, were %s and %s"
                .formatted(swingAxis, spreadAxis));
      }
      if (spread.lower() != -spread.upper()) {
        throw new IllegalArgumentException(
            "the limits about the second axis must be the same to both sides, were %s and %s"
                .formatted(spread.lower(), spread.upper()));
      }
    }
  }

  private static void unit(Point axis) {
    if (Math.abs(axis.dot(axis) - 1) > 1e-6) {
      throw new IllegalArgumentException("the axis of a joint must have length 1, was " + axis);
    }
  }
}
