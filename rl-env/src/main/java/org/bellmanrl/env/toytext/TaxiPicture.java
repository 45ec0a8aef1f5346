package org.bellmanrl.env.toytext;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * Five by five crossings, four coloured stands, a taxi, its passenger and where they want to go.
 */
final class TaxiPicture {
  private static final int[] COLOURS = {Ink.CORAL, Ink.GREEN, Ink.GOLD, Ink.BLUE};
  private static final int[] DARK = {Ink.BRICK, Ink.MOSS, Ink.AMBER, 0x3468B4};
  private static final double TILE = 100;
  private static final double MARGIN = 24;
  private static final double SIDE = Taxi.SIZE * TILE + 2 * MARGIN;

  private TaxiPicture() {}

  static PictureView of(IntSupplier state) {
    return new Drawing(1, canvas -> paint(canvas, state.getAsInt()));
  }

  private static void paint(Canvas canvas, int state) {
    canvas.flood(0x8CC98F);
    double scale = Canvas.HEIGHT / SIDE;
    canvas.at(MARGIN * scale, MARGIN * scale, 0, scale, all -> city(all, state));
  }

  private static void city(Canvas canvas, int state) {
    canvas.box(-8, -8, Taxi.SIZE * TILE + 16, Taxi.SIZE * TILE + 16, 18, Ink.SLATE);
    canvas.box(0, 0, Taxi.SIZE * TILE, Taxi.SIZE * TILE, 12, 0x4A5A74);
    for (int i = 1; i < Taxi.SIZE; i++) {
      for (int k = 0; k < 2 * Taxi.SIZE; k++) {
        double from = k * TILE / 2 + 16;
        canvas.line(from, i * TILE, from + 18, i * TILE, 3, 0x71829D);
        canvas.line(i * TILE, from, i * TILE, from + 18, 3, 0x71829D);
      }
    }
    for (int stand = 0; stand < Taxi.STANDS; stand++) {
      at(canvas, Taxi.standPlace(stand), TaxiPicture::pad, COLOURS[stand], DARK[stand]);
    }
    for (int row = 0; row < Taxi.SIZE; row++) {
      for (int column = 0; column < Taxi.SIZE - 1; column++) {
        if (!Taxi.openEast(row, column)) {
          hedge(canvas, (column + 1) * TILE, row * TILE);
        }
      }
    }
    int destination = Taxi.destination(state);
    at(
        canvas,
        Taxi.standPlace(destination),
        TaxiPicture::pin,
        COLOURS[destination],
        DARK[destination]);
    int passenger = Taxi.passenger(state);
    boolean carried = passenger == Taxi.IN_TAXI;
    at(canvas, Taxi.place(state), TaxiPicture::taxi, carried ? 1 : 0, COLOURS[destination]);
    if (!carried) {
      at(canvas, Taxi.standPlace(passenger), TaxiPicture::person, Ink.VIOLET, 0x6E4B3A);
    }
  }

  /** Something to paint in a place's square, in two colours or as they say. */
  private interface Thing {
    void paint(Canvas canvas, int first, int second);
  }

  private static void at(Canvas canvas, int place, Thing thing, int first, int second) {
    int row = place / Taxi.SIZE;
    int column = place % Taxi.SIZE;
    canvas.at(column * TILE, row * TILE, 0, 1, square -> thing.paint(square, first, second));
  }

  private static void pad(Canvas canvas, int colour, int dark) {
    canvas.box(8, 8, 84, 84, 16, dark);
    canvas.box(13, 13, 74, 74, 12, colour);
  }

  private static void hedge(Canvas canvas, double x, double top) {
    canvas.veil(x - 5, top + 2, 16, 98, 7);
    canvas.box(x - 8, top - 2, 16, 102, 7, Ink.MOSS);
    for (int i = 0; i < 5; i++) {
      canvas.disc(x + (i % 2 == 0 ? -2 : 2), top + 9 + i * 20, 5.5, Ink.GREEN);
    }
  }

  private static void pin(Canvas canvas, int colour, int dark) {
    canvas.shadow(76, 40, 9, 3);
    canvas.polygon(Ink.WHITE, 60, 18, 92, 18, 76, 41);
    canvas.disc(76, 15, 17, Ink.WHITE);
    canvas.disc(76, 15, 10, dark);
    canvas.disc(76, 15, 4.5, colour);
  }

  private static void person(Canvas canvas, int coat, int hair) {
    canvas.shadow(31, 88, 16, 4);
    canvas.line(27, 86, 27, 74, 6, Ink.NAVY).line(35, 86, 35, 74, 6, Ink.NAVY);
    canvas.box(19, 50, 24, 30, 10, coat);
    canvas.disc(31, 40, 12, 0xF3CBA5);
    canvas.sector(31, 38, 12.5, Math.PI, Math.PI, hair, 255);
  }

  private static void taxi(Canvas canvas, int carried, int wish) {
    canvas.shadow(50, 82, 42, 6);
    canvas.box(38, 22, 24, 13, 4, carried == 1 ? wish : Ink.WHITE);
    canvas.polygon(Ink.AMBER, 20, 54, 32, 32, 68, 32, 82, 54);
    canvas.polygon(0xE7F1FB, 27, 53, 36, 37, 49, 37, 49, 53);
    canvas.polygon(0xE7F1FB, 53, 53, 53, 37, 65, 37, 74, 53);
    if (carried == 1) {
      canvas.disc(61, 45, 6.5, 0xF3CBA5);
      canvas.sector(61, 44, 6.8, Math.PI, Math.PI, 0x6E4B3A, 255);
      canvas.box(54.5, 50, 13, 6, 3, Ink.VIOLET);
    }
    canvas.box(6, 52, 88, 24, 10, Ink.GOLD);
    for (int i = 0; i < 8; i++) {
      canvas.box(14 + 9.0 * i, i % 2 == 0 ? 60 : 64, 9, 4, 0, Ink.NIGHT);
    }
    canvas.box(87, 55, 7, 8, 3, 0xFFF0C2).box(6, 55, 5, 8, 2, Ink.BRICK);
    for (int x = 27; x <= 73; x += 46) {
      canvas.disc(x, 76, 10.5, Ink.NIGHT).disc(x, 76, 4.5, Ink.MIST);
    }
  }
}
