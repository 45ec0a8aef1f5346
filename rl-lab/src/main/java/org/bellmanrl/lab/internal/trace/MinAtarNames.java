package org.bellmanrl.lab.internal.trace;

import java.util.Locale;

/** What MinAtar calls its games, {@code MinAtar/space_invaders}, and what their ids are here. */
final class MinAtarNames {
  private static final String PREFIX = "MinAtar/";

  private MinAtarNames() {}

  /** Whether a trace's id is a name of MinAtar's and not an id already. */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX)
        && name.equals(PREFIX + name.substring(PREFIX.length()).toLowerCase(Locale.ROOT));
  }

  /** The id of a game: {@code MinAtar/SpaceInvaders-v1}. */
  static String id(String name) {
    StringBuilder id = new StringBuilder(PREFIX);
    boolean capital = true;
    for (char letter : name.substring(PREFIX.length()).toCharArray()) {
      if (letter != '_') {
        id.append(capital ? Character.toUpperCase(letter) : letter);
      }
      capital = letter == '_';
    }
    return id.append("-v1").toString();
  }
}
