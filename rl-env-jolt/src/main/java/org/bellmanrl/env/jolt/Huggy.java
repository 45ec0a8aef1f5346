package org.bellmanrl.env.jolt;

import java.util.function.Supplier;

/**
 * The body of Huggy, a dog of 9.2 kg: a torso and four legs of two parts each, with a hip that
 * swings and spreads and a knee that bends.
 */
public final class Huggy {
  private static final double HIP_BELOW = 0.06;
  private static final double TORSO_HEIGHT = 0.42;
  private static final double THIGH = 0.18;
  private static final double UPPER_HALF = 0.07;
  private static final double UPPER_RADIUS = 0.04;
  private static final double LOWER_HALF = 0.07;
  private static final double LOWER_RADIUS = 0.03;

  private static final Motor SWING = Motor.of(-1.0, 1.0, 0.33, 0.40);
  private static final Motor SPREAD = Motor.of(-0.35, 0.35, 0, 0.136);
  private static final Motor KNEE = Motor.of(-1.6, 0.3, -0.65, 0.38);

  /** Where he carries the stick, from the centre of his torso. */
  private static final Point MOUTH = Point.at(0, 0.196, 0.535);

  private Huggy() {}

  /** Legs in the order front left, front right, hind left, hind right. */
  public static Body body() {
    Body.Builder builder =
        Body.builder("Huggy")
            .box("torso", 6, Point.at(0, TORSO_HEIGHT, 0), 0.12, 0.10, 0.28)
            .reach(Point.at(0, 0.08, 0.44));
    addLeg(builder, "front left", 0.12, 0.20);
    addLeg(builder, "front right", -0.12, 0.20);
    addLeg(builder, "hind left", 0.12, -0.20);
    addLeg(builder, "hind right", -0.12, -0.20);
    return builder.build();
  }

  /**
   * The task of {@code Huggy-v1}: the stick and the dog.
   *
   * @param id the name it goes by
   */
  public static Fetch fetch(String id, FetchOptions options) {
    return new Fetch(id, body(), options, new HuggyPainter(), MOUTH);
  }

  /** Shows Huggy and a stick. */
  static FetchView view(Supplier<World> world, Stick stick) {
    return new FetchView(world, stick, new HuggyPainter(), MOUTH);
  }

  private static void addLeg(Body.Builder builder, String leg, double x, double z) {
    Point hip = Point.at(x, TORSO_HEIGHT - HIP_BELOW, z);
    Point knee = hip.plus(0, -THIGH, 0);
    // The middle of each part is half a thigh below its joint.
    Point upper = hip.plus(0, -THIGH / 2, 0);
    Point lower = knee.plus(0, -THIGH / 2, 0);
    builder
        .capsule(
            leg + " thigh",
            0.5,
            upper.plus(0, UPPER_HALF, 0),
            upper.plus(0, -UPPER_HALF, 0),
            UPPER_RADIUS)
        .capsule(
            leg + " shank",
            0.3,
            lower.plus(0, LOWER_HALF, 0),
            lower.plus(0, -LOWER_HALF, 0),
            LOWER_RADIUS)
        .foot()
        .universal("torso", leg + " thigh", hip, Point.X, SWING, Point.Z, SPREAD)
        .hinge(leg + " thigh", leg + " shank", knee, Point.X, KNEE);
  }
}
