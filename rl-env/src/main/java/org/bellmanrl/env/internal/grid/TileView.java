package org.bellmanrl.env.internal.grid;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;

/** Shows a map of tiles with the agent on it, whose place is the state. */
public final class TileView implements GridView, TextView {
  /**
   * How places with one character look, and what they are.
   *
   * @param shown what stands there in drawings; a space for nothing in particular
   * @param foreground its colour in the 256-colour palette
   * @param background the tile's colour
   * @param kind whether one can be there
   */
  public record Tile(char shown, int foreground, int background, Cell kind) {}

  private static final int AGENT = 199;

  private final TextMap map;
  private final Map<Character, Tile> tiles;
  private final String glyphs;
  private final IntSupplier place;

  /**
   * Makes a view.
   *
   * @param tiles one for each character of the map
   * @param glyphs one for each action
   * @param place where the agent is
   */
  public TileView(TextMap map, Map<Character, Tile> tiles, String glyphs, IntSupplier place) {
    this.map = map;
    this.tiles = tiles;
    this.glyphs = glyphs;
    this.place = place;
  }

  /** Returns a picture, or this view with the agent elsewhere, by what is asked for. */
  public <T> Optional<T> shown(Class<T> type, IntSupplier elsewhere, TilePicture picture) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(picture.of(elsewhere)));
    }
    TileView there = at(elsewhere);
    return type.isInstance(there) ? Optional.of(type.cast(there)) : Optional.empty();
  }

  /** The same with an agent elsewhere. */
  public TileView at(IntSupplier elsewhere) {
    return new TileView(map, tiles, glyphs, elsewhere);
  }

  @Override
  public int height() {
    return map.height();
  }

  @Override
  public int width() {
    return map.width();
  }

  @Override
  public int state(int layer, int row, int column) {
    return switch (cell(layer, row, column)) {
      case WALL, HAZARD -> -1;
      case OPEN, GOAL, TRAP -> map.place(row, column);
    };
  }

  @Override
  public char tile(int layer, int row, int column) {
    return tile(map.at(row, column)).shown();
  }

  @Override
  public boolean terminal(int layer, int row, int column) {
    Cell cell = cell(layer, row, column);
    return cell == Cell.GOAL || cell == Cell.TRAP;
  }

  @Override
  public Cell cell(int layer, int row, int column) {
    return tile(map.at(row, column)).kind();
  }

  @Override
  public char glyph(int action) {
    return glyphs.charAt(action);
  }

  private Tile tile(char letter) {
    Tile tile = tiles.get(letter);
    if (tile == null) {
      throw new IllegalStateException("no tile is drawn for '" + letter + "'");
    }
    return tile;
  }

  /** Three characters a place; the agent's one stands in brackets. */
  @Override
  public String text(boolean colour) {
    Terminal terminal = new Terminal(colour);
    for (int row = 0; row < map.height(); row++) {
      for (int column = 0; column < map.width(); column++) {
        Tile tile = tile(map.at(row, column));
        if (map.place(row, column) == place.getAsInt()) {
          terminal.add("[" + seen(tile, colour) + "]", AGENT, tile.background());
        } else {
          // Walls are drawn through, so that they close.
          String text = tile.shown() == '#' ? "###" : " " + seen(tile, colour) + " ";
          terminal.add(text, tile.foreground(), tile.background());
        }
      }
      terminal.endLine();
    }
    return terminal.toString();
  }

  /** A tile of no particular kind is a dot where no colour shows that it is there. */
  private static char seen(Tile tile, boolean colour) {
    return tile.shown() == ' ' && !colour ? '.' : tile.shown();
  }
}
