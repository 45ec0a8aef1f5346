package org.bellmanrl.env.jolt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A body of boxes and capsules, joints and motors: everything that the physics needs to know.
 *
 * <p>It is described as it stands with all of its joints at angle 0, with x to the left, y upwards
 * and z to the front. The first part is the trunk.
 *
 * <pre>{@code
 * Body pendulum =
 *     Body.builder("Pendulum")
 *         .box("cart", 1, Point.at(0, 1, 0), 0.2, 0.1, 0.2)
 *         .capsule("pole", 0.5, Point.at(0, 1, 0), Point.at(0, 0.3, 0), 0.03)
 *         .hinge("cart", "pole", Point.at(0, 1, 0), Point.X, Motor.of(-1.5, 1.5, 0, 1))
 *         .build();
 * }</pre>
 *
 * @param name what messages call it
 * @param parts the trunk, then the others; at least one
 * @param joints in the order in which their motors read actions: a hinge reads one, a universal
 *     joint two (swing, spread)
 * @param reach the point of the trunk, from its centre, that is to be brought to a target: a mouth
 * @param leastUp the body has fallen when the y of its trunk's upward direction is below this: 1 is
 *     upright, 0 lying on a side
 * @param leastHeight the body has fallen when its trunk's centre is below this, in metres
 */
public record Body(
    String name,
    List<Part> parts,
    List<Joint> joints,
    Point reach,
    double leastUp,
    double leastHeight) {
  public Body {
    if (!(leastUp >= -1 && leastUp < 1)) {
      throw new IllegalArgumentException(
          "leastUp of %s must be in [-1, 1), was %s".formatted(name, leastUp));
    }
    parts = List.copyOf(parts);
    joints = List.copyOf(joints);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a part, its trunk");
    }
    for (Joint joint : joints) {
      if (joint.parent() == joint.child()
          || Math.min(joint.parent(), joint.child()) < 0
          || Math.max(joint.parent(), joint.child()) >= parts.size()) {
        throw new IllegalArgumentException(
            "a joint of %s must be between two of its %d parts, was between %d and %d"
                .formatted(name, parts.size(), joint.parent(), joint.child()));
      }
    }
  }

  /** Begins a description. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** How many motors there are, which is how many numbers an action has. */
  public int motorCount() {
    int count = 0;
    for (Joint joint : joints) {
      count += joint instanceof Joint.Universal ? 2 : 1;
    }
    return count;
  }

  /** How many parts are feet. */
  public int footCount() {
    return (int) parts.stream().filter(Part::foot).count();
  }

  /** The y of the lowest point, as described. */
  double lowest() {
    return parts.stream().mapToDouble(Part::lowest).min().orElseThrow();
  }

  /** How high the trunk's centre is above the ground that the body stands on, in metres. */
  double height() {
    return parts.getFirst().centre().y() - lowest();
  }

  /** The indices of the parts that are feet. */
  int[] feet() {
    return IntStream.range(0, parts.size()).filter(i -> parts.get(i).foot()).toArray();
  }

  /** All motors, in the order of actions. */
  List<Motor> motors() {
    List<Motor> motors = new ArrayList<>();
    for (Joint joint : joints) {
      switch (joint) {
        case Joint.Hinge hinge -> motors.add(hinge.motor());
        case Joint.Universal universal -> {
          motors.add(universal.swing());
          motors.add(universal.spread());
        }
      }
    }
    return motors;
  }

  /** Describes a {@link Body} part by part. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Part> parts = new ArrayList<>();
    private final List<Joint> joints = new ArrayList<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private Point reach = Point.at(0, 0, 0);
    private double leastUp;
    private double leastHeight;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a box along the axes, by half its extents. */
    public Builder box(
        String part, double mass, Point centre, double halfX, double halfY, double halfZ) {
      return add(new Part(part, new Part.Box(halfX, halfY, halfZ), mass, centre, false));
    }

    /** Adds a capsule between the centres of its round ends. */
    public Builder capsule(String part, double mass, Point from, Point to, double radius) {
      Point half =
          Point.at((to.x() - from.x()) / 2, (to.y() - from.y()) / 2, (to.z() - from.z()) / 2);
      Point centre = from.plus(half.x(), half.y(), half.z());
      return add(new Part(part, new Part.Capsule(half, radius), mass, centre, false));
    }

    /** Makes the part that was added last a foot. */
    public Builder foot() {
      if (parts.isEmpty()) {
        throw new IllegalStateException("foot() must follow the part that is a foot");
      }
      Part last = parts.removeLast();
      parts.add(new Part(last.name(), last.solid(), last.mass(), last.centre(), true));
      return this;
    }

    /** Joins two parts by a hinge. */
    public Builder hinge(String parent, String child, Point anchor, Point axis, Motor motor) {
      joints.add(new Joint.Hinge(index(parent), index(child), anchor, axis, motor));
      return this;
    }

    /** Joins two parts by a joint about two axes. */
    public Builder universal(
        String parent,
        String child,
        Point anchor,
        Point swingAxis,
        Motor swing,
        Point spreadAxis,
        Motor spread) {
      joints.add(
          new Joint.Universal(
              index(parent), index(child), anchor, swingAxis, swing, spreadAxis, spread));
      return this;
    }

    /** Sets the point of the trunk, from its centre, that is to be brought to a target. */
    public Builder reach(Point fromCentre) {
      reach = fromCentre;
      return this;
    }

    /**
     * Sets when the body has fallen; without this call when it is upside down.
     *
     * @param up when the y of the trunk's upward direction is below this, in [−1, 1)
     * @param height or when the trunk's centre is below this, in metres
     */
    public Builder fallsBelow(double up, double height) {
      leastUp = up;
      leastHeight = height;
      return this;
    }

    /** The finished description. */
    public Body build() {
      return new Body(name, parts, joints, reach, leastUp, leastHeight);
    }

    private Builder add(Part part) {
      if (indices.putIfAbsent(part.name(), parts.size()) != null) {
        throw new IllegalArgumentException(name + " has two parts named " + part.name());
      }
      parts.add(part);
      return this;
    }

    private int index(String part) {
      Integer index = indices.get(part);
      if (index == null) {
        throw new IllegalArgumentException(
            "%s has no part named %s; so far it has %s".formatted(name, part, indices.keySet()));
      }
      return index;
    }
  }
}
