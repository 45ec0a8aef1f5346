package org.bellmanrl.env.classic;

import java.util.function.DoubleSupplier;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** A cart on a rail between two stops, with its pole; the pole is drawn longer than it is. */
final class CartPolePicture {
  private static final double ASPECT = 1.5;

  /** As Gymnasium shows it. */
  private static final double STEPS_PER_SECOND = 50;

  private static final double MIDDLE = 75;
  private static final double PER_METRE = 27;
  private static final double RAIL = 76;
  private static final double POLE = 46;

  private CartPolePicture() {}

  /** The picture of the moment. */
  static Drawing of(DoubleSupplier position, DoubleSupplier angle) {
    return new Drawing(
        ASPECT,
        STEPS_PER_SECOND,
        canvas -> paint(canvas, position.getAsDouble(), angle.getAsDouble()));
  }

  private static void paint(Canvas canvas, double position, double angle) {
    canvas.flood(Ink.PAPER);
    canvas.disc(MIDDLE, RAIL, 54, 0xEAF1F9);
    canvas.disc(MIDDLE, RAIL, 36, 0xE0EAF6);
    canvas.box(-500, RAIL + 4, 1150, 600, 0, Ink.MIST);
    double end = CartPole.MOST_OFF * PER_METRE + 3;
    canvas.line(MIDDLE - end, RAIL + 4, MIDDLE + end, RAIL + 4, 2.2, Ink.SLATE);
    for (int metre = -2; metre <= 2; metre++) {
      double x = MIDDLE + metre * PER_METRE;
      canvas.line(x, RAIL + 9, x, RAIL + (metre == 0 ? 14 : 12), 1, Ink.SLATE);
    }
    for (int side = -1; side <= 1; side += 2) {
      canvas.box(MIDDLE + side * end - 1.6, RAIL - 5, 3.2, 10, 1.6, Ink.SLATE);
    }
    double x = MIDDLE + position * PER_METRE;
    canvas.shadow(x, RAIL + 5.2, 14, 1.8);
    canvas.box(x - 12, RAIL - 11, 24, 11, 3, Ink.NAVY);
    canvas.box(x - 12, RAIL - 11, 24, 5.5, 2.6, 0x364868);
    canvas.disc(x - 7, RAIL, 3.6, Ink.NIGHT).disc(x - 7, RAIL, 1.4, Ink.STEEL);
    canvas.disc(x + 7, RAIL, 3.6, Ink.NIGHT).disc(x + 7, RAIL, 1.4, Ink.STEEL);
    canvas.at(
        x,
        RAIL - 10,
        angle,
        1,
        pole -> {
          pole.line(0, 0, 0, -POLE, 4, 0xA8671A);
          pole.line(-0.7, -1, -0.7, -POLE, 1.4, Ink.AMBER);
          pole.disc(0, -POLE, 4.2, Ink.CORAL).disc(-1.2, -POLE - 1.2, 1.2, 0xF7A79C);
        });
    canvas.disc(x, RAIL - 10, 3, Ink.WHITE).disc(x, RAIL - 10, 1.3, Ink.NAVY);
  }
}
