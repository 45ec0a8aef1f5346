package org.bellmanrl.env.toytext;

import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TilePicture;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/** A walker on a meadow, with the sea below the cliff. */
final class CliffPicture extends TilePicture {
  private static final int SEA = 0x2F6CA8;
  private static final int FOAM = 0xA9CFEF;

  private final TextMap map;

  CliffPicture(TextMap map) {
    super(map, Ink.MOSS);
    this.map = map;
  }

  @Override
  public void tile(Canvas canvas, int place) {
    if (map.at(place) == 'C') {
      cliff(canvas, place);
      return;
    }
    boolean light = (place / map.width() + place % map.width()) % 2 == 0;
    canvas.box(-0.5, -0.5, 101, 101, 0, light ? 0x7CC67F : 0x74BF78);
    tufts(canvas, place);
    switch (map.at(place)) {
      case 'S' -> canvas.oval(50, 62, 34, 22, 0xD9C79B).oval(50, 61, 27, 16, 0xE7D9B5);
      case 'G' -> flag(canvas, Ink.CORAL);
      default -> {}
    }
  }

  private static void tufts(Canvas canvas, int place) {
    double x = 16 + place * 29 % 60;
    double y = 24 + place * 43 % 56;
    canvas.lines(3.2, Ink.MOSS, x - 5, y - 8, x, y, x + 5, y - 8);
    if (place % 3 == 1) {
      double bloom = 100 - x;
      canvas.disc(bloom, 100 - y, 5, place % 2 == 0 ? Ink.WHITE : 0xFBD4CE);
      canvas.disc(bloom, 100 - y, 2.2, Ink.GOLD);
    }
  }

  private void cliff(Canvas canvas, int place) {
    canvas.box(-0.5, -0.5, 101, 101, 0, SEA);
    canvas.box(-0.5, -0.5, 101, 36, 0, 0x6E5B4C);
    canvas.box(-0.5, -0.5, 101, 8, 0, 0x5A9E62);
    double shift = place * 31 % 4 * 9;
    canvas.polygon(0x836D5B, 8 + shift, 8, 30 + shift, 8, 24 + shift, 36, 14 + shift, 36);
    canvas.polygon(0x5C4B3F, 58 + shift, 8, 68 + shift, 8, 64 + shift, 36);
    canvas.lines(5, FOAM, 0, 39, 16, 42, 34, 38, 50, 42, 66, 38, 84, 42, 100, 39);
    canvas.lines(4, 0x5E97CC, 12 + shift / 2, 66, 24 + shift / 2, 61, 36 + shift / 2, 66);
    canvas.lines(4, 0x5E97CC, 54 + shift / 3, 84, 66 + shift / 3, 79, 78 + shift / 3, 84);
  }

  @Override
  public void agent(Canvas canvas, int place) {
    canvas.shadow(50, 88, 26, 6);
    canvas.line(42, 84, 45, 64, 9, Ink.NAVY).line(58, 84, 55, 64, 9, Ink.NAVY);
    canvas.box(26, 38, 16, 28, 7, Ink.AMBER);
    canvas.box(34, 36, 32, 36, 12, Ink.CORAL);
    canvas.line(62, 44, 73, 58, 8, Ink.BRICK);
    canvas.line(74, 44, 77, 87, 3.4, 0x6E5B4C);
    canvas.disc(50, 24, 15, 0xF3CBA5);
    canvas.sector(50, 21, 16, Math.PI, Math.PI, Ink.TEAL, 255);
    canvas.line(34, 21, 70, 21, 5, 0x24857A);
    canvas.disc(56, 27, 2.2, Ink.NIGHT);
  }
}
