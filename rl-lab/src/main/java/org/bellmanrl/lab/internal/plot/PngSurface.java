package org.bellmanrl.lab.internal.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bellmanrl.results.document.AtomicFiles;

/** Draws a PNG with two pixels per unit, in the colours of light pages. */
final class PngSurface implements Surface.Drawing {
  private static final int SCALE = 2;

  private final Path file;
  private final BufferedImage image;
  private final Graphics2D graphics;

  PngSurface(Path file, double width, double height) {
    this.file = file;
    this.image =
        new BufferedImage(
            (int) Math.ceil(width * SCALE),
            (int) Math.ceil(height * SCALE),
            BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    rectangle(0, 0, width, height, Ink.GROUND);
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    graphics.setColor(new Color(ink.light()));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
    graphics.setColor(new Color(ink.light()));
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    Path2D path = path(xs, ys);
    path.closePath();
    graphics.fill(path);
    graphics.setComposite(AlphaComposite.SrcOver);
  }

  @Override
  public void line(double[] xs, double[] ys, Ink ink, double width, boolean dashed) {
    graphics.setColor(new Color(ink.light()));
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? new float[] {4, 3} : null,
            0));
    graphics.draw(path(xs, ys));
  }

  private static Path2D path(double[] xs, double[] ys) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < xs.length; i++) {
      if (i == 0) {
        path.moveTo(xs[i], ys[i]);
      } else {
        path.lineTo(xs[i], ys[i]);
      }
    }
    return path;
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    double before =
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> 0.5;
          case END -> 1;
        };
    words(AffineTransform.getTranslateInstance(x, y), text, size, before, ink);
  }

  @Override
  public void upwards(double x, double y, String text, double size, Ink ink) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(-Math.PI / 2);
    words(place, text, size, 0.5, ink);
  }

  /** Letters as shapes: hinting for the screen would make them uneven at this scale. */
  private void words(AffineTransform place, String text, double size, double before, Ink ink) {
    if (text.isEmpty()) {
      return;
    }
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
    FontRenderContext context = new FontRenderContext(null, true, true);
    double width = font.getStringBounds(text, context).getWidth();
    Shape letters =
        font.createGlyphVector(context, text)
            .getOutline((float) (-before * width), (float) (size * 0.35));
    graphics.setColor(new Color(ink.light()));
    graphics.fill(place.createTransformedShape(letters));
  }

  @Override
  public void write() throws IOException {
    graphics.dispose();
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("this JVM can't write PNG");
    }
    AtomicFiles.write(file, png.toByteArray());
  }
}
