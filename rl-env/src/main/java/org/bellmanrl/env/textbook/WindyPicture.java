package org.bellmanrl.env.textbook;

import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TilePicture;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/** A balloon over a field, with streaks where the wind blows. */
final class WindyPicture extends TilePicture {
  private static final int CALM = 0x9CCB8D;
  private static final int GALE = 0x6FA7C9;

  private final TextMap map;
  private final int[] wind;

  WindyPicture(TextMap map, int[] wind) {
    super(map, Ink.MOSS);
    this.map = map;
    this.wind = wind;
  }

  @Override
  public void tile(Canvas canvas, int place) {
    int force = wind[place % map.width()];
    boolean light = (place / map.width() + place % map.width()) % 2 == 0;
    int ground = Ink.mix(CALM, GALE, force / 2.0);
    canvas.box(-0.5, -0.5, 101, 101, 0, light ? ground : Ink.mix(ground, Ink.NAVY, 0.05));
    int streak = Ink.mix(ground, Ink.WHITE, 0.55);
    for (int i = 0; i < force; i++) {
      double x = 32 + 36 * i + place * 17 % 20 - 10;
      canvas.line(x, 84, x, 22, 4, streak);
      canvas.lines(4, streak, x - 9, 34, x, 22, x + 9, 34);
    }
    switch (map.at(place)) {
      case 'S' -> canvas.oval(50, 62, 34, 22, 0xD9C79B).oval(50, 61, 27, 16, 0xE7D9B5);
      case 'G' -> flag(canvas, Ink.CORAL);
      default -> {}
    }
  }

  @Override
  public void agent(Canvas canvas, int place) {
    canvas.shadow(50, 92, 18, 5);
    canvas.line(36, 56, 44, 76, 2.5, Ink.NAVY).line(64, 56, 56, 76, 2.5, Ink.NAVY);
    canvas.box(40, 74, 20, 15, 4, Ink.WOOD);
    canvas.disc(50, 36, 29, Ink.CORAL);
    canvas.oval(50, 36, 15, 29, Ink.GOLD);
    canvas.oval(50, 36, 5, 29, Ink.CORAL);
  }
}
