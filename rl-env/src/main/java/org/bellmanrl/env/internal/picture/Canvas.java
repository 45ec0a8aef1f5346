package org.bellmanrl.env.internal.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.util.function.Consumer;

/**
 * A flat sheet to paint on: 100 units high, x to the right, y downwards, angles clockwise in
 * radians, colours as {@code 0xRRGGBB}. Needs neither a screen nor a font.
 */
public final class Canvas {
  /** Height of the sheet in units. */
  public static final double HEIGHT = 100;

  /** Beyond every edge, whatever the proportions. */
  private static final double FAR = 1e6;

  private static final int[] ARGB = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};

  private final Graphics2D graphics;

  private Canvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /**
   * Paints into an array of pixels.
   *
   * @param aspect the sheet's width as a multiple of its height; it is fitted into the middle
   */
  static void over(int[] argb, int width, int height, double aspect, Consumer<Canvas> painter) {
    BufferedImage image =
        new BufferedImage(
            ColorModel.getRGBdefault(),
            Raster.createPackedRaster(
                new DataBufferInt(argb, width * height), width, height, width, ARGB, null),
            false,
            null);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      double scale = Math.min(height, width / aspect) / HEIGHT;
      graphics.translate((width - scale * HEIGHT * aspect) / 2, (height - scale * HEIGHT) / 2);
      graphics.scale(scale, scale);
      painter.accept(new Canvas(graphics));
    } finally {
      graphics.dispose();
    }
  }

  /** Fills everything, beyond the sheet too. */
  public Canvas flood(int colour) {
    return fill(new Rectangle2D.Double(-FAR, -FAR, 2 * FAR, 2 * FAR), new Color(colour));
  }

  /** The same sheet, moved, turned about that place and enlarged. */
  public void at(double x, double y, double angle, double scale, Consumer<Canvas> painter) {
    Graphics2D moved = (Graphics2D) graphics.create();
    try {
      moved.translate(x, y);
      moved.rotate(angle);
      moved.scale(scale, scale);
      painter.accept(new Canvas(moved));
    } finally {
      moved.dispose();
    }
  }

  /** A disc about a centre. */
  public Canvas disc(double x, double y, double radius, int colour) {
    return oval(x, y, radius, radius, colour);
  }

  /** An ellipse about a centre. */
  public Canvas oval(double x, double y, double radiusX, double radiusY, int colour) {
    return fill(ellipse(x, y, radiusX, radiusY), new Color(colour));
  }

  /** A soft dark spot that something stands on or hides behind. */
  public Canvas shadow(double x, double y, double radiusX, double radiusY) {
    return fill(ellipse(x, y, radiusX, radiusY), new Color(29, 40, 64, 46));
  }

  /** A circle's line. */
  public Canvas ring(double x, double y, double radius, double thickness, int colour) {
    return stroke(ellipse(x, y, radius, radius), thickness, colour);
  }

  /** A rectangle by its top left corner, with corners rounded to a radius. */
  public Canvas box(double x, double y, double width, double height, double radius, int colour) {
    return fill(
        new RoundRectangle2D.Double(x, y, width, height, 2 * radius, 2 * radius),
        new Color(colour));
  }

  /** A dark veil in the shape of a box, as a shadow of one. */
  public Canvas veil(double x, double y, double width, double height, double radius) {
    return fill(
        new RoundRectangle2D.Double(x, y, width, height, 2 * radius, 2 * radius),
        new Color(29, 40, 64, 46));
  }

  /** A line with round ends. */
  public Canvas line(double x1, double y1, double x2, double y2, double thickness, int colour) {
    return lines(thickness, colour, x1, y1, x2, y2);
  }

  /** Joined lines with round ends through points, x and y in turns. */
  public Canvas lines(double thickness, int colour, double... points) {
    return stroke(path(points), thickness, colour);
  }

  /** A filled polygon through points, x and y in turns. */
  public Canvas polygon(int colour, double... points) {
    Path2D path = path(points);
    path.closePath();
    return fill(path, new Color(colour));
  }

  /** A sector of a disc, from an angle on (0 at the right) and clockwise so far. */
  public Canvas sector(
      double x, double y, double radius, double from, double extent, int colour, int alpha) {
    Shape sector =
        new Arc2D.Double(
            x - radius,
            y - radius,
            2 * radius,
            2 * radius,
            -Math.toDegrees(from),
            -Math.toDegrees(extent),
            Arc2D.PIE);
    return fill(sector, new Color(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, alpha));
  }

  /** An arc's line, from an angle on (0 at the right) and clockwise so far. */
  public Canvas arc(
      double x, double y, double radius, double from, double extent, double thickness, int colour) {
    Shape arc =
        new Arc2D.Double(
            x - radius,
            y - radius,
            2 * radius,
            2 * radius,
            -Math.toDegrees(from),
            -Math.toDegrees(extent),
            Arc2D.OPEN);
    return stroke(arc, thickness, colour);
  }

  /**
   * Digits and a few letters, as our own strokes.
   *
   * @param x middle of the text
   * @param y its top
   * @param height of the letters
   */
  public Canvas text(String text, double x, double y, double height, int colour) {
    double advance = Glyphs.ADVANCE * height;
    double left = x - (advance * text.length() - Glyphs.GAP * height) / 2;
    for (int i = 0; i < text.length(); i++) {
      for (double[] strokes : Glyphs.of(text.charAt(i))) {
        double[] placed = new double[strokes.length];
        for (int k = 0; k < strokes.length; k += 2) {
          placed[k] = left + i * advance + strokes[k] * height;
          placed[k + 1] = y + strokes[k + 1] * height;
        }
        lines(height * 0.14, colour, placed);
      }
    }
    return this;
  }

  private static Shape ellipse(double x, double y, double radiusX, double radiusY) {
    return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
  }

  private static Path2D path(double[] points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }

  private Canvas fill(Shape shape, Color colour) {
    graphics.setColor(colour);
    graphics.fill(shape);
    return this;
  }

  private Canvas stroke(Shape shape, double thickness, int colour) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
    return this;
  }
}
