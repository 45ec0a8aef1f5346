package org.bellmanrl.env.raycast;

/**
 * Draws what the player sees: a ray per column finds the wall there, whose texture is stretched to
 * its height; floor and ceiling follow line by line; then come the figures, the farthest first, and
 * the player's gun.
 *
 * <p>What the rays found serves several passes: colours, then distances, each written to every
 * {@code stride}-th byte of a picture by a table of {@link Palette}. Its arrays are reused, so one
 * thread draws at a time.
 */
final class Renderer {
  private static final byte[] GUN = Textures.gun(false);
  private static final byte[] FIRING = Textures.gun(true);
  private static final int SHIFT = Textures.SHIFT;
  private static final int SIZE = Textures.SIZE;
  private static final int MASK = SIZE - 1;

  /** Bits behind the point of texture coordinates. */
  private static final int POINT = 16;

  private static final double ONE = 1 << POINT;

  /** Light lost per cell, and by walls that face east or west. */
  private static final double FADING = 0.9;

  private static final int TURNED_AWAY = 2;
  private static final int DIMMEST = 4;

  /** From how many cells on a distance is 255. */
  private static final double FAR = 16;

  private static final double NEAREST_FIGURE = 0.1;

  private final Lens lens;
  private final double[] wallDistance;
  private final byte[][] wallTexture;
  private final int[] wallColumn;
  private final int[] wallLight;
  private final int[] order;
  private final double[] orderDistance;

  private byte[] picture = new byte[0];
  private int at;
  private int stride;
  private byte[] table = Palette.LIT;
  private boolean distances;

  /**
   * A renderer.
   *
   * @param things most things that a game can hold
   */
  Renderer(Lens lens, int things) {
    this.lens = lens;
    this.wallDistance = new double[lens.width];
    this.wallTexture = new byte[lens.width][];
    this.wallColumn = new int[lens.width];
    this.wallLight = new int[lens.width];
    this.order = new int[things];
    this.orderDistance = new double[things];
  }

  /** Looks around: casts the rays that the passes draw by. */
  void look(Game game) {
    double cos = Circle.cos(game.angle);
    double sin = Circle.sin(game.angle);
    for (int i = 0; i < lens.width; i++) {
      double aside = lens.aside[i];
      cast(game.grid, game.x, game.y, cos - aside * sin, sin + aside * cos, i);
    }
  }

  /** As {@link Grid#cast}, and also what the wall looks like where the ray meets it. */
  private void cast(Grid grid, double fromX, double fromY, double dx, double dy, int column) {
    int x = (int) fromX;
    int y = (int) fromY;
    double perX = dx == 0 ? Double.MAX_VALUE : Math.abs(1 / dx);
    double perY = dy == 0 ? Double.MAX_VALUE : Math.abs(1 / dy);
    int stepX = dx < 0 ? -1 : 1;
    int stepY = dy < 0 ? -1 : 1;
    double nextX = (dx < 0 ? fromX - x : x + 1 - fromX) * perX;
    double nextY = (dy < 0 ? fromY - y : y + 1 - fromY) * perY;
    double reached = 0;
    boolean acrossX = false;
    int cell = 0;
    while (cell == 0) {
      acrossX = nextX < nextY;
      if (acrossX) {
        reached = nextX;
        nextX += perX;
        x += stepX;
      } else {
        reached = nextY;
        nextY += perY;
        y += stepY;
      }
      cell = grid.cell(x, y);
    }
    double along = acrossX ? fromY + reached * dy : fromX + reached * dx;
    int texel = (int) ((along - (int) along) * SIZE) & MASK;
    // Seen from the other side a texture would be reversed.
    boolean reversed = acrossX ? dx < 0 : dy > 0;
    wallDistance[column] = reached;
    wallTexture[column] = grid.wall(cell);
    wallColumn[column] = (reversed ? MASK - texel : texel) << SHIFT;
    wallLight[column] = light(reached) - (acrossX ? TURNED_AWAY : 0);
  }

  private static int light(double distance) {
    return Math.max(DIMMEST, Palette.BRIGHT - (int) (distance * FADING));
  }

  /**
   * Draws colours.
   *
   * @param colours {@link Palette#LIT} or {@link Palette#GREY_VALUES}
   */
  void colours(Game game, byte[] colours, byte[] into, int from, int every) {
    picture = into;
    at = from;
    stride = every;
    table = colours;
    distances = false;
    draw(game);
    if (game.armed) {
      gun(game.flashing() ? FIRING : GUN);
    }
  }

  /** Draws distances. */
  void distances(Game game, byte[] into, int from, int every) {
    picture = into;
    at = from;
    stride = every;
    table = Palette.DISTANCES;
    distances = true;
    draw(game);
  }

  private void draw(Game game) {
    double farthest = 0;
    for (int i = 0; i < lens.width; i++) {
      farthest = Math.max(farthest, wallDistance[i]);
    }
    floors(game, Math.max(0, top(farthest)));
    for (int i = 0; i < lens.width; i++) {
      wall(i);
    }
    figures(game);
  }

  /** The block of the table for a level of light, or for a distance. */
  private int block(int light, double distance) {
    return (distances ? (int) Math.min(255, distance * (255 / FAR)) : light) << 8;
  }

  /** The first line of a wall at a distance, which may be above the picture. */
  private int top(double distance) {
    double above = (lens.height - lens.focus / distance) / 2;
    return above < 0 ? (int) above - 1 : (int) above;
  }

  private void wall(int column) {
    double distance = wallDistance[column];
    double size = lens.focus / distance;
    int first = top(distance);
    int to = Math.min(lens.height, lens.height - first);
    int from = Math.max(0, first);
    double perLine = SIZE / size;
    stripe(
        wallTexture[column],
        wallColumn[column],
        (int) ((from + 0.5 - (lens.height - size) / 2) * perLine * ONE),
        (int) (perLine * ONE),
        block(wallLight[column], distance),
        column,
        from,
        to);
  }

  private void stripe(
      byte[] texture, int texels, int start, int step, int block, int column, int from, int to) {
    byte[] colours = table;
    byte[] pixels = picture;
    int line = lens.width * stride;
    int pixel = at + from * line + column * stride;
    int v = start;
    for (int y = from; y < to; y++) {
      int texel = texture[texels | (v >> POINT & MASK)] & 0xFF;
      pixels[pixel] = colours[block | texel];
      pixel += line;
      v += step;
    }
  }

  /** Floor and ceiling, line by line; no wall leaves more than {@code lines} of either free. */
  private void floors(Game game, int lines) {
    double cos = Circle.cos(game.angle);
    double sin = Circle.sin(game.angle);
    boolean sky = game.grid.sky();
    byte[] below = game.grid.floor();
    byte[] above = game.grid.ceiling();
    for (int i = 0; i < lines; i++) {
      int y = lens.height - 1 - i;
      double distance = lens.focus / (2 * (y + 0.5) - lens.height);
      double left = lens.aside[0];
      double scale = distance * SIZE * ONE;
      int u = (int) (game.x * SIZE * ONE + (cos - left * sin) * scale);
      int v = (int) (game.y * SIZE * ONE + (sin + left * cos) * scale);
      double perPixel = 2.0 / lens.width * scale;
      int stepU = (int) (-sin * perPixel);
      int stepV = (int) (cos * perPixel);
      int block = block(light(distance), distance);
      if (sky) {
        floor(below, u, v, stepU, stepV, block, y);
        sky(above, game.angle, i);
      } else {
        both(below, above, u, v, stepU, stepV, block, y, i);
      }
    }
  }

  private void floor(byte[] below, int u, int v, int stepU, int stepV, int block, int line) {
    byte[] colours = table;
    byte[] pixels = picture;
    int pixel = at + line * lens.width * stride;
    int atU = u;
    int atV = v;
    for (int x = 0; x < lens.width; x++) {
      int texel = (atU >> POINT & MASK) << SHIFT | (atV >> POINT & MASK);
      pixels[pixel] = colours[block | (below[texel] & 0xFF)];
      pixel += stride;
      atU += stepU;
      atV += stepV;
    }
  }

  private void both(
      byte[] below,
      byte[] above,
      int u,
      int v,
      int stepU,
      int stepV,
      int block,
      int lineBelow,
      int lineAbove) {
    byte[] colours = table;
    byte[] pixels = picture;
    int low = at + lineBelow * lens.width * stride;
    int high = at + lineAbove * lens.width * stride;
    int atU = u;
    int atV = v;
    for (int x = 0; x < lens.width; x++) {
      int texel = (atU >> POINT & MASK) << SHIFT | (atV >> POINT & MASK);
      pixels[low] = colours[block | (below[texel] & 0xFF)];
      pixels[high] = colours[block | (above[texel] & 0xFF)];
      low += stride;
      high += stride;
      atU += stepU;
      atV += stepV;
    }
  }

  private void sky(byte[] above, int angle, int line) {
    byte[] colours = table;
    byte[] pixels = picture;
    int block = block(Palette.BRIGHT, Double.MAX_VALUE);
    int texelY = 2 * line * SIZE / (lens.height + 1);
    int turned = angle * 4 * SIZE / Circle.TURN;
    int pixel = at + line * lens.width * stride;
    for (int x = 0; x < lens.width; x++) {
      int texelX = (lens.sky[x] + turned) & MASK;
      pixels[pixel] = colours[block | (above[texelX << SHIFT | texelY] & 0xFF)];
      pixel += stride;
    }
  }

  private void figures(Game game) {
    double cos = Circle.cos(game.angle);
    double sin = Circle.sin(game.angle);
    int count = 0;
    for (int i = 0; i < game.kind.length; i++) {
      double distance = (game.thingX[i] - game.x) * cos + (game.thingY[i] - game.y) * sin;
      if (game.kind[i] == ThingKind.NONE.code || distance < NEAREST_FIGURE) {
        continue;
      }
      int place = count++;
      while (place > 0 && orderDistance[place - 1] < distance) {
        order[place] = order[place - 1];
        orderDistance[place] = orderDistance[place - 1];
        place--;
      }
      order[place] = i;
      orderDistance[place] = distance;
    }
    for (int i = 0; i < count; i++) {
      int thing = order[i];
      double aside = (game.thingY[thing] - game.y) * cos - (game.thingX[thing] - game.x) * sin;
      figure(ThingKind.of(game.kind[thing]), orderDistance[i], aside);
    }
  }

  private void figure(ThingKind kind, double distance, double aside) {
    double middle = (1 + aside / distance) * lens.width / 2;
    double wide = kind.size * lens.width / (2 * distance);
    double high = kind.size * lens.focus / distance;
    double left = middle - wide / 2;
    if (left >= lens.width || left + wide <= 0) {
      return;
    }
    double bottom = (lens.height + lens.focus / distance) / 2 - kind.lift * lens.focus / distance;
    double top = bottom - high;
    int from = (int) Math.max(0, top + 0.5);
    int to = (int) Math.min(lens.height, bottom + 0.5);
    double perLine = SIZE / high;
    int start = (int) ((from + 0.5 - top) * perLine * ONE);
    int step = (int) (perLine * ONE);
    int block = block(light(distance), distance);
    int lastColumn = (int) Math.min(lens.width - 1, left + wide);
    for (int x = (int) Math.max(0, left); x <= lastColumn; x++) {
      double texel = (x + 0.5 - left) * SIZE / wide;
      if (texel >= 0 && texel < SIZE && distance < wallDistance[x]) {
        cutout(kind.figure, (int) texel << SHIFT, start, step, block, x, from, to);
      }
    }
  }

  /** A stripe through which one sees where its texture is empty. */
  private void cutout(
      byte[] texture, int texels, int start, int step, int block, int column, int from, int to) {
    int line = lens.width * stride;
    int pixel = at + from * line + column * stride;
    int v = start;
    for (int y = from; y < to; y++) {
      int texel = texture[texels | Math.min(MASK, v >> POINT)] & 0xFF;
      if (texel != 0) {
        picture[pixel] = table[block | texel];
      }
      pixel += line;
      v += step;
    }
  }

  /** The gun, in the middle of the lower edge. */
  private void gun(byte[] texture) {
    int wide = Math.max(1, lens.width * 3 / 8);
    int high = Math.max(1, lens.height * 3 / 8);
    int left = (lens.width - wide) / 2;
    int step = (int) (SIZE * ONE / high);
    for (int x = 0; x < wide; x++) {
      cutout(
          texture,
          (x * SIZE / wide) << SHIFT,
          step / 2,
          step,
          Palette.BRIGHT << 8,
          left + x,
          lens.height - high,
          lens.height);
    }
  }
}
