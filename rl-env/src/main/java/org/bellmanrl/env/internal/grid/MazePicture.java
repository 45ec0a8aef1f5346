package org.bellmanrl.env.internal.grid;

import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/** A mouse between walls, with cheese, crumbs and poison. */
public final class MazePicture extends TilePicture {
  private final TextMap map;

  public MazePicture(TextMap map) {
    super(map, Ink.NAVY);
    this.map = map;
  }

  @Override
  public void tile(Canvas canvas, int place) {
    if (map.at(place) == '#') {
      canvas.box(-0.5, -0.5, 101, 101, 0, Ink.NAVY);
      canvas.box(8, 6, 84, 78, 12, 0x3C4F72);
      return;
    }
    boolean light = (place / map.width() + place % map.width()) % 2 == 0;
    canvas.box(-0.5, -0.5, 101, 101, 0, light ? 0xF7EFE1 : 0xF1E6D3);
    switch (map.at(place)) {
      case 'S' -> canvas.disc(50, 52, 34, 0xDDCBAE).disc(50, 52, 27, 0xE9DBC3);
      case 'C' -> cheese(canvas);
      case 'c' -> {
        canvas.polygon(Ink.AMBER, 34, 66, 66, 66, 62, 50);
        canvas.polygon(Ink.GOLD, 34, 60, 62, 44, 66, 60);
      }
      case 'P' -> poison(canvas);
      default -> {}
    }
  }

  private static void cheese(Canvas canvas) {
    canvas.shadow(52, 82, 38, 6);
    canvas.polygon(0xFBD989, 14, 52, 70, 22, 88, 46, 88, 50);
    canvas.polygon(Ink.GOLD, 14, 52, 88, 48, 88, 82, 14, 82);
    canvas.disc(34, 68, 8, Ink.AMBER).disc(62, 62, 6, Ink.AMBER).disc(74, 76, 6, Ink.AMBER);
  }

  private static void poison(Canvas canvas) {
    canvas.shadow(50, 86, 28, 5);
    canvas.box(43, 20, 14, 26, 2, 0xB9A3E3);
    canvas.box(40, 14, 20, 10, 3, Ink.WOOD);
    canvas.disc(50, 61, 26, 0xB9A3E3);
    canvas.sector(50, 61, 22, -0.25, Math.PI + 0.5, Ink.VIOLET, 255);
    canvas.oval(50, 61, 9, 8, Ink.WHITE).box(45, 65, 10, 8, 2, Ink.WHITE);
    canvas.disc(46.5, 61, 2.4, Ink.NIGHT).disc(53.5, 61, 2.4, Ink.NIGHT);
  }

  @Override
  public void agent(Canvas canvas, int place) {
    boolean eating = map.at(place) == 'C' || map.at(place) == 'P';
    canvas.at(eating ? 36 : 50, eating ? 64 : 54, 0, eating ? 0.7 : 1, MazePicture::mouse);
  }

  /** From above and before, about its middle. */
  private static void mouse(Canvas canvas) {
    canvas.shadow(0, 32, 30, 6);
    canvas.lines(4, 0xE7A6A6, 22, 24, 36, 26, 40, 14, 36, 6);
    canvas.oval(0, 14, 26, 20, Ink.STEEL);
    canvas.disc(-20, -20, 13, Ink.STEEL).disc(20, -20, 13, Ink.STEEL);
    canvas.disc(-20, -20, 8, 0xF3C0C0).disc(20, -20, 8, 0xF3C0C0);
    canvas.oval(0, -4, 23, 20, 0xB3C2D6);
    canvas.disc(-8, -8, 3.6, Ink.NIGHT).disc(8, -8, 3.6, Ink.NIGHT);
    canvas.disc(-7, -9.2, 1.2, Ink.WHITE).disc(9, -9.2, 1.2, Ink.WHITE);
    canvas.line(-12, 5, -30, 1, 1.8, Ink.SLATE).line(-12, 8, -29, 11, 1.8, Ink.SLATE);
    canvas.line(12, 5, 30, 1, 1.8, Ink.SLATE).line(12, 8, 29, 11, 1.8, Ink.SLATE);
    canvas.oval(0, 5, 5, 4, 0xE48A8A);
  }
}
