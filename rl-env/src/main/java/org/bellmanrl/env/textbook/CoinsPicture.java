package org.bellmanrl.env.textbook;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** A pile of coins in a glass that is to be filled. */
final class CoinsPicture {
  private static final double ASPECT = 1;
  private static final double TOP = 14;
  private static final double BOTTOM = 88;
  private static final double LEFT = 14;
  private static final double WIDTH = 34;

  private CoinsPicture() {}

  static PictureView of(int goal, IntSupplier capital) {
    return new Drawing(ASPECT, canvas -> paint(canvas, goal, capital.getAsInt()));
  }

  private static void paint(Canvas canvas, int goal, int capital) {
    canvas.flood(0x35634B);
    canvas.box(5, 5, 90, 90, 8, 0x3F7558);
    canvas.box(LEFT - 3, TOP - 4, WIDTH + 6, BOTTOM - TOP + 7, 4, 0x2C523E);
    double height = (BOTTOM - TOP) * capital / goal;
    int coins = (int) Math.ceil(height / 5);
    for (int i = 0; i < coins; i++) {
      double top = BOTTOM - Math.min(height, 5.0 * (i + 1));
      canvas.box(LEFT, top, WIDTH, 4.4, 2, i % 2 == 0 ? Ink.GOLD : Ink.AMBER);
    }
    canvas.disc(72, 50, 17, Ink.AMBER).disc(72, 50, 14, Ink.GOLD);
    canvas.text(Integer.toString(capital), 72, 44, 12, Ink.NIGHT);
  }
}
