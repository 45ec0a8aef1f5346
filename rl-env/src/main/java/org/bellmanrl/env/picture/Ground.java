package org.bellmanrl.env.picture;

/** What a {@link Stage} stands on, and what is above it. */
public enum Ground {
  /** Grass with daisies under a blue sky with clouds, and hills far away. */
  MEADOW,
  /** A floor of squares of one metre in a bright room. */
  FLOOR
}
