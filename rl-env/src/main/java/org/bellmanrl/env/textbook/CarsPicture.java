package org.bellmanrl.env.textbook;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** Two car parks of twenty bays each. */
final class CarsPicture {
  private static final double ASPECT = 1.6;
  private static final double LOT = 66;
  private static final int COLUMNS = 4;
  private static final int ROWS = 5;
  private static final double BAY = 15;
  private static final double LINE = 14;
  private static final int[] PAINTS = {Ink.CORAL, Ink.BLUE, Ink.GOLD, Ink.WHITE, Ink.TEAL};

  private CarsPicture() {}

  static PictureView of(IntSupplier first, IntSupplier second) {
    return new Drawing(
        ASPECT,
        canvas -> {
          canvas.flood(0x86B98A);
          canvas.at(8, 8, 0, 1, lot -> paint(lot, first.getAsInt()));
          canvas.at(86, 8, 0, 1, lot -> paint(lot, second.getAsInt()));
        });
  }

  private static void paint(Canvas canvas, int cars) {
    canvas.box(0, 0, LOT, 84, 4, 0x4E5563);
    canvas.text(Integer.toString(cars), LOT / 2, 3.5, 6, Ink.MIST);
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      double x = 3 + i % COLUMNS * BAY;
      int line = i / COLUMNS;
      double y = 13 + line * LINE;
      canvas.line(x, y, x, y + LINE - 3, 0.6, Ink.MIST);
      if (i < cars) {
        canvas.veil(x + 2.5, y + 2, BAY - 4, 8, 2);
        canvas.box(x + 2, y + 1, BAY - 4, 8, 2.5, PAINTS[i * 3 % PAINTS.length]);
        canvas.box(x + 5, y + 2, 4, 6, 1, Ink.NIGHT);
      }
    }
  }
}
