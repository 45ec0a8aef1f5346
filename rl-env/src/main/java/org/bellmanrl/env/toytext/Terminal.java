package org.bellmanrl.env.toytext;

/** Text for a terminal, in colours of the 256-colour palette or without. */
final class Terminal {
  private static final String RESET = "\u001b[0m";

  private final StringBuilder text = new StringBuilder();
  private final boolean colour;

  Terminal(boolean colour) {
    this.colour = colour;
  }

  boolean colour() {
    return colour;
  }

  /** Appends plain text. */
  Terminal add(String plain) {
    text.append(plain);
    return this;
  }

  /** Appends text in a foreground colour, on a background colour, 0 to 255 each. */
  Terminal add(String plain, int foreground, int background) {
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
  Terminal add(String plain, int foreground) {
    if (colour) {
      text.append("\u001b[1;38;5;").append(foreground).append('m').append(plain).append(RESET);
    } else {
      text.append(plain);
    }
    return this;
  }

  Terminal endLine() {
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
