package org.bellmanrl.env.internal.grid;

/** Text for a terminal, in colours of the 256-colour palette or without. */
public final class Terminal {
  private static final String RESET = "\u001b[0m";

  /** The first colour of the palette's cube. */
  private static final int CUBE = 16;

  private final StringBuilder text = new StringBuilder();
  private final boolean colour;

  public Terminal(boolean colour) {
    this.colour = colour;
  }

  public boolean colour() {
    return colour;
  }

  /** Appends plain text. */
  public Terminal add(String plain) {
    text.append(plain);
    return this;
  }

  /** Appends text in a foreground colour, on a background colour, 0 to 255 each. */
  public Terminal add(String plain, int foreground, int background) {
    if (colour) {
      text.append("\u001b[1;38;5;").append(foreground);
      text.append(";48;5;").append(background).append('m');
      text.append(plain).append(RESET);
    } else {
      text.append(plain);
    }
    return this;
  }

  /** Appends text in a foreground colour. */
  public Terminal add(String plain, int foreground) {
    if (colour) {
      text.append("\u001b[1;38;5;").append(foreground).append('m').append(plain).append(RESET);
    } else {
      text.append(plain);
    }
    return this;
  }

  /**
   * The closest to a colour {@code 0xRRGGBB} in the palette's cube, which has six levels a side.
   */
  public static int palette(int rgb) {
    return CUBE + 36 * level(rgb >> 16 & 0xFF) + 6 * level(rgb >> 8 & 0xFF) + level(rgb & 0xFF);
  }

  /** The levels are 0, 95, 135 and so on by 40. */
  private static int level(int part) {
    return part < 48 ? 0 : part < 115 ? 1 : (part - 35) / 40;
  }

  public Terminal endLine() {
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
