package org.bellmanrl.env.toytext;

import java.util.function.IntSupplier;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.env.internal.grid.Terminal;

/**
 * Shows the streets: in text the present situation, as a grid one layer for every way in which
 * passenger and destination can stand to each other before the end.
 */
final class TaxiView implements GridView, TextView {
  private static final String LETTERS = "RGYB";
  private static final String[] NAMES = {"red", "green", "yellow", "blue", "in the taxi"};
  private static final int[] COLOURS = {203, 77, 221, 75};
  private static final int STREET = 236;
  private static final int WALL = 250;
  private static final int LABEL = 255;
  private static final int EMPTY_TAXI = 220;
  private static final int FULL_TAXI = 77;

  private final IntSupplier state;

  TaxiView(IntSupplier state) {
    this.state = state;
  }

  @Override
  public int height() {
    return Taxi.SIZE;
  }

  @Override
  public int width() {
    return Taxi.SIZE;
  }

  /** Four with the passenger in the taxi, and three for each stand where they can wait. */
  @Override
  public int layers() {
    return Taxi.STANDS * Taxi.STANDS;
  }

  private static int passengerOf(int layer) {
    return layer < 12 ? layer / 3 : Taxi.IN_TAXI;
  }

  private static int destinationOf(int layer) {
    if (layer >= 12) {
      return layer - 12;
    }
    int other = layer % 3;
    return other < passengerOf(layer) ? other : other + 1;
  }

  @Override
  public String layer(int layer) {
    return "passenger %s, destination %s"
        .formatted(where(passengerOf(layer)), NAMES[destinationOf(layer)]);
  }

  private static String where(int passenger) {
    return passenger == Taxi.IN_TAXI ? NAMES[passenger] : "at " + NAMES[passenger];
  }

  @Override
  public int state(int layer, int row, int column) {
    return Taxi.state(row * Taxi.SIZE + column, passengerOf(layer), destinationOf(layer));
  }

  @Override
  public char tile(int layer, int row, int column) {
    int stand = Taxi.standAt(row * Taxi.SIZE + column);
    return stand < 0 ? ' ' : LETTERS.charAt(stand);
  }

  @Override
  public boolean wallToTheRight(int layer, int row, int column) {
    return column < Taxi.SIZE - 1 && !Taxi.openEast(row, column);
  }

  @Override
  public char glyph(int action) {
    return "↓↑→←PD".charAt(action);
  }

  /**
   * The taxi stands in brackets, square while it is empty and round with the passenger in it;
   * beside its stand's letter {@code p} is the waiting passenger and {@code d} the destination.
   */
  @Override
  public String text(boolean colour) {
    Terminal terminal = new Terminal(colour);
    String edge = "+" + "-".repeat(5 * Taxi.SIZE - 1) + "+";
    terminal.add(edge, WALL, STREET).endLine();
    for (int row = 0; row < Taxi.SIZE; row++) {
      terminal.add("|", WALL, STREET);
      for (int column = 0; column < Taxi.SIZE; column++) {
        place(terminal, row * Taxi.SIZE + column);
        boolean wall = !Taxi.openEast(row, column);
        terminal.add(wall ? "|" : " ", WALL, STREET);
      }
      terminal.endLine();
    }
    terminal.add(edge, WALL, STREET).endLine();
    int now = state.getAsInt();
    terminal
        .add("passenger " + where(Taxi.passenger(now)) + ", destination ")
        .add(NAMES[Taxi.destination(now)], COLOURS[Taxi.destination(now)])
        .endLine();
    return terminal.toString();
  }

  private void place(Terminal terminal, int place) {
    int now = state.getAsInt();
    int stand = Taxi.standAt(place);
    String inside = " ";
    String mark = " ";
    int foreground = LABEL;
    int background = STREET;
    if (stand >= 0) {
      inside = LETTERS.substring(stand, stand + 1);
      foreground = COLOURS[stand];
      if (stand == Taxi.passenger(now)) {
        mark = "p";
      } else if (stand == Taxi.destination(now)) {
        mark = "d";
      }
    }
    if (place == Taxi.place(now)) {
      boolean full = Taxi.passenger(now) == Taxi.IN_TAXI;
      background = full ? FULL_TAXI : EMPTY_TAXI;
      String taxi = full ? "(" + inside + mark + ")" : "[" + inside + mark + "]";
      terminal.add(taxi, STREET, background);
    } else {
      terminal.add(" " + inside + mark + " ", foreground, background);
    }
  }
}
