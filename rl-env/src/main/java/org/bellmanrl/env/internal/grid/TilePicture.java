package org.bellmanrl.env.internal.grid;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;

/** A map of tiles, each painted in a square that is {@link #TILE} wide, and the agent on it. */
public abstract class TilePicture {
  public static final double TILE = 100;

  private final TextMap map;
  private final int colour;

  /**
   * A picture of a map.
   *
   * @param map the map
   * @param colour what is around it
   */
  public TilePicture(TextMap map, int colour) {
    this.map = map;
    this.colour = colour;
  }

  /** Paints what lies on the ground at a place. */
  public abstract void tile(Canvas canvas, int place);

  /** Paints who is there. */
  public abstract void agent(Canvas canvas, int place);

  /** The map with the agent at its present place. */
  public final PictureView of(IntSupplier place) {
    return new Drawing(
        (double) map.width() / map.height(), canvas -> paint(canvas, place.getAsInt()));
  }

  private void paint(Canvas canvas, int place) {
    canvas.flood(colour);
    double scale = Canvas.HEIGHT / (TILE * map.height());
    canvas.at(
        0,
        0,
        0,
        scale,
        all -> {
          for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
              int at = map.place(row, column);
              all.at(column * TILE, row * TILE, 0, 1, square -> tile(square, at));
            }
          }
          int row = place / map.width();
          int column = place % map.width();
          all.at(column * TILE, row * TILE, 0, 1, square -> agent(square, place));
        });
  }

  /** A flag on a pole. */
  public static void flag(Canvas canvas, int cloth) {
    canvas.shadow(54, 86, 20, 5);
    canvas.line(46, 85, 46, 18, 6, 0x2B3A55);
    canvas.polygon(cloth, 46, 16, 86, 31, 46, 47);
  }
}
