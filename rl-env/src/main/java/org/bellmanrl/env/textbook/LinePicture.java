package org.bellmanrl.env.textbook;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** A line of states between two ends, and who stands where. */
final class LinePicture {
  private static final double ASPECT = 3;
  private static final double WIDTH = ASPECT * Canvas.HEIGHT;
  private static final double MARGIN = 14;

  /** More states are a bar without dots. */
  private static final int DOTS = 60;

  private LinePicture() {}

  static PictureView of(int states, IntSupplier state) {
    return new Drawing(ASPECT, canvas -> paint(canvas, states, state.getAsInt()));
  }

  private static void paint(Canvas canvas, int states, int state) {
    double middle = Canvas.HEIGHT / 2;
    double step = (WIDTH - 2 * MARGIN) / (states + 1);
    canvas.flood(Ink.PAPER);
    canvas.box(4, 4, WIDTH - 8, Canvas.HEIGHT - 8, 8, Ink.NAVY);
    canvas.box(MARGIN, middle - 1, WIDTH - 2 * MARGIN, 2, 1, 0x6B7EA3);
    canvas.box(MARGIN - 4, middle - 16, 6, 32, 2, 0xB94F45);
    canvas.box(WIDTH - MARGIN - 2, middle - 16, 6, 32, 2, 0x4F9A5B);
    for (int i = 0; i < states && states <= DOTS; i++) {
      canvas.disc(MARGIN + (i + 1) * step, middle, Math.min(5, 0.35 * step), 0x45587A);
    }
    canvas.disc(
        MARGIN + (state + 1) * step, middle, Math.max(7, Math.min(14, 0.6 * step)), Ink.GOLD);
  }
}
