package org.bellmanrl.env.box2d;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paints a scene: the moon by night, the meadow by day. Needs neither a screen nor a font. */
final class ScenePicture {
  /** Width of the view as a multiple of its height. */
  static final double ASPECT = WorldFactory.WIDTH / WorldFactory.HEIGHT;

  private static final int[] ARGB = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
  private static final int STARS = 70;

  private static final Color FLAG = new Color(0xF2B134);
  private static final Color POLE = new Color(0xE8EAF0);
  private static final Color HULL = new Color(0x4F5BD5);
  private static final Color LEG = new Color(0x7C86E8);
  private static final Color SHIN = new Color(0xA9B0F5);
  private static final Color RAY = new Color(224, 80, 96, 80);
  private static final Color OUTLINE = new Color(0x1D2840);
  private static final Color CRAFT = new Color(0xE3E7F2);
  private static final Color CRAFT_LEG = new Color(0x9AA5BF);

  private final Graphics2D graphics;
  private final Scene scene;
  private final boolean night;

  private ScenePicture(Graphics2D graphics, Scene scene) {
    this.graphics = graphics;
    this.scene = scene;
    this.night = scene.parts().stream().anyMatch(part -> part.kind() == Scene.Kind.LANDER);
  }

  /** Paints over an array of pixels, with the whole view in the middle. */
  static void draw(Scene scene, int[] argb, int width, int height) {
    if (width < 1 || height < 1 || argb.length < (long) width * height) {
      throw new IllegalArgumentException(
          "a picture must be at least 1 x 1 and its array as long as it has pixels, was %d x %d in %d"
              .formatted(width, height, argb.length));
    }
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
      double scale =
          Math.min(width / (scene.right() - scene.left()), height / (scene.top() - scene.bottom()));
      graphics.translate(width / 2.0, height / 2.0);
      graphics.scale(scale, -scale);
      graphics.translate(-(scene.left() + scene.right()) / 2, -(scene.bottom() + scene.top()) / 2);
      // A metre too much, so that no pixel at the edge is covered in part.
      double halfWidth = width / scale / 2 + 1;
      double halfHeight = height / scale / 2 + 1;
      new ScenePicture(graphics, scene).paint(halfWidth, halfHeight);
    } finally {
      graphics.dispose();
    }
  }

  private void paint(double halfWidth, double halfHeight) {
    sky(halfWidth, halfHeight);
    for (Scene.Part part : scene.parts()) {
      List<Scene.Point> points = part.points();
      switch (part.kind()) {
        case GROUND -> fill(points, ground(), null);
        case OBSTACLE -> fill(points, new Color(0x8C7B6B), OUTLINE);
        case PAD -> line(points, FLAG, 0.12);
        case FLAG -> flag(points);
        case FLAME -> flame(points);
        case LANDER -> craft(points);
        case LEG -> fill(points, night ? CRAFT_LEG : LEG, OUTLINE);
        case SHIN -> fill(points, SHIN, OUTLINE);
        case HULL -> hull(points);
        case RAY -> line(points, RAY, 0.04);
      }
    }
  }

  private void sky(double halfWidth, double halfHeight) {
    double x = (scene.left() + scene.right()) / 2;
    double y = (scene.bottom() + scene.top()) / 2;
    Color high = new Color(night ? 0x0B1026 : 0x9CCBEF);
    Color low = new Color(night ? 0x2C3564 : 0xEAF4FB);
    graphics.setPaint(vertical(scene.top(), high, scene.bottom(), low));
    graphics.fill(
        new Rectangle2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight));
    if (!night) {
      return;
    }
    graphics.setPaint(new Color(255, 255, 255, 170));
    for (int i = 0; i < STARS; i++) {
      // Multiples of two irrational numbers lie scattered and never in rows.
      double across = i * 0.754877666 % 1;
      double up = i * 0.569840291 % 1;
      double size = 0.03 + 0.04 * (i * 0.318 % 1);
      dot(
          scene.left() + across * (scene.right() - scene.left()),
          scene.bottom() + up * (scene.top() - scene.bottom()),
          size);
    }
  }

  private Paint ground() {
    return night
        ? vertical(6, new Color(0xA7AEC0), 0, new Color(0x565E78))
        : vertical(4.5, new Color(0x7DBB5C), 0, new Color(0x3E7A45));
  }

  private static Paint vertical(double fromY, Color from, double toY, Color to) {
    return new GradientPaint(0, (float) fromY, from, 0, (float) toY, to);
  }

  private void flag(List<Scene.Point> pole) {
    line(pole, night ? POLE : OUTLINE, 0.06);
    Scene.Point top = pole.get(1);
    Path2D cloth = new Path2D.Double();
    cloth.moveTo(top.x(), top.y());
    cloth.lineTo(top.x() + 0.8, top.y() - 0.25);
    cloth.lineTo(top.x(), top.y() - 0.5);
    cloth.closePath();
    graphics.setPaint(night ? FLAG : new Color(0xE0533D));
    graphics.fill(cloth);
  }

  private void flame(List<Scene.Point> ends) {
    tongue(ends, 0.24, 1, new Color(242, 120, 40, 220));
    tongue(ends, 0.13, 0.7, new Color(255, 225, 130, 240));
  }

  private void tongue(List<Scene.Point> ends, double halfWidth, double share, Color colour) {
    Scene.Point nozzle = ends.get(0);
    double alongX = share * (ends.get(1).x() - nozzle.x());
    double alongY = share * (ends.get(1).y() - nozzle.y());
    double length = StrictMath.hypot(alongX, alongY);
    double acrossX = -alongY / length * halfWidth;
    double acrossY = alongX / length * halfWidth;
    Path2D path = new Path2D.Double();
    path.moveTo(nozzle.x() + acrossX, nozzle.y() + acrossY);
    path.lineTo(nozzle.x() + alongX, nozzle.y() + alongY);
    path.lineTo(nozzle.x() - acrossX, nozzle.y() - acrossY);
    path.closePath();
    graphics.setPaint(colour);
    graphics.fill(path);
  }

  /** The craft with a window between its middle and its top. */
  private void craft(List<Scene.Point> points) {
    fill(points, CRAFT, OUTLINE);
    double x = 0;
    double y = 0;
    // All but the two vertices at the bottom.
    for (int i : new int[] {0, 1, 4, 5}) {
      x += points.get(i).x() / 4;
      y += points.get(i).y() / 4;
    }
    graphics.setPaint(OUTLINE);
    dot(x, y, 0.2);
    graphics.setPaint(new Color(0x6EC6E8));
    dot(x, y, 0.15);
  }

  /** The hull with an eye towards its nose. */
  private void hull(List<Scene.Point> points) {
    fill(points, HULL, OUTLINE);
    Scene.Point brow = points.get(1);
    Scene.Point chin = points.get(3);
    double x = brow.x() + 0.35 * (chin.x() - brow.x());
    double y = brow.y() + 0.45 * (chin.y() - brow.y());
    graphics.setPaint(Color.WHITE);
    dot(x, y, 0.13);
    graphics.setPaint(OUTLINE);
    dot(x + 0.03, y, 0.065);
  }

  private void dot(double x, double y, double radius) {
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private void fill(List<Scene.Point> points, Paint paint, @Nullable Color outline) {
    Path2D path = path(points);
    path.closePath();
    graphics.setPaint(paint);
    graphics.fill(path);
    if (outline != null) {
      stroke(path, outline, 0.05);
    }
  }

  private void line(List<Scene.Point> points, Color colour, double thickness) {
    stroke(path(points), colour, thickness);
  }

  private void stroke(Path2D path, Color colour, double thickness) {
    graphics.setPaint(colour);
    graphics.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }

  private static Path2D path(List<Scene.Point> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.getFirst().x(), points.getFirst().y());
    for (Scene.Point point : points.subList(1, points.size())) {
      path.lineTo(point.x(), point.y());
    }
    return path;
  }
}
