package org.bellmanrl.env.textbook;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** Servers, free ones lit, and a customer with what he pays. */
final class ServersPicture {
  private static final double ASPECT = 2;
  private static final double WIDTH = ASPECT * Canvas.HEIGHT;
  private static final double LEFT = 72;
  private static final int[] COATS = {Ink.SLATE, Ink.BLUE, Ink.VIOLET, Ink.CORAL};

  private ServersPicture() {}

  static PictureView of(int servers, IntSupplier free, IntSupplier pays) {
    return new Drawing(ASPECT, canvas -> paint(canvas, servers, free.getAsInt(), pays.getAsInt()));
  }

  private static void paint(Canvas canvas, int servers, int free, int pays) {
    canvas.flood(Ink.PAPER);
    canvas.box(4, 78, WIDTH - 8, 14, 4, Ink.WOOD);
    int columns = (servers + 1) / 2;
    double cell = Math.min((WIDTH - LEFT - 12) / columns, 32);
    for (int i = 0; i < servers; i++) {
      double x = LEFT + i % columns * cell;
      int line = i / columns;
      double y = 10 + line * 34;
      boolean lit = i < free;
      canvas.box(x, y, 0.82 * cell, 28, 3, lit ? Ink.NAVY : Ink.STEEL);
      canvas.disc(x + 0.41 * cell, y + 9, Math.min(4.5, 0.2 * cell), lit ? Ink.GREEN : Ink.MIST);
      canvas.box(x + 0.16 * cell, y + 18, 0.5 * cell, 3, 1, lit ? Ink.TEAL : Ink.MIST);
    }
    canvas.shadow(34, 80, 22, 4);
    canvas.box(16, 44, 36, 36, 10, COATS[Integer.numberOfTrailingZeros(pays) % COATS.length]);
    canvas.disc(34, 30, 14, 0xF3CBA5);
    canvas.disc(29, 28, 1.8, Ink.NIGHT).disc(39, 28, 1.8, Ink.NIGHT);
    canvas.disc(34, 60, 11, Ink.GOLD);
    canvas.text(Integer.toString(pays), 34, 54, 12, Ink.NIGHT);
  }
}
