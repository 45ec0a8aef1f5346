package org.bellmanrl.env.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to see, in metres with y upwards, for someone who wants to draw it. A picture of
 * one moment; later steps don't change it.
 *
 * @param left x of the view's left edge
 * @param bottom y of its lower edge
 * @param right x of its right edge
 * @param top y of its upper edge
 * @param parts what is seen, from the back to the front; some of it may lie outside of the view
 */
public record Scene(double left, double bottom, double right, double top, List<Part> parts) {
  private static final double FLAG_HEIGHT = 50 / WorldFactory.SCALE;

  public Scene {
    parts = List.copyOf(parts);
  }

  /** What a part is. */
  public enum Kind {
    /** The ground: a polygon down to y = 0. */
    GROUND,
    /** A stump, a stair or a wall of a pit: a polygon. */
    OBSTACLE,
    /** Where to land: a line. */
    PAD,
    /** A flag's pole: a line from the ground up. */
    FLAG,
    /** What an engine throws out: a line from the nozzle, the longer the more power. */
    FLAME,
    /** The craft: a polygon. */
    LANDER,
    /** A leg of the craft, or an upper leg of the walker: a polygon. */
    LEG,
    /** A lower leg of the walker: a polygon. */
    SHIN,
    /** The walker's hull: a polygon. */
    HULL,
    /** A range finder's ray: a line from the hull to what it meets, or to its range. */
    RAY
  }

  /**
   * A place.
   *
   * @param x metres to the right
   * @param y metres upwards
   */
  public record Point(double x, double y) {}

  /**
   * A line or polygon.
   *
   * @param kind what it is
   * @param points two ends of a line, or the vertices of a polygon in turn
   */
  public record Part(Kind kind, List<Point> points) {
    public Part {
      points = List.copyOf(points);
    }

    static Part line(Kind kind, double x1, double y1, double x2, double y2) {
      return new Part(kind, List.of(new Point(x1, y1), new Point(x2, y2)));
    }

    static Part flag(double x, double y) {
      return line(Kind.FLAG, x, y, x, y + FLAG_HEIGHT);
    }

    static Part polygon(Kind kind, double[] xAndY) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < xAndY.length; i += 2) {
        points.add(new Point(xAndY[i], xAndY[i + 1]));
      }
      return new Part(kind, points);
    }

    /** Points that move with a body, given in its own frame as x and y in turn. */
    static Part attached(Kind kind, Body body, double... xAndY) {
      Vector2 origin = body.getPosition();
      double cos = StrictMath.cos(body.getAngle());
      double sin = StrictMath.sin(body.getAngle());
      double[] moved = new double[xAndY.length];
      for (int i = 0; i < xAndY.length; i += 2) {
        moved[i] = origin.x + cos * xAndY[i] - sin * xAndY[i + 1];
        moved[i + 1] = origin.y + sin * xAndY[i] + cos * xAndY[i + 1];
      }
      return polygon(kind, moved);
    }

    static Part box(Kind kind, Body body, double halfWidth, double halfHeight) {
      return attached(
          kind,
          body,
          -halfWidth,
          -halfHeight,
          halfWidth,
          -halfHeight,
          halfWidth,
          halfHeight,
          -halfWidth,
          halfHeight);
    }
  }
}
