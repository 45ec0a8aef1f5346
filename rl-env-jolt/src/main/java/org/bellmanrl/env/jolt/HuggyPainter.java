package org.bellmanrl.env.jolt;

import org.bellmanrl.env.math.Trig;
import org.bellmanrl.env.picture.Stage;

/** Draws Huggy: a tan dog with floppy ears, a red collar and a tail that wags. */
final class HuggyPainter implements BodyPainter {
  private static final int FUR = 0xD9974E;
  private static final int DARK_FUR = 0x8A5226;
  private static final int CREAM = 0xF6E2BE;
  private static final int BLACK = 0x1B1715;
  private static final int COLLAR = 0xD42F2F;
  private static final int TONGUE = 0xE8788A;

  @Override
  public void dress(Stage stage, World world, Stick stick, boolean glad) {
    for (int leg = 0; leg < 4; leg++) {
      leg(stage, world, 1 + 2 * leg, leg < 2);
    }
    BodyPainter.frame(stage, world, 0);
    torso(stage);
    head(stage, glad);
    tail(stage, stick.steps(), glad);
  }

  private static void torso(Stage stage) {
    stage.paint(FUR, 0.06);
    stage.taper(0, 0.005, 0.17, 0.132, 0, 0.025, -0.19, 0.112);
    stage.paint(CREAM, 0.04);
    stage.ellipsoid(0, -0.035, 0.20, 0.098, 0.110, 0.112);
    stage.ellipsoid(0, -0.045, -0.02, 0.080, 0.078, 0.20);
    stage.paint(DARK_FUR, 0.06);
    stage.ellipsoid(0, 0.075, -0.03, 0.088, 0.066, 0.19);
  }

  private static void head(Stage stage, boolean glad) {
    stage.paint(FUR, 0.06);
    stage.taper(0, 0.05, 0.22, 0.092, 0, 0.20, 0.345, 0.070);
    stage.paint(COLLAR, 0.4);
    stage.cylinder(0, 0.130, 0.275, 0, 0.155, 0.300, 0.094);
    stage.paint(0xF2C230, 0.9);
    stage.sphere(0, 0.085, 0.356, 0.021);

    stage.paint(FUR, 0.06);
    stage.ellipsoid(0, 0.262, 0.385, 0.092, 0.083, 0.096);
    stage.ellipsoid(0.030, 0.300, 0.430, 0.034, 0.026, 0.034);
    stage.ellipsoid(-0.030, 0.300, 0.430, 0.034, 0.026, 0.034);
    stage.paint(CREAM, 0.06);
    stage.taper(0, 0.236, 0.440, 0.056, 0, 0.226, 0.535, 0.041);
    stage.ellipsoid(0, 0.190, 0.490, 0.034, 0.020, 0.062);
    stage.paint(BLACK, 0.9);
    stage.ellipsoid(0, 0.252, 0.572, 0.025, 0.019, 0.018);
    if (!glad) {
      stage.paint(TONGUE, 0.3);
      stage.taper(0, 0.196, 0.535, 0.016, 0, 0.160, 0.560, 0.019);
    }

    for (int side = -1; side <= 1; side += 2) {
      stage.paint(0xFFFFFF, 0.3);
      stage.sphere(side * 0.040, 0.284, 0.460, 0.0185);
      stage.paint(BLACK, 1);
      stage.sphere(side * 0.042, 0.285, 0.4685, 0.0135);
      stage.paint(DARK_FUR, 0.05);
      stage.taper(side * 0.068, 0.318, 0.372, 0.030, side * 0.118, 0.262, 0.378, 0.036);
      stage.taper(side * 0.118, 0.262, 0.378, 0.036, side * 0.128, 0.188, 0.392, 0.026);
    }
  }

  private static void tail(Stage stage, int steps, boolean glad) {
    double angle = glad ? 1.9 * steps : 0.55 * steps;
    double wag = (glad ? 0.16 : 0.045) * Trig.sin(angle);
    stage.paint(FUR, 0.06);
    stage.taper(0, 0.065, -0.275, 0.040, 0.45 * wag, 0.165, -0.345, 0.032);
    stage.taper(0.45 * wag, 0.165, -0.345, 0.032, wag, 0.270, -0.375, 0.028);
    stage.paint(CREAM, 0.06);
    stage.taper(wag, 0.270, -0.375, 0.028, 1.25 * wag, 0.325, -0.365, 0.016);
  }

  private static void leg(Stage stage, World world, int thigh, boolean front) {
    BodyPainter.frame(stage, world, thigh);
    stage.paint(FUR, 0.06);
    if (front) {
      stage.taper(0, 0.080, 0, 0.066, 0, -0.085, 0, 0.040);
    } else {
      stage.taper(0, 0.070, -0.012, 0.082, 0, -0.085, 0, 0.040);
    }
    BodyPainter.frame(stage, world, thigh + 1);
    stage.taper(0, 0.090, 0, 0.040, 0, -0.050, 0, 0.029);
    stage.paint(CREAM, 0.06);
    stage.taper(0, -0.045, 0, 0.031, 0, -0.072, 0.006, 0.031);
    stage.ellipsoid(0, -0.076, 0.020, 0.036, 0.025, 0.048);
  }
}
