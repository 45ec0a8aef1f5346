package org.bellmanrl.env.jolt;

/** A table on three legs, as docs/build-a-body.md builds it. */
final class Tripod {
  private static final Motor SWING = Motor.of(-0.8, 0.8, 0, 0.5);
  private static final Motor SPREAD = Motor.of(-0.5, 0.5, 0, 0.3);

  private Tripod() {}

  static Body body() {
    Body.Builder builder =
        Body.builder("Tripod").box("top", 4, Point.at(0, 0.45, 0), 0.2, 0.03, 0.2);
    leg(builder, "front", 0, 0.15);
    leg(builder, "left", 0.13, -0.1);
    leg(builder, "right", -0.13, -0.1);
    return builder.build();
  }

  private static void leg(Body.Builder builder, String name, double x, double z) {
    Point hip = Point.at(x, 0.42, z);
    builder
        .capsule(name, 0.5, hip, Point.at(1.4 * x, 0.03, 1.4 * z), 0.03)
        .foot()
        .universal("top", name, hip, Point.X, SWING, Point.Z, SPREAD);
  }
}
