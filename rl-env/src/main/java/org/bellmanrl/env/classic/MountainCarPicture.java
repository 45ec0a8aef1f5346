package org.bellmanrl.env.classic;

import java.util.function.DoubleSupplier;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** A car in a valley, with a flag on the hill at the right. */
final class MountainCarPicture {
  private static final double ASPECT = 1.5;

  /** As Gymnasium shows it. */
  private static final double STEPS_PER_SECOND = 30;

  private static final double LEFT = -1.3;
  private static final double PER_UNIT = 75;
  private static final double BASE = 90;
  private static final double RISE = 60;
  private static final int POINTS = 160;

  private MountainCarPicture() {}

  /** Where on the sheet a position of the car is. */
  private static double x(double position) {
    return (position - LEFT) * PER_UNIT;
  }

  /** The ground there: the sine that the dynamics' slope is the derivative of. */
  private static double ground(double position) {
    return BASE - RISE * (0.45 * StrictMath.sin(3 * position) + 0.55);
  }

  /** The picture of the moment. */
  static Drawing of(DoubleSupplier position, double goal) {
    return new Drawing(
        ASPECT, STEPS_PER_SECOND, canvas -> paint(canvas, position.getAsDouble(), goal));
  }

  private static void paint(Canvas canvas, double position, double goal) {
    canvas.flood(0xDCEBFA);
    canvas.disc(112, 24, 13, 0xFBE3A8).disc(112, 24, 9, Ink.GOLD);
    cloud(canvas, 26, 17, 1);
    cloud(canvas, 74, 27, 0.7);
    canvas.polygon(
        0xBFD3EA, -400, 140, -40, 62, -8, 46, 14, 60, 44, 40, 70, 64, 98, 50, 128, 68, 165, 44, 560,
        140);
    canvas.polygon(0xEEF5FC, -8, 46, -14, 49, -8, 51, -4, 49.5, 1, 51.6);
    canvas.polygon(0xEEF5FC, 44, 40, 36, 45.3, 41, 46, 45, 44.5, 49, 46.5, 52.5, 46.8);
    hill(canvas, 0, Ink.MOSS);
    hill(canvas, 3.2, 0x5FA968);
    flag(canvas, goal);
    double slope = -RISE * 1.35 * StrictMath.cos(3 * position) / PER_UNIT;
    canvas.at(x(position), ground(position), StrictMath.atan(slope), 0.9, MountainCarPicture::car);
  }

  private static void hill(Canvas canvas, double below, int colour) {
    double[] outline = new double[2 * (POINTS + 5)];
    for (int i = 0; i <= POINTS; i++) {
      double position = LEFT + 2.0 * i / POINTS;
      outline[2 * i + 4] = x(position);
      outline[2 * i + 5] = ground(position) + below;
    }
    int last = outline.length - 6;
    double[] rest = {-400, outline[5], 560, outline[last + 1], 560, 600, -400, 600};
    outline[0] = -400;
    outline[1] = 600;
    outline[2] = -400;
    outline[3] = rest[1];
    outline[last + 2] = 560;
    outline[last + 3] = rest[3];
    outline[last + 4] = 560;
    outline[last + 5] = 600;
    canvas.polygon(colour, outline);
  }

  private static void cloud(Canvas canvas, double x, double y, double scale) {
    canvas.at(
        x,
        y,
        0,
        scale,
        c ->
            c.box(-13, -3, 26, 7, 3.5, Ink.WHITE)
                .disc(-4, -3, 5.5, Ink.WHITE)
                .disc(4.5, -2, 4.2, Ink.WHITE));
  }

  private static void flag(Canvas canvas, double goal) {
    double foot = ground(goal);
    canvas.shadow(x(goal) + 1, foot + 0.5, 4, 1);
    canvas.line(x(goal), foot, x(goal), foot - 20, 1.4, Ink.NAVY);
    canvas.polygon(Ink.CORAL, x(goal), foot - 20, x(goal) + 11, foot - 16.5, x(goal), foot - 12.5);
  }

  private static void car(Canvas canvas) {
    canvas.shadow(0, 0.5, 11, 1.3);
    canvas.polygon(Ink.BRICK, -6.5, -8, -4, -13.5, 4, -13.5, 7, -8);
    canvas.polygon(0xE7F1FB, -4.8, -8, -3, -12.2, -0.4, -12.2, -0.4, -8);
    canvas.polygon(0xE7F1FB, 0.7, -8, 0.7, -12.2, 3.3, -12.2, 5.4, -8);
    canvas.box(-10.5, -9, 21, 6.2, 2.6, Ink.CORAL);
    canvas.box(8.2, -7.6, 2.3, 2, 1, 0xFFE9B0);
    canvas.box(-10.5, -7.6, 1.6, 2, 0.8, Ink.BRICK);
    for (int side = -1; side <= 1; side += 2) {
      canvas.disc(side * 6, -2.8, 2.9, Ink.NIGHT).disc(side * 6, -2.8, 1.2, Ink.MIST);
    }
  }
}
