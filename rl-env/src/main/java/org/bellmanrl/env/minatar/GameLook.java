package org.bellmanrl.env.minatar;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bellmanrl.env.internal.grid.Terminal;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/** How a game is called and what its planes look like to people. */
final class GameLook {
  private static final int SIDE = MinAtarBatch.SIDE;
  private static final double CELL = 9.6;
  private static final double MARGIN = (Canvas.HEIGHT - SIDE * CELL) / 2;
  private static final int GROUND = 0x243250;

  private final String game;
  private final List<Thing> things;

  /**
   * A look.
   *
   * @param things one for each plane; where several meet, later planes cover earlier ones, and all
   *     of them cover trails and floors
   */
  GameLook(String game, Thing... things) {
    this.game = game;
    this.things = List.of(things);
  }

  /** What the planes hold, behind their numbers. */
  String things() {
    return IntStream.range(0, things.size())
        .mapToObj(channel -> channel + " " + things.get(channel).name())
        .collect(Collectors.joining(", "));
  }

  /** What a plane holds, and how a cell of it is drawn: {@code size} is a share of the cell. */
  record Thing(String name, char glyph, int colour, double size, boolean below) {}

  static Thing thing(String name, char glyph, int colour) {
    return new Thing(name, glyph, colour, 0.88, false);
  }

  static Thing small(String name, char glyph, int colour) {
    return new Thing(name, glyph, colour, 0.42, false);
  }

  static Thing trail(String name, char glyph, int colour) {
    return new Thing(name, glyph, colour, 0.42, true);
  }

  static Thing floor(String name, char glyph, int colour) {
    return new Thing(name, glyph, colour, 0.88, true);
  }

  String id() {
    return "MinAtar/" + game + "-v1";
  }

  /** What a saved state is called. */
  String section() {
    return "minatar-" + game.toLowerCase(Locale.ROOT);
  }

  int channels() {
    return things.size();
  }

  void paint(Canvas canvas, byte[] planes) {
    canvas.flood(Ink.NIGHT);
    for (int cell = 0; cell < SIDE * SIDE; cell++) {
      box(canvas, cell, 0.94, GROUND);
    }
    for (int cell = 0; cell < SIDE * SIDE; cell++) {
      paint(canvas, planes, cell, true);
      paint(canvas, planes, cell, false);
    }
  }

  private void paint(Canvas canvas, byte[] planes, int cell, boolean below) {
    for (int channel = 0; channel < things.size(); channel++) {
      Thing thing = things.get(channel);
      if (thing.below() == below && planes[cell * things.size() + channel] != 0) {
        box(canvas, cell, thing.size(), thing.colour());
      }
    }
  }

  private static void box(Canvas canvas, int cell, double size, int colour) {
    double side = size * CELL;
    double x = MARGIN + (cell % SIDE + 0.5) * CELL - side / 2;
    int line = cell / SIDE;
    double y = MARGIN + (line + 0.5) * CELL - side / 2;
    canvas.box(x, y, side, side, side / 5, colour);
  }

  String text(byte[] planes, boolean colour) {
    Terminal terminal = new Terminal(colour);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        Thing top = top(planes, SIDE * y + x);
        terminal.add(" " + top.glyph(), Terminal.palette(top.colour()), Terminal.palette(GROUND));
      }
      terminal.endLine();
    }
    return terminal.toString();
  }

  private Thing top(byte[] planes, int cell) {
    Thing top = trail("nothing", '·', Ink.SLATE);
    for (int channel = 0; channel < things.size(); channel++) {
      Thing thing = things.get(channel);
      boolean above = !thing.below() || top.below();
      if (above && planes[cell * things.size() + channel] != 0) {
        top = thing;
      }
    }
    return top;
  }
}
