package org.bellmanrl.env.classic;

import java.util.function.DoubleSupplier;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** A pendulum, and as an arc behind its weight how fast it moves. */
final class PendulumPicture {
  private static final double ASPECT = 1;

  /** As Gymnasium shows it. */
  private static final double STEPS_PER_SECOND = 20;

  private static final double MIDDLE = 50;
  private static final double ROD = 33;
  private static final double TRAIL_SECONDS = 0.16;
  private static final int TRAIL_PARTS = 12;

  private PendulumPicture() {}

  /** The picture of the moment. */
  static Drawing of(DoubleSupplier angle, DoubleSupplier speed) {
    return new Drawing(
        ASPECT,
        STEPS_PER_SECOND,
        canvas -> paint(canvas, angle.getAsDouble(), speed.getAsDouble()));
  }

  private static void paint(Canvas canvas, double angle, double speed) {
    canvas.flood(Ink.PAPER);
    canvas.disc(MIDDLE, MIDDLE, 44, 0xEAF1F9);
    canvas.disc(MIDDLE, MIDDLE, 22, 0xE0EAF6);
    canvas.polygon(Ink.GREEN, MIDDLE - 2.5, 2.5, MIDDLE + 2.5, 2.5, MIDDLE, 6.5);

    // On the sheet angles run clockwise from the right, the pendulum's other way round from the
    // top.
    double now = -angle - Math.PI / 2;
    double part = speed * TRAIL_SECONDS / TRAIL_PARTS;
    for (int i = TRAIL_PARTS; i >= 1; i--) {
      int colour = Ink.mix(Ink.CORAL, 0xEAF1F9, 0.4 + 0.6 * i / TRAIL_PARTS);
      canvas.arc(MIDDLE, MIDDLE, ROD, now, part * i, 8, colour);
    }
    double x = MIDDLE + ROD * StrictMath.cos(now);
    double y = MIDDLE + ROD * StrictMath.sin(now);
    canvas.line(MIDDLE, MIDDLE, x, y, 5, Ink.NAVY);
    canvas.line(MIDDLE, MIDDLE, x, y, 1.7, Ink.SLATE);
    canvas.disc(x, y, 8, Ink.CORAL).disc(x - 2.4, y - 2.4, 2, 0xF7A79C);
    canvas.disc(MIDDLE, MIDDLE, 4.4, Ink.NIGHT).disc(MIDDLE, MIDDLE, 1.9, Ink.WHITE);
  }
}
