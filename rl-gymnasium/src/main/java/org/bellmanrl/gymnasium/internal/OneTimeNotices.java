package org.bellmanrl.gymnasium.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says things on the standard error stream, each of them once. Thread-safe. */
public final class OneTimeNotices {
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /** Nothing has been said yet. */
  public OneTimeNotices() {}

  void say(String line) {
    if (said.add(line)) {
      System.err.println(line);
    }
  }
}
