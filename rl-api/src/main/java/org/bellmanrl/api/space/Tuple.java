package org.bellmanrl.api.space;

import java.util.List;

/**
 * Several spaces at once, by position.
 *
 * @param spaces the parts, at least one
 */
public record Tuple(List<Space> spaces) implements Space {
  public Tuple {
    spaces = List.copyOf(spaces);
    if (spaces.isEmpty()) {
      throw new IllegalArgumentException("a Tuple space needs at least one part");
    }
  }

  /** Several spaces at once. */
  public static Tuple of(Space... spaces) {
    return new Tuple(List.of(spaces));
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public String toString() {
    return "Tuple" + spaces;
  }
}
