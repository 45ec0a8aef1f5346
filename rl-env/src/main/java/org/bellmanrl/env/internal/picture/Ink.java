package org.bellmanrl.env.internal.picture;

/** The colours of all pictures, as {@code 0xRRGGBB}. */
public final class Ink {
  public static final int WHITE = 0xFFFFFF;
  public static final int PAPER = 0xF4F7FB;
  public static final int MIST = 0xDFE8F3;
  public static final int STEEL = 0x9FB1C8;
  public static final int SLATE = 0x5B6C87;
  public static final int NAVY = 0x2B3A55;
  public static final int NIGHT = 0x1D2840;
  public static final int CORAL = 0xEE6C5C;
  public static final int BRICK = 0xC54E43;
  public static final int GOLD = 0xF6BD4B;
  public static final int AMBER = 0xDB9A2C;
  public static final int TEAL = 0x2FA396;
  public static final int BLUE = 0x4A86D8;
  public static final int GREEN = 0x6BBE72;
  public static final int MOSS = 0x4B9A5B;
  public static final int VIOLET = 0x8C6BC8;
  public static final int WOOD = 0xC78D58;

  private Ink() {}

  /** A colour between two, at {@code part} of the way from the first to the second. */
  public static int mix(int from, int to, double part) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = from >> shift & 0xFF;
      int b = to >> shift & 0xFF;
      mixed |= (int) Math.round(a + (b - a) * part) << shift;
    }
    return mixed;
  }
}
