package org.bellmanrl.env.raycast;

import static org.bellmanrl.env.raycast.Palette.colour;

/**
 * Surfaces of 64 × 64 colours, column after column, made by formulas on whole numbers. In figures
 * colour 0 is nothing: one sees through it.
 */
final class Textures {
  static final int SHIFT = 6;
  static final int SIZE = 1 << SHIFT;

  private Textures() {}

  /** The colour at a place, x to the right and y down. */
  @FunctionalInterface
  private interface Formula {
    byte at(int x, int y);
  }

  private static byte[] texture(Formula formula) {
    byte[] texture = new byte[SIZE * SIZE];
    for (int x = 0; x < SIZE; x++) {
      for (int y = 0; y < SIZE; y++) {
        texture[x << SHIFT | y] = formula.at(x, y);
      }
    }
    return texture;
  }

  /** Noise that looks like none of its arguments, from 0 to bound − 1. */
  private static int noise(int x, int y, int bound) {
    int mixed = x * 0x27D4EB2D + y * 0x165667B1;
    mixed = (mixed ^ (mixed >>> 15)) * 0x2C1B3C6D;
    mixed ^= mixed >>> 13;
    return (mixed >>> 8) % bound;
  }

  static byte[] bricks(int hue) {
    return texture((x, y) -> {
      int course = y / 16;
      int along = (x + course % 2 * 16) % 32;
      boolean mortar = y % 16 < 2 || along < 2;
      int brick = (x + course % 2 * 16) / 32;
      int tone = 9 + noise(brick % 2, course, 4);
      return mortar
          ? colour(Palette.GREY, 5 + noise(x, y, 2))
          : colour(hue, tone + noise(x, y, 2) - (y % 16 > 13 ? 3 : 0));
    });
  }

  static byte[] blocks(int hue) {
    return texture((x, y) -> {
      boolean joint = x % 32 == 0 || y % 32 == 0;
      boolean edge = x % 32 == 1 || y % 32 == 1;
      int tone = 8 + noise(x / 4, y / 4, 3) + noise(x, y, 2);
      return colour(hue, joint ? 3 : edge ? tone + 3 : tone);
    });
  }

  static byte[] panels(int hue) {
    return texture((x, y) -> {
      int u = x % 32;
      boolean rivet = (u == 4 || u == 27) && y % 16 == 8;
      boolean seam = u == 0 || y % 64 == 0;
      int tone = 10 - (y % 64 > 48 ? 3 : 0) + noise(x, y / 8, 2);
      return colour(hue, rivet ? 15 : seam ? 2 : tone);
    });
  }

  static byte[] planks(int hue) {
    return texture((x, y) -> {
      int plank = x / 16;
      int tone = 8 + noise(plank, 7, 3) + noise(x, y / 12 + plank, 3);
      return colour(hue, x % 16 == 0 ? 3 : tone);
    });
  }

  static byte[] stripes(int hue) {
    return texture(
        (x, y) -> colour((x + y) / 16 % 2 == 0 ? hue : Palette.GREY, 9 + noise(x, y, 3)));
  }

  static byte[] rubble(int hue) {
    return texture((x, y) ->
        colour(hue, 5 + noise(x / 8, y / 8, 3) + noise(x / 2, y / 2, 2) + noise(x, y, 2)));
  }

  static byte[] tiles(int hue) {
    return texture((x, y) -> {
      boolean joint = x % 32 == 0 || y % 32 == 0;
      return colour(hue, joint ? 3 : 6 + (x / 32 + y / 32) % 2 * 3 + noise(x, y, 2));
    });
  }

  static byte[] acid() {
    return texture((x, y) -> {
      int ripple = noise(x / 8, y / 4, 4) + noise(x / 3, y / 3, 3);
      return colour(Palette.GREEN, 6 + ripple + (noise(x, y, 40) == 0 ? 4 : 0));
    });
  }

  /** Clouds above mountains; its width is a quarter of a turn. */
  static byte[] sky() {
    return texture((x, y) -> {
      int a = Math.abs(x % 32 - 16);
      int b = Math.abs((x + 11) % 64 - 32);
      int ridge = 62 - a / 2 - b / 3 - noise(x, 3, 2);
      if (y >= ridge) {
        return colour(Palette.BROWN, 4 + (y - ridge) / 3);
      }
      boolean cloud = noise(x / 8, y / 4, 5) == 0;
      return cloud ? colour(Palette.GREY, 12) : colour(Palette.SKY, 8 + y / 10);
    });
  }

  // Figures: later parts cover earlier ones.

  private static final class Figure {
    private final byte[] pixels = new byte[SIZE * SIZE];

    Figure oval(int x, int y, int radiusX, int radiusY, int hue, int shade) {
      int whole = radiusX * radiusX * radiusY * radiusY;
      for (int u = -radiusX; u <= radiusX; u++) {
        for (int v = -radiusY; v <= radiusY; v++) {
          int far = u * u * radiusY * radiusY + v * v * radiusX * radiusX;
          if (far <= whole) {
            // Lit from the upper left.
            int dark = 4 * (u * radiusY + v * radiusX) / (radiusX * radiusY);
            set(x + u, y + v, hue, shade - dark / 2);
          }
        }
      }
      return this;
    }

    Figure box(int x, int y, int width, int height, int hue, int shade) {
      for (int u = 0; u < width; u++) {
        for (int v = 0; v < height; v++) {
          boolean edge = u == width - 1 || v == height - 1;
          set(x + u, y + v, hue, edge ? shade - 3 : shade);
        }
      }
      return this;
    }

    private void set(int x, int y, int hue, int shade) {
      if (x >= 0 && x < SIZE && y >= 0 && y < SIZE) {
        pixels[x << SHIFT | y] = colour(hue, Math.max(1, shade));
      }
    }
  }

  /** A round floating monster with one eye. */
  static byte[] ball() {
    return new Figure()
        .oval(32, 34, 29, 28, Palette.RED, 12)
        .oval(32, 24, 11, 9, Palette.GREY, 15)
        .oval(32, 25, 5, 6, Palette.GREEN, 13)
        .oval(32, 25, 2, 3, Palette.GREY, 1)
        .oval(32, 46, 17, 8, Palette.GREY, 2)
        .box(20, 41, 5, 7, Palette.GREY, 14)
        .box(29, 39, 5, 7, Palette.GREY, 14)
        .box(39, 41, 5, 7, Palette.GREY, 14)
        .pixels;
  }

  /** A horned monster that bites. */
  static byte[] beast() {
    return new Figure()
        .box(14, 46, 10, 18, Palette.PINK, 8)
        .box(40, 46, 10, 18, Palette.PINK, 8)
        .oval(32, 36, 24, 20, Palette.PINK, 11)
        .oval(32, 20, 15, 14, Palette.PINK, 12)
        .box(13, 4, 5, 14, Palette.SAND, 13)
        .box(46, 4, 5, 14, Palette.SAND, 13)
        .oval(25, 16, 4, 3, Palette.YELLOW, 15)
        .oval(39, 16, 4, 3, Palette.YELLOW, 15)
        .oval(32, 27, 11, 5, Palette.GREY, 1)
        .box(24, 24, 3, 5, Palette.GREY, 15)
        .box(31, 24, 3, 5, Palette.GREY, 15)
        .box(38, 24, 3, 5, Palette.GREY, 15)
        .pixels;
  }

  /** An enemy with a gun. */
  static byte[] soldier() {
    return new Figure()
        .box(23, 40, 8, 24, Palette.BROWN, 7)
        .box(34, 40, 8, 24, Palette.BROWN, 6)
        .box(20, 18, 25, 24, Palette.OLIVE, 9)
        .oval(32, 11, 8, 9, Palette.SKIN, 12)
        .box(23, 2, 19, 6, Palette.OLIVE, 6)
        .box(12, 22, 9, 14, Palette.OLIVE, 8)
        .box(44, 22, 9, 14, Palette.OLIVE, 7)
        .box(18, 27, 30, 5, Palette.GREY, 3)
        .oval(29, 11, 1, 1, Palette.GREY, 1)
        .oval(35, 11, 1, 1, Palette.GREY, 1)
        .pixels;
  }

  static byte[] medkit() {
    return new Figure()
        .box(6, 30, 52, 34, Palette.GREY, 14)
        .box(26, 35, 12, 24, Palette.BLUE, 12)
        .box(20, 41, 24, 12, Palette.BLUE, 12)
        .box(24, 24, 16, 6, Palette.GREY, 7)
        .pixels;
  }

  static byte[] vest() {
    return new Figure()
        .box(12, 24, 40, 40, Palette.GREEN, 12)
        .box(4, 24, 9, 16, Palette.GREEN, 9)
        .box(51, 24, 9, 16, Palette.GREEN, 9)
        .oval(32, 24, 10, 8, Palette.GREEN, 3)
        .box(30, 34, 4, 30, Palette.GREEN, 6)
        .box(16, 44, 12, 3, Palette.YELLOW, 13)
        .box(36, 44, 12, 3, Palette.YELLOW, 13)
        .pixels;
  }

  /** The own gun from behind, in the middle of the picture's lower edge. */
  static byte[] gun(boolean firing) {
    Figure figure = new Figure();
    if (firing) {
      figure.oval(32, 20, 14, 13, Palette.ORANGE, 14).oval(32, 20, 8, 8, Palette.YELLOW, 15);
    }
    return figure
        .box(27, 24, 10, 24, Palette.GREY, 6)
        .box(29, 22, 6, 30, Palette.GREY, 9)
        .oval(32, 56, 14, 11, Palette.SKIN, 10)
        .box(20, 56, 24, 8, Palette.OLIVE, 7)
        .pixels;
  }
}
