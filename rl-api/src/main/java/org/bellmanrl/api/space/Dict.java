package org.bellmanrl.api.space;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several spaces at once, by name, in the order of their names.
 *
 * @param spaces the parts; names are not empty and hold no {@code '/'}
 */
public record Dict(SortedMap<String, Space> spaces) implements Space {
  /** A Dict without parts: the layout of a policy that adds no columns. */
  public static final Dict EMPTY = new Dict(new TreeMap<>());

  public Dict {
    for (String name : spaces.keySet()) {
      if (name.isEmpty() || name.contains("/")) {
        throw new IllegalArgumentException(
            "a part of a Dict space needs a name without '/', was '" + name + "'");
      }
    }
    spaces = Collections.unmodifiableSortedMap(new TreeMap<>(spaces));
  }

  /** Several spaces at once, by name. */
  public static Dict of(Map<String, Space> spaces) {
    return new Dict(new TreeMap<>(spaces));
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public String toString() {
    return "Dict" + spaces;
  }
}
