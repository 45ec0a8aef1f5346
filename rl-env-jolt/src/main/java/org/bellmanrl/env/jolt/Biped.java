package org.bellmanrl.env.jolt;

import org.bellmanrl.env.picture.Stage;

/** A biped: a torso on two legs, each with a hip, a knee and an ankle. */
public final class Biped {
  private static final double HIP = 0.80;
  private static final double KNEE = 0.44;
  private static final double ANKLE = 0.08;
  private static final double HALF_HIPS = 0.10;
  private static final double TORSO = 1.04;

  private static final Motor SWING = motor(-1.2, 0.8, -0.15, 0.8);
  private static final Motor SPREAD = motor(-0.4, 0.4, 0, 0.25);
  private static final Motor BEND = motor(0, 2.0, 0.3, 0.7);
  private static final Motor TILT = motor(-0.8, 0.8, -0.15, 0.6);

  private Biped() {}

  private static Motor motor(double lower, double upper, double neutral, double reach) {
    return Motor.of(lower, upper, Math.clamp(neutral, lower, upper), reach)
        .withStrength(300, 10, 90);
  }

  /** The left leg, then the right one. */
  public static Body body() {
    Body.Builder builder =
        Body.builder("Biped")
            .box("torso", 10, Point.at(0, TORSO, 0), 0.15, 0.22, 0.09)
            .fallsBelow(0.5, 0.7);
    addLeg(builder, "left", HALF_HIPS);
    addLeg(builder, "right", -HALF_HIPS);
    return builder.build();
  }

  private static void addLeg(Body.Builder builder, String leg, double x) {
    Point hip = Point.at(x, HIP, 0);
    Point knee = Point.at(x, KNEE, 0);
    Point ankle = Point.at(x, ANKLE, 0);
    builder
        .capsule(leg + " thigh", 3, hip, knee, 0.06)
        .capsule(leg + " shank", 2, knee, ankle, 0.045)
        .box(leg + " foot", 0.8, Point.at(x, 0.03, 0.05), 0.05, 0.03, 0.12)
        .foot()
        .universal("torso", leg + " thigh", hip, Point.X, SWING, Point.Z, SPREAD)
        .hinge(leg + " thigh", leg + " shank", knee, Point.X, BEND)
        .hinge(leg + " shank", leg + " foot", ankle, Point.X, TILT);
  }

  /**
   * The task of {@code Biped-v1}: the stick and the biped.
   *
   * @param id the name it goes by
   */
  public static Fetch fetch(String id, FetchOptions options) {
    Body body = body();
    BodyPainter parts = BodyPainter.plain(body, 0xC2453C, 0xE0786A, 0x38405A);
    BodyPainter withHead =
        (stage, world, stick, glad) -> {
          parts.dress(stage, world, stick, glad);
          BodyPainter.frame(stage, world, 0);
          addHead(stage);
        };
    return new Fetch(id, body, options, withHead, Point.at(0, 0.05, 0.14));
  }

  private static void addHead(Stage stage) {
    stage.paint(0xF0C9A0, 0.1).capsule(0, 0.22, 0, 0, 0.30, 0, 0.05);
    stage.ellipsoid(0, 0.40, 0.01, 0.095, 0.12, 0.105);
    stage.paint(0x5A3A22, 0.2).ellipsoid(0, 0.45, -0.015, 0.102, 0.085, 0.105);
    for (int side = -1; side <= 1; side += 2) {
      stage.paint(0x1B1715, 1).sphere(side * 0.038, 0.42, 0.102, 0.014);
    }
  }
}
