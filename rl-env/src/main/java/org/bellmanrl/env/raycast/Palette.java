package org.bellmanrl.env.raycast;

/**
 * The colours of the world: sixteen hues of sixteen shades each, {@code hue << 4 | shade}, and the
 * tables by which the renderer lights them. A table has a block of 256 bytes for each level of
 * light.
 */
final class Palette {
  static final int GREY = 0;
  static final int RED = 1;
  static final int GREEN = 2;
  static final int BLUE = 3;
  static final int YELLOW = 4;
  static final int CYAN = 5;
  static final int MAGENTA = 6;
  static final int ORANGE = 7;
  static final int BROWN = 8;
  static final int TEAL = 9;
  static final int VIOLET = 10;
  static final int PINK = 11;
  static final int SKY = 12;
  static final int SAND = 13;
  static final int OLIVE = 14;
  static final int SKIN = 15;

  /** The brightest shade, and the brightest level of light. */
  static final int BRIGHT = 15;

  /** Levels of light. */
  static final int LEVELS = 16;

  private static final int[] HUES = {
    0xF0F0F0, 0xE03A2E, 0x4FC04A, 0x3F6FE0, 0xF2D43C, 0x45D2D8, 0xD84FC6, 0xF08A2A, 0x9A6234,
    0x2E9A8C, 0x8656D8, 0xF29AB0, 0x86BEF2, 0xD8BE86, 0x8A9440, 0xE8B088
  };

  /** Lit colours. */
  static final byte[] LIT = new byte[LEVELS << 8];

  /** Lit colours as grey values, by the weights of ITU-R BT.601 in 1/256. */
  static final byte[] GREY_VALUES = new byte[LEVELS << 8];

  /** Colours as {@code 0xRRGGBB}. */
  static final int[] RGB = new int[256];

  /** A block for each distance, which makes all colours of a thing into its distance. */
  static final byte[] DISTANCES = new byte[256 << 8];

  static {
    for (int colour = 0; colour < 256; colour++) {
      int hue = HUES[colour >> 4];
      int shade = colour & 15;
      RGB[colour] =
          ((hue >> 16 & 0xFF) * shade / BRIGHT) << 16
              | ((hue >> 8 & 0xFF) * shade / BRIGHT) << 8
              | ((hue & 0xFF) * shade / BRIGHT);
    }
    for (int level = 0; level < LEVELS; level++) {
      for (int colour = 0; colour < 256; colour++) {
        int lit = (colour & 0xF0) | ((colour & 15) * level / BRIGHT);
        LIT[level << 8 | colour] = (byte) lit;
        GREY_VALUES[level << 8 | colour] = (byte) grey(RGB[lit]);
      }
    }
    for (int i = 0; i < DISTANCES.length; i++) {
      DISTANCES[i] = (byte) (i >> 8);
    }
  }

  private Palette() {}

  static int grey(int rgb) {
    return (77 * (rgb >> 16 & 0xFF) + 150 * (rgb >> 8 & 0xFF) + 29 * (rgb & 0xFF)) >> 8;
  }

  static byte colour(int hue, int shade) {
    return (byte) (hue << 4 | Math.clamp(shade, 0, BRIGHT));
  }
}
