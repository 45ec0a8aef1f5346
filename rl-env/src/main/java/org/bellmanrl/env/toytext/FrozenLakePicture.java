package org.bellmanrl.env.toytext;

import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TilePicture;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/** A penguin on floes, holes of open water, and a present at the goal. */
final class FrozenLakePicture extends TilePicture {
  private static final int WATER = 0x8FBCE6;
  private static final int DEEP = 0x2E5F99;
  private static final int ICE = 0xE9F4FD;

  private final TextMap map;

  FrozenLakePicture(TextMap map) {
    super(map, WATER);
    this.map = map;
  }

  @Override
  public void tile(Canvas canvas, int place) {
    canvas.box(3, 6, 94, 92, 14, 0xA9CBEA);
    canvas.box(3, 2, 94, 92, 14, ICE);
    // The floes' cracks lie differently from place to place.
    double shift = place * 37 % 5 * 6;
    canvas.line(18 + shift, 20, 30 + shift, 14, 3, Ink.WHITE);
    canvas.line(60 - shift, 84, 78 - shift, 76, 3, 0xD3E6F7);
    switch (map.at(place)) {
      case 'H' -> hole(canvas);
      case 'G' -> present(canvas);
      case 'S' -> {
        canvas.oval(50, 52, 32, 30, 0xCFE3F6);
        canvas.oval(50, 52, 25, 23, ICE);
      }
      default -> {}
    }
  }

  private static void hole(Canvas canvas) {
    canvas.oval(50, 48, 38, 34, 0xBDD8F0);
    canvas.oval(50, 51, 35, 30, DEEP);
    canvas.oval(50, 56, 30, 23, 0x3F78B8);
    canvas.lines(3, 0x79A9DB, 34, 54, 41, 51, 48, 54, 55, 51);
    canvas.lines(3, 0x79A9DB, 50, 66, 57, 63, 64, 66);
  }

  private static void present(Canvas canvas) {
    canvas.shadow(50, 84, 34, 6);
    canvas.box(22, 42, 56, 42, 4, Ink.CORAL);
    canvas.box(18, 34, 64, 15, 4, 0xF2867A);
    canvas.box(44, 34, 12, 50, 0, Ink.GOLD);
    canvas.lines(6, Ink.GOLD, 50, 33, 34, 18, 28, 29, 50, 33, 66, 18, 72, 29, 50, 33);
  }

  @Override
  public void agent(Canvas canvas, int place) {
    switch (map.at(place)) {
      case 'H' -> {
        canvas.at(50, 46, 0, 0.9, FrozenLakePicture::head);
        // The water stands in front of it.
        canvas.oval(50, 67, 27, 12, 0x3F78B8);
        canvas.lines(3.4, 0xBBD7F2, 25, 62, 33, 59, 42, 62, 50, 59, 58, 62, 67, 59, 75, 62);
      }
      case 'G' -> canvas.at(30, 66, 0, 0.62, FrozenLakePicture::penguin);
      default -> {
        canvas.shadow(50, 85, 26, 6);
        canvas.at(50, 52, 0, 0.9, FrozenLakePicture::penguin);
      }
    }
  }

  /** About its middle, some 80 high. */
  private static void penguin(Canvas canvas) {
    canvas.oval(-13, 36, 12, 5, Ink.AMBER).oval(13, 36, 12, 5, Ink.AMBER);
    canvas.at(-27, 6, 0.35, 1, wing -> wing.oval(0, 0, 7, 20, Ink.NIGHT));
    canvas.at(27, 6, -0.35, 1, wing -> wing.oval(0, 0, 7, 20, Ink.NIGHT));
    canvas.oval(0, 8, 27, 30, Ink.NAVY);
    canvas.oval(0, 13, 19, 24, Ink.WHITE);
    head(canvas);
    canvas.line(-18, 0, 18, 0, 6, Ink.CORAL).line(11, 1, 13, 13, 6, Ink.CORAL);
  }

  private static void head(Canvas canvas) {
    canvas.disc(0, -19, 21, Ink.NAVY).oval(0, 6, 18, 14, Ink.NAVY);
    canvas.oval(0, 8, 13, 12, Ink.WHITE);
    canvas.oval(-7, -15, 9, 11, Ink.WHITE).oval(7, -15, 9, 11, Ink.WHITE);
    canvas.disc(-7, -18, 3.4, Ink.NIGHT).disc(7, -18, 3.4, Ink.NIGHT);
    canvas.disc(-6, -19.2, 1.1, Ink.WHITE).disc(8, -19.2, 1.1, Ink.WHITE);
    canvas.polygon(Ink.GOLD, -7, -11, 7, -11, 0, -3);
  }
}
