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
    for (String word : name.substring(PREFIX.length()).split("_")) {
      if (!word.isEmpty()) {
        id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
    }
    return id.append("-v1").toString();
  }
}
