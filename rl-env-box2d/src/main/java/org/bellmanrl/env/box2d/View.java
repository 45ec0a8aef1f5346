package org.bellmanrl.env.box2d;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;

/** Hands out the scene, and draws it with colours or characters. */
final class View implements PictureView, SceneView, TextView {
  private static final int COLUMNS = 78;
  private static final int LINES = 26;

  private final Supplier<Scene> scene;

  View(Supplier<Scene> scene) {
    this.scene = scene;
  }

  @Override
  public Scene scene() {
    return scene.get();
  }

  @Override
  public double stepsPerSecond() {
    return 50;
  }

  @Override
  public double aspect() {
    return ScenePicture.ASPECT;
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    ScenePicture.draw(scene.get(), argb, width, height);
  }

  @Override
  public String text(boolean colour) {
    Scene now = scene.get();
    char[][] canvas = new char[LINES][COLUMNS];
    for (char[] line : canvas) {
      Arrays.fill(line, ' ');
    }
    for (Scene.Part part : now.parts()) {
      draw(now, part, canvas);
    }
    StringBuilder text = new StringBuilder();
    for (char[] line : canvas) {
      append(text, line, colour);
    }
    return text.toString();
  }

  private static void draw(Scene scene, Scene.Part part, char[][] canvas) {
    double width = (scene.right() - scene.left()) / COLUMNS;
    double height = (scene.top() - scene.bottom()) / LINES;
    char mark = mark(part.kind());
    List<Scene.Point> points = part.points();
    if (points.size() > 2) {
      fill(scene, points, mark, canvas);
    }
    // Edges too, or what is thinner than a character would be lost.
    boolean solid = part.kind() == Scene.Kind.GROUND || part.kind() == Scene.Kind.OBSTACLE;
    for (int i = 0; i < points.size() && !solid; i++) {
      Scene.Point from = points.get(i);
      Scene.Point to = points.get((i + 1) % points.size());
      int dots = 1 + (int) (2 * StrictMath.hypot(to.x() - from.x(), to.y() - from.y()) / width);
      for (int dot = 0; dot <= dots; dot++) {
        double share = (double) dot / dots;
        double x = from.x() + share * (to.x() - from.x());
        double y = from.y() + share * (to.y() - from.y());
        int column = (int) Math.floor((x - scene.left()) / width);
        int line = (int) Math.floor((scene.top() - y) / height);
        if (column >= 0 && column < COLUMNS && line >= 0 && line < LINES) {
          canvas[line][column] = mark;
        }
      }
    }
  }

  /** Marks the characters whose middle lies in the polygon, looking only at those around it. */
  private static void fill(Scene scene, List<Scene.Point> polygon, char mark, char[][] canvas) {
    double width = (scene.right() - scene.left()) / COLUMNS;
    double height = (scene.top() - scene.bottom()) / LINES;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    for (Scene.Point point : polygon) {
      left = Math.min(left, point.x());
      right = Math.max(right, point.x());
      bottom = Math.min(bottom, point.y());
      top = Math.max(top, point.y());
    }
    int firstLine = Math.max(0, (int) Math.floor((scene.top() - top) / height));
    int lastLine = Math.min(LINES - 1, (int) Math.floor((scene.top() - bottom) / height));
    int firstColumn = Math.max(0, (int) Math.floor((left - scene.left()) / width));
    int lastColumn = Math.min(COLUMNS - 1, (int) Math.floor((right - scene.left()) / width));
    for (int line = firstLine; line <= lastLine; line++) {
      double y = scene.top() - (line + 0.5) * height;
      for (int column = firstColumn; column <= lastColumn; column++) {
        if (inside(polygon, scene.left() + (column + 0.5) * width, y)) {
          canvas[line][column] = mark;
        }
      }
    }
  }

  /** Whether a ray from the point to the right crosses the outline an odd number of times. */
  private static boolean inside(List<Scene.Point> polygon, double x, double y) {
    boolean odd = false;
    for (int i = 0; i < polygon.size(); i++) {
      Scene.Point a = polygon.get(i);
      Scene.Point b = polygon.get((i + 1) % polygon.size());
      if (a.y() > y != b.y() > y && x < a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) {
        odd = !odd;
      }
    }
    return odd;
  }

  private static char mark(Scene.Kind kind) {
    return switch (kind) {
      case GROUND -> '#';
      case OBSTACLE -> '%';
      case PAD -> '=';
      case FLAG -> '|';
      case FLAME -> '*';
      case LANDER, HULL -> '@';
      case LEG -> 'l';
      case SHIN -> 'i';
      case RAY -> '.';
    };
  }

  /** Colours of the 256 that terminals have. */
  private static int colour(char mark) {
    return switch (mark) {
      case '#' -> 244;
      case '%' -> 250;
      case '=', '|' -> 220;
      case '*' -> 208;
      case '@' -> 75;
      case 'l', 'i' -> 110;
      default -> 160;
    };
  }

  private static void append(StringBuilder text, char[] line, boolean colour) {
    char last = ' ';
    for (char mark : line) {
      if (colour && mark != last) {
        text.append(mark == ' ' ? "\u001b[0m" : "\u001b[38;5;" + colour(mark) + "m");
      }
      text.append(mark);
      last = mark;
    }
    if (colour && last != ' ') {
      text.append("\u001b[0m");
    }
    text.append('\n');
  }
}
