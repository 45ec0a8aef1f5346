package org.bellmanrl.env.classic;

import java.util.function.DoubleSupplier;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** Two links under a fixed joint, and the line that the lower end is to reach. */
final class AcrobotPicture {
  private static final double ASPECT = 1;

  /** As Gymnasium shows it. */
  private static final double STEPS_PER_SECOND = 15;

  private static final double MIDDLE = 50;
  private static final double LINK = 21;

  private AcrobotPicture() {}

  /** The picture of the moment. */
  static Drawing of(DoubleSupplier angle1, DoubleSupplier angle2) {
    return new Drawing(
        ASPECT,
        STEPS_PER_SECOND,
        canvas -> paint(canvas, angle1.getAsDouble(), angle2.getAsDouble()));
  }

  private static void paint(Canvas canvas, double angle1, double angle2) {
    double elbowX = MIDDLE + LINK * StrictMath.sin(angle1);
    double elbowY = MIDDLE + LINK * StrictMath.cos(angle1);
    double endX = elbowX + LINK * StrictMath.sin(angle1 + angle2);
    double endY = elbowY + LINK * StrictMath.cos(angle1 + angle2);
    double goal = MIDDLE - LINK;
    boolean up = endY < goal;

    canvas.flood(Ink.PAPER);
    canvas.disc(MIDDLE, MIDDLE, 2 * LINK + 3, 0xEAF1F9);
    canvas.disc(MIDDLE, MIDDLE, LINK, 0xE0EAF6);
    for (double x = 3; x < 98; x += 6) {
      canvas.line(x, goal, x + 2.4, goal, 1, up ? Ink.MOSS : Ink.SLATE);
    }
    canvas.line(MIDDLE, MIDDLE, elbowX, elbowY, 6.4, Ink.NAVY);
    canvas.line(MIDDLE, MIDDLE, elbowX, elbowY, 2.2, Ink.SLATE);
    canvas.line(elbowX, elbowY, endX, endY, 5.2, 0x2B8F84);
    canvas.line(elbowX, elbowY, endX, endY, 1.8, 0x6CC6BB);
    canvas.disc(MIDDLE, MIDDLE, 4.6, Ink.NIGHT).disc(MIDDLE, MIDDLE, 2, Ink.WHITE);
    canvas.disc(elbowX, elbowY, 4, Ink.GOLD).disc(elbowX, elbowY, 1.6, Ink.WHITE);
    canvas.disc(endX, endY, 3.6, up ? Ink.GREEN : Ink.CORAL);
  }
}
