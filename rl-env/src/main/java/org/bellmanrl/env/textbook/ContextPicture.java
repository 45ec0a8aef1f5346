package org.bellmanrl.env.textbook;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** The numbers of a context as bars, above a row of arms of which one was pulled. */
final class ContextPicture {
  private static final double ASPECT = 1.6;
  private static final double WIDTH = ASPECT * Canvas.HEIGHT;
  private static final double MARGIN = 14;
  private static final double MIDDLE = 34;
  private static final double LONGEST = 22;

  private ContextPicture() {}

  static PictureView of(float[] context, int arms, IntSupplier pulled) {
    return new Drawing(ASPECT, canvas -> paint(canvas, context, arms, pulled.getAsInt()));
  }

  private static void paint(Canvas canvas, float[] context, int arms, int pulled) {
    canvas.flood(Ink.PAPER);
    canvas.box(6, 6, WIDTH - 12, Canvas.HEIGHT - 12, 10, Ink.NAVY);
    double bar = (WIDTH - 2 * MARGIN) / context.length;
    for (int i = 0; i < context.length; i++) {
      double length = LONGEST * Math.abs(context[i]);
      double top = context[i] > 0 ? MIDDLE - length : MIDDLE;
      int colour = context[i] > 0 ? Ink.TEAL : Ink.CORAL;
      canvas.box(MARGIN + (i + 0.2) * bar, top, 0.6 * bar, length, 0, colour);
    }
    canvas.line(MARGIN, MIDDLE, WIDTH - MARGIN, MIDDLE, 0.8, Ink.STEEL);
    double cell = (WIDTH - 2 * MARGIN) / arms;
    double radius = Math.min(9, 0.36 * cell);
    for (int arm = 0; arm < arms; arm++) {
      double x = MARGIN + (arm + 0.5) * cell;
      canvas.disc(x, 74, radius, arm == pulled ? Ink.GOLD : 0x45587A);
    }
  }
}
