package org.bellmanrl.lab.internal.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.lab.internal.plot.Ink;
import org.bellmanrl.lab.internal.plot.Surface;
import org.bellmanrl.results.document.Numbers;

/**
 * Draws learned values and actions of a grid as a picture: each state's value with the best action,
 * and beside it, where every action goes one of the four ways, the value of each.
 */
public final class GridPicture {
  private static final double GAP = 24;
  private static final double HEAD = 26;
  private static final double BAR = 22;
  private static final double LINE = 17;
  private static final double LETTERS = 12;

  /** Of a letter of that size, on average; rather too much. */
  private static final double LETTER_WIDTH = 6.4;

  private static final double MOST_WIDTH = 620;
  private static final double LARGEST_CELL = 72;
  private static final double SMALLEST_CELL = 16;

  /** Below that a cell has no room for numbers. */
  private static final double ROOM_FOR_VALUE = 34;

  private static final double ROOM_FOR_ACTIONS = 60;

  private static final Ink GOAL = new Ink(0xbd8100, 0xe8a317);
  private static final Ink TRAP = new Ink(0x30363d, 0x6a7076);
  private static final Ink HAZARD = new Ink(0xa33b2e, 0xc2503f);
  private static final Ink WALL = new Ink(0x8a9793, 0x74857f);
  private static final Ink LIGHT = Ink.same(0xffffff);
  private static final Ink DARK = Ink.same(0x000000);

  private final GridView grid;
  private final StateTable table;
  private final double cell;
  private final boolean actions;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /** A picture of a table on a grid. */
  public GridPicture(GridView grid, StateTable table) {
    this.grid = grid;
    this.table = table;
    this.cell =
        Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(MOST_WIDTH / grid.width())));
    this.actions = cell >= ROOM_FOR_ACTIONS - 10 && goesFourWays();
  }

  private boolean goesFourWays() {
    StringBuilder ways = new StringBuilder();
    for (int action = 0; action < table.width(); action++) {
      ways.append(grid.glyph(action));
    }
    return ways.length() == 4 && ways.chars().sorted().boxed().toList().equals(fourWays());
  }

  private static List<Integer> fourWays() {
    return "←↑→↓".chars().sorted().boxed().toList();
  }

  /**
   * Writes the picture.
   *
   * @param layers which layers, one below the other
   * @param file ends in {@code .svg} or {@code .png}
   */
  public void write(List<Integer> layers, Path file) throws IOException {
    double panel = cell * grid.width();
    double width = GAP + (actions ? 2 : 1) * (panel + GAP);
    double head = HEAD;
    for (int layer : layers) {
      head = Math.max(head, HEAD + LINE * words(layer, width).size());
    }
    double height = head + cell * grid.height() + BAR + GAP;
    Surface.Drawing drawing =
        Surface.open(
            file,
            actions ? "values of states and of actions" : "values of states",
            width,
            layers.size() * height + GAP / 2);
    for (int i = 0; i < layers.size(); i++) {
      int layer = layers.get(i);
      double top = i * height + head;
      List<String> words = words(layer, width);
      for (int line = 0; line < words.size(); line++) {
        double y = i * height + LINE * (line + 1);
        drawing.text(GAP, y, words.get(line), LETTERS, Surface.Anchor.START, Ink.TEXT);
      }
      findRange(layers, false);
      title(drawing, GAP, top, table.width() > 1 ? "V and policy" : "V");
      states(drawing, layer, GAP, top);
      walls(drawing, layer, GAP, top);
      bar(drawing, GAP, top + cell * grid.height(), panel);
      if (actions) {
        double left = 2 * GAP + panel;
        findRange(layers, true);
        title(drawing, left, top, "Q");
        fourActions(drawing, layer, left, top);
        walls(drawing, layer, left, top);
        bar(drawing, left, top + cell * grid.height(), panel);
      }
    }
    drawing.write();
  }

  /** What a layer shows, in lines that fit. */
  private List<String> words(int layer, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : grid.layer(layer).replace(" -", " −").split(" ", -1)) {
      if (!line.isEmpty() && (line.length() + word.length()) * LETTER_WIDTH > width - 2 * GAP) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static void title(Surface surface, double x, double top, String text) {
    surface.text(x, top - HEAD / 2, text, 13, Surface.Anchor.START, Ink.TEXT);
  }

  /** Says which colours stand for which values; nothing where all are the same. */
  private void bar(Surface surface, double left, double top, double panel) {
    if (!(high > low)) {
      return;
    }
    double width = Math.min(160, panel * 0.5);
    double x = left + (panel - width) / 2;
    double y = top + 8;
    int pieces = 40;
    for (int i = 0; i < pieces; i++) {
      Ink ink = Ink.same(Ramp.at((i + 0.5) / pieces));
      surface.rectangle(x + i * width / pieces, y, width / pieces + 0.3, 10, ink);
    }
    surface.text(x - 6, y + 5, text(low), 11, Surface.Anchor.END, Ink.TEXT);
    surface.text(x + width + 6, y + 5, text(high), 11, Surface.Anchor.START, Ink.TEXT);
  }

  /** Values of states have a separate scale: those of poor actions don't dim them. */
  private void findRange(List<Integer> layers, boolean ofActions) {
    low = Double.POSITIVE_INFINITY;
    high = Double.NEGATIVE_INFINITY;
    for (int layer : layers) {
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          if (plays(layer, row, column)) {
            int state = grid.state(layer, row, column);
            for (int a = 0; a < (ofActions ? table.width() : 1); a++) {
              double value = ofActions ? table.value(state, a) : table.value(state);
              if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
              }
            }
          }
        }
      }
    }
  }

  /** Whether there is a state in which something is done. */
  private boolean plays(int layer, int row, int column) {
    return grid.state(layer, row, column) >= 0 && !grid.terminal(layer, row, column);
  }

  private void states(Surface surface, int layer, double left, double top) {
    for (int row = 0; row < grid.height(); row++) {
      for (int column = 0; column < grid.width(); column++) {
        double x = left + column * cell;
        double y = top + row * cell;
        if (plays(layer, row, column)) {
          int state = grid.state(layer, row, column);
          double value = table.value(state);
          Ink ground = shade(value);
          square(surface, x, y, ground);
          boolean number = cell >= ROOM_FOR_VALUE;
          mark(surface, x, number ? y - cell * 0.14 : y, state, on(value));
          if (number) {
            surface.text(
                x + cell / 2,
                y + cell * 0.78,
                text(value),
                Math.min(12, cell * 0.24),
                Surface.Anchor.MIDDLE,
                on(value));
          }
        } else {
          other(surface, layer, row, column, x, y);
        }
      }
    }
  }

  private void fourActions(Surface surface, int layer, double left, double top) {
    for (int row = 0; row < grid.height(); row++) {
      for (int column = 0; column < grid.width(); column++) {
        double x = left + column * cell;
        double y = top + row * cell;
        if (plays(layer, row, column)) {
          for (int action = 0; action < table.width(); action++) {
            double value = table.value(grid.state(layer, row, column), action);
            triangle(surface, x, y, grid.glyph(action), value);
          }
        } else {
          other(surface, layer, row, column, x, y);
        }
      }
    }
  }

  private void square(Surface surface, double x, double y, Ink ink) {
    surface.rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, ink);
  }

  /**
   * A place where nothing is done: a goal is a diamond, a trap a disc, a cliff a square with a
   * stroke through it, each with its letter; a wall is plain.
   */
  private void other(Surface surface, int layer, int row, int column, double x, double y) {
    double middleX = x + cell / 2;
    double middleY = y + cell / 2;
    double r = cell / 2 - 0.5;
    Ink ink = LIGHT;
    switch (grid.cell(layer, row, column)) {
      case GOAL -> {
        surface.polygon(
            new double[] {middleX, middleX + r, middleX, middleX - r},
            new double[] {middleY - r, middleY, middleY + r, middleY},
            GOAL,
            1);
        ink = DARK;
      }
      case TRAP -> disc(surface, middleX, middleY, r, TRAP);
      case HAZARD -> {
        square(surface, x, y, HAZARD);
        surface.line(
            new double[] {x + 3, x + cell - 3}, new double[] {y + cell - 3, y + 3}, LIGHT, 1, true);
      }
      case WALL, OPEN -> {
        square(surface, x, y, WALL);
        return;
      }
    }
    String letter = String.valueOf(grid.tile(layer, row, column)).strip();
    if (!letter.isEmpty()) {
      surface.text(middleX, middleY, letter, cell * 0.35, Surface.Anchor.MIDDLE, ink);
    }
  }

  private static void disc(Surface surface, double x, double y, double r, Ink ink) {
    int corners = 24;
    double[] xs = new double[corners];
    double[] ys = new double[corners];
    for (int i = 0; i < corners; i++) {
      xs[i] = x + r * Math.cos(2 * Math.PI * i / corners);
      ys[i] = y + r * Math.sin(2 * Math.PI * i / corners);
    }
    surface.polygon(xs, ys, ink, 1);
  }

  /** The walls between places, over everything else. */
  private void walls(Surface surface, int layer, double left, double top) {
    for (int row = 0; row < grid.height(); row++) {
      for (int column = 0; column < grid.width(); column++) {
        if (grid.wallToTheRight(layer, row, column)) {
          surface.rectangle(left + (column + 1) * cell - 2, top + row * cell, 4, cell, Ink.TEXT);
        }
      }
    }
  }

  /** The part of a cell that lies the way that an action goes. */
  private void triangle(Surface surface, double x, double y, char way, double value) {
    double dx = way == '→' ? 1 : way == '←' ? -1 : 0;
    double dy = way == '↓' ? 1 : way == '↑' ? -1 : 0;
    double half = cell / 2 - 0.5;
    double middleX = x + cell / 2;
    double middleY = y + cell / 2;
    surface.polygon(
        new double[] {middleX, middleX + half * (dx - dy), middleX + half * (dx + dy)},
        new double[] {middleY, middleY + half * (dy + dx), middleY + half * (dy - dx)},
        Double.isFinite(value) ? shade(value) : WALL,
        1);
    if (Double.isFinite(value)) {
      surface.text(
          middleX + dx * cell * 0.29,
          middleY + dy * cell * 0.36,
          text(value),
          Math.min(10, cell * 0.66 / text(value).length()),
          Surface.Anchor.MIDDLE,
          on(value));
    }
  }

  /** The best action: an arrow, the action's sign, or a dot where none is best. */
  private void mark(Surface surface, double x, double y, int state, Ink ink) {
    if (table.width() == 1) {
      return;
    }
    int action = table.action(state);
    char sign = action < 0 ? '·' : grid.glyph(action);
    double dx = sign == '→' ? 1 : sign == '←' ? -1 : 0;
    double dy = sign == '↓' ? 1 : sign == '↑' ? -1 : 0;
    double middleX = x + cell / 2;
    double middleY = y + cell / 2;
    if (dx == 0 && dy == 0) {
      surface.text(middleX, middleY, String.valueOf(sign), cell * 0.4, Surface.Anchor.MIDDLE, ink);
      return;
    }
    double r = cell * 0.2;
    double w = cell * 0.09;
    surface.polygon(
        new double[] {
          middleX + r * dx,
          middleX + w * dy * 1.6,
          middleX + w * dy * 0.5,
          middleX - r * dx + w * dy * 0.5,
          middleX - r * dx - w * dy * 0.5,
          middleX - w * dy * 0.5,
          middleX - w * dy * 1.6
        },
        new double[] {
          middleY + r * dy,
          middleY + w * dx * 1.6,
          middleY + w * dx * 0.5,
          middleY - r * dy + w * dx * 0.5,
          middleY - r * dy - w * dx * 0.5,
          middleY - w * dx * 0.5,
          middleY - w * dx * 1.6
        },
        ink,
        1);
  }

  private double part(double value) {
    return high > low ? (value - low) / (high - low) : 1;
  }

  private Ink shade(double value) {
    return Ink.same(Ramp.at(part(value)));
  }

  private Ink on(double value) {
    return Ramp.isBright(part(value)) ? DARK : LIGHT;
  }

  private String text(double value) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    return Numbers.fixed(value, size < 10 ? 2 : size < 1000 ? 1 : 0).replace('-', '−');
  }
}
