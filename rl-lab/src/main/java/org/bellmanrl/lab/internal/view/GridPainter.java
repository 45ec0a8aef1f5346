package org.bellmanrl.lab.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.results.document.Numbers;

/**
 * Draws learned actions and values of a grid: the best action of each state, and beside it the
 * state's value.
 *
 * <p>With colours the background goes from dark to bright with the value; without them the drawing
 * says the same in characters alone.
 */
public final class GridPainter {
  /**
   * From low to high values: dark violet over blue and green to yellow, of the 256-colour palette.
   */
  private static final int[] RAMP = {
    53, 54, 60, 61, 67, 31, 37, 36, 35, 71, 77, 113, 149, 185, 221
  };

  private static final int FIRST_BRIGHT = 4;
  private static final String GOAL = "\u001b[1;38;5;16;48;5;214m";
  private static final String TRAP = "\u001b[1;38;5;255;48;5;237m";
  private static final String HAZARD = "\u001b[1;38;5;255;48;5;124m";
  private static final String WALL = "\u001b[38;5;246;48;5;240m";
  private static final int ACTION_CELL = 3;
  private static final int VALUE_GAP = 2;
  private static final String TOO_WIDE =
      " is too wide to show here; ./rl show RUN --out FILE draws it\n";
  private static final String RESET = "\u001b[0m";

  private final GridView grid;
  private final StateTable table;
  private final Style style;

  /**
   * How to draw.
   *
   * @param colour whether ANSI colours may be used
   * @param ascii whether only ASCII can be shown
   * @param width how many characters fit in a line
   */
  public record Style(boolean colour, boolean ascii, int width) {}

  /** Draws a table on a grid. */
  public GridPainter(GridView grid, StateTable table, Style style) {
    this.grid = grid;
    this.table = table;
    this.style = style;
  }

  /** The layers in which most has been learned, at most so many, in their own order. */
  public List<Integer> liveliest(int most) {
    List<Integer> layers = new ArrayList<>();
    for (int layer = 0; layer < grid.layers(); layer++) {
      layers.add(layer);
    }
    int[] learned = new int[grid.layers()];
    for (int layer : layers) {
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          int state = grid.state(layer, row, column);
          learned[layer] += state >= 0 && table.action(state) >= 0 ? 1 : 0;
        }
      }
    }
    return layers.stream()
        .sorted(Comparator.comparingInt((Integer layer) -> -learned[layer]))
        .limit(most)
        .sorted()
        .toList();
  }

  /** Lines that show some layers, each ended by a newline. */
  public String draw(List<Integer> layers) {
    Scale scale = scale(layers);
    int valueCell = valueCell(layers, scale) + VALUE_GAP;
    // Where cells are too many, they are drawn closer together, then with a decimal less, then not.
    if (valueCell * grid.width() > style.width()) {
      valueCell--;
    }
    if (valueCell * grid.width() > style.width() && scale.decimals > 0) {
      scale = new Scale(scale.low, scale.high, scale.decimals - 1);
      valueCell = valueCell(layers, scale) + 1;
    }
    boolean valued = valueCell * grid.width() <= style.width();
    int actionCell = Math.min(ACTION_CELL, style.width() / grid.width());
    StringBuilder out = new StringBuilder();
    for (int layer : layers) {
      out.append(name(layer));
      int left = Math.max(actionCell * grid.width(), "policy".length());
      boolean beside = left + 3 + valueCell * grid.width() <= style.width();
      if (beside) {
        out.append("policy").append(" ".repeat(left - "policy".length() + 3)).append("V(s)\n");
        for (int row = 0; row < grid.height(); row++) {
          actions(layer, row, actionCell, scale, out);
          out.append(" ".repeat(left - actionCell * grid.width() + 3));
          values(layer, row, valueCell, scale, out);
          endLine(out);
        }
      } else {
        out.append("policy").append(actionCell > 0 ? "\n" : TOO_WIDE);
        for (int row = 0; actionCell > 0 && row < grid.height(); row++) {
          actions(layer, row, actionCell, scale, out);
          endLine(out);
        }
        out.append("V(s)").append(valued ? "\n" : TOO_WIDE);
        for (int row = 0; valued && row < grid.height(); row++) {
          values(layer, row, valueCell, scale, out);
          endLine(out);
        }
      }
    }
    return out.toString();
  }

  /** What a layer shows, broken into lines that fit; nothing if there is nothing to say. */
  private String name(int layer) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : grid.layer(layer).split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > style.width()) {
        lines.append('\n');
        column = 0;
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.isEmpty() ? "" : lines.append('\n').toString();
  }

  private static void endLine(StringBuilder out) {
    while (out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
    out.append('\n');
  }

  private void actions(int layer, int row, int width, Scale scale, StringBuilder out) {
    for (int column = 0; column < grid.width(); column++) {
      int state = grid.state(layer, row, column);
      String sign = String.valueOf(sign(layer, row, column, state));
      String text = (width > 1 ? " " : "") + sign + (width > 2 ? " " : "");
      cell(layer, row, column, state, text, scale, out);
    }
  }

  private char sign(int layer, int row, int column, int state) {
    if (state < 0 || grid.terminal(layer, row, column)) {
      return grid.tile(layer, row, column);
    }
    int action = table.action(state);
    char glyph = action < 0 ? '·' : grid.glyph(action);
    return style.ascii() ? plain(glyph) : glyph;
  }

  private void values(int layer, int row, int width, Scale scale, StringBuilder out) {
    for (int column = 0; column < grid.width(); column++) {
      int state = grid.state(layer, row, column);
      boolean shown = state >= 0 && !grid.terminal(layer, row, column);
      String text =
          shown
              ? Numbers.fixed(table.value(state), scale.decimals)
              : String.valueOf(grid.tile(layer, row, column));
      cell(
          layer,
          row,
          column,
          state,
          " ".repeat(width - text.length() - 1) + text + " ",
          scale,
          out);
    }
  }

  private void cell(
      int layer, int row, int column, int state, String text, Scale scale, StringBuilder out) {
    if (!style.colour()) {
      out.append(text);
    } else if (state < 0 || grid.terminal(layer, row, column)) {
      out.append(
          switch (grid.cell(layer, row, column)) {
            case GOAL -> GOAL;
            case TRAP -> TRAP;
            case HAZARD -> HAZARD;
            case WALL, OPEN -> WALL;
          });
      out.append(text).append(RESET);
    } else {
      int shade = scale.shade(table.value(state));
      out.append("\u001b[38;5;").append(shade < FIRST_BRIGHT ? 255 : 16);
      out.append(";48;5;").append(RAMP[shade]).append('m').append(text).append(RESET);
    }
  }

  private Scale scale(List<Integer> layers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int layer : layers) {
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          int state = grid.state(layer, row, column);
          if (state >= 0 && !grid.terminal(layer, row, column)) {
            low = Math.min(low, table.value(state));
            high = Math.max(high, table.value(state));
          }
        }
      }
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    return new Scale(low, high, size < 10 ? 2 : size < 1000 ? 1 : 0);
  }

  /** Wide enough for every value. */
  private int valueCell(List<Integer> layers, Scale scale) {
    int width = 1;
    for (int layer : layers) {
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          int state = grid.state(layer, row, column);
          if (state >= 0 && !grid.terminal(layer, row, column)) {
            width = Math.max(width, Numbers.fixed(table.value(state), scale.decimals).length());
          }
        }
      }
    }
    return width;
  }

  private static char plain(char glyph) {
    return switch (glyph) {
      case '←' -> '<';
      case '→' -> '>';
      case '↑' -> '^';
      case '↓' -> 'v';
      case '·' -> '.';
      default -> glyph < 128 ? glyph : '*';
    };
  }

  private record Scale(double low, double high, int decimals) {
    int shade(double value) {
      double part = high > low ? (value - low) / (high - low) : 1;
      return (int) Math.min(RAMP.length - 1, part * RAMP.length);
    }
  }
}
