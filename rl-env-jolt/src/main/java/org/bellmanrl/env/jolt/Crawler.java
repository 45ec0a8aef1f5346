package org.bellmanrl.env.jolt;

import org.bellmanrl.env.picture.Stage;

/**
 * A crawler: a ball on four legs that stand out to all sides, each with a hip that lifts and turns
 * and a knee.
 */
public final class Crawler {
  private static final double HEIGHT = 0.34;
  private static final double BALL = 0.17;
  private static final double HIP = 0.16;
  private static final double KNEE = 0.40;
  private static final double FOOT = 0.47;

  private static final Motor LIFT = Motor.of(-0.7, 0.9, 0.1, 0.5);
  private static final Motor TURN = Motor.of(-0.7, 0.7, 0, 0.5);
  private static final Motor BEND = Motor.of(-1.0, 0.9, -0.1, 0.6);

  private Crawler() {}

  /** Legs at 45, 135, 225 and 315 degrees from the front. */
  public static Body body() {
    Body.Builder builder =
        Body.builder("Crawler")
            .capsule("ball", 5, Point.at(0, HEIGHT, 0), Point.at(0, HEIGHT, 0), BALL);
    double diagonal = Math.sqrt(0.5);
    addLeg(builder, "front left", diagonal, diagonal);
    addLeg(builder, "hind left", diagonal, -diagonal);
    addLeg(builder, "hind right", -diagonal, -diagonal);
    addLeg(builder, "front right", -diagonal, diagonal);
    return builder.build();
  }

  private static void addLeg(Body.Builder builder, String leg, double x, double z) {
    Point hip = Point.at(HIP * x, HEIGHT, HIP * z);
    Point knee = Point.at(KNEE * x, HEIGHT, KNEE * z);
    Point foot = Point.at(FOOT * x, 0.03, FOOT * z);
    // About this axis a positive angle lifts what stands out to the side.
    Point across = Point.at(-z, 0, x);
    builder
        .capsule(leg + " arm", 0.6, hip, knee, 0.045)
        .capsule(leg + " shin", 0.4, knee, foot, 0.035)
        .foot()
        .universal("ball", leg + " arm", hip, across, LIFT, Point.Y, TURN)
        .hinge(leg + " arm", leg + " shin", knee, across, BEND);
  }

  /**
   * The task of {@code Crawler-v1}: the stick and the crawler.
   *
   * @param id the name it goes by
   */
  public static Fetch fetch(String id, FetchOptions options) {
    Body body = body();
    BodyPainter parts = BodyPainter.plain(body, 0x2F7F8C, 0x55B3B8, 0xF2B134);
    BodyPainter withEyes =
        (stage, world, stick, glad) -> {
          parts.dress(stage, world, stick, glad);
          BodyPainter.frame(stage, world, 0);
          addEyes(stage);
        };
    return new Fetch(id, body, options, withEyes, Point.at(0, -0.05, BALL + 0.02));
  }

  private static void addEyes(Stage stage) {
    for (int side = -1; side <= 1; side += 2) {
      stage.paint(0xFFFFFF, 0.4).sphere(side * 0.065, 0.075, 0.135, 0.044);
      stage.paint(0x1B1715, 1).sphere(side * 0.070, 0.082, 0.165, 0.024);
    }
  }
}
