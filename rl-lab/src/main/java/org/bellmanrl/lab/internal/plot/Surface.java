package org.bellmanrl.lab.internal.plot;

import java.io.IOException;
import java.nio.file.Path;
import org.bellmanrl.results.document.UserError;

/**
 * Something to draw on: an area in units of which an SVG has one per pixel and a PNG two pixels per
 * unit. x goes to the right, y down. Not thread-safe.
 */
public interface Surface {

  /** Where a text stands about its point. */
  enum Anchor {
    /** The point is at its left end. */
    START,
    /** The point is at its middle. */
    MIDDLE,
    /** The point is at its right end. */
    END
  }

  /** Fills a rectangle. */
  void rectangle(double x, double y, double width, double height, Ink ink);

  /** Fills an area. */
  void polygon(double[] xs, double[] ys, Ink ink, double opacity);

  /**
   * Draws a line through points.
   *
   * @param dashed whether with gaps
   */
  void line(double[] xs, double[] ys, Ink ink, double width, boolean dashed);

  /**
   * Writes a text whose middle height is at y.
   *
   * @param size height of the letters
   */
  void text(double x, double y, String text, double size, Anchor anchor, Ink ink);

  /** Writes a text that goes upwards, its middle at a point. */
  void upwards(double x, double y, String text, double size, Ink ink);

  /**
   * A surface for a file, by the ending of its name.
   *
   * @param file ends in {@code .svg} or {@code .png}
   * @param title what it shows, as alternative text; a PNG has no place for it
   * @throws UserError if it has another ending
   */
  static Drawing open(Path file, String title, double width, double height) {
    String name = file.toString();
    if (name.endsWith(".svg")) {
      return new SvgSurface(file, title, width, height);
    }
    if (name.endsWith(".png")) {
      return new PngSurface(file, width, height);
    }
    throw new UserError("pictures are .svg or .png files, was '" + name + "'");
  }

  /** A surface that becomes a file. */
  interface Drawing extends Surface {
    /** Writes the file, and the folders that it lies in. */
    void write() throws IOException;
  }
}
