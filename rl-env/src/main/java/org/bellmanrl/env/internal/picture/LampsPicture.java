package org.bellmanrl.env.internal.picture;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;

/** One lamp for each state, of which one is lit. */
public final class LampsPicture {
  private static final double ASPECT = 2;
  private static final double WIDTH = ASPECT * Canvas.HEIGHT;
  private static final int ONE_LINE = 6;
  private static final double MARGIN = 12;

  private LampsPicture() {}

  /**
   * The picture of some states.
   *
   * @param lit gives the state that is lit, or -1 for none
   */
  public static PictureView of(int states, IntSupplier lit) {
    return new Drawing(ASPECT, canvas -> paint(canvas, states, lit.getAsInt()));
  }

  private static void paint(Canvas canvas, int states, int lit) {
    canvas.flood(Ink.PAPER);
    canvas.box(6, 6, WIDTH - 12, Canvas.HEIGHT - 12, 10, Ink.NAVY);
    int columns = states <= ONE_LINE ? states : (int) Math.ceil(Math.sqrt(ASPECT * states));
    int rows = (states + columns - 1) / columns;
    double cell = Math.min((WIDTH - 2 * MARGIN) / columns, (Canvas.HEIGHT - 2 * MARGIN) / rows);
    for (int i = 0; i < states; i++) {
      int row = i / columns;
      double x = WIDTH / 2 + (i % columns - (columns - 1) / 2.0) * cell;
      double y = Canvas.HEIGHT / 2 + (row - (rows - 1) / 2.0) * cell;
      double radius = Math.min(0.34 * cell, 24);
      if (i == lit) {
        canvas.disc(x, y, 1.32 * radius, 0x6B6350);
        canvas.disc(x, y, radius, Ink.GOLD);
        canvas.disc(x - 0.3 * radius, y - 0.3 * radius, 0.25 * radius, 0xFDEBC4);
      } else {
        canvas.disc(x, y, radius, 0x45587A);
      }
    }
  }
}
