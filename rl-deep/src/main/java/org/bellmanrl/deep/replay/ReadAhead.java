package org.bellmanrl.deep.replay;

/**
 * Reads scattered places before they are needed, in loops so short that the memory answers to many
 * of them at a time. What comes after finds them in the nearest cache; without that, the processor
 * looks only a few places ahead, because it has too much to do for each.
 */
final class ReadAhead {
  /** Keeps HotSpot from leaving out reads whose results nobody uses. */
  private float unusedSum;

  private int unusedIntSum;

  /** Reads the first and the last of {@code length} numbers at each place, counted in lengths. */
  void read(float[] from, int[] places, int length) {
    float sum = 0f;
    for (int i = 0; i < places.length; i++) {
      int at = places[i] * length;
      sum += from[at] + from[at + length - 1];
    }
    unusedSum = sum;
  }

  /** As above. */
  void read(int[] from, int[] places, int length) {
    int sum = 0;
    for (int i = 0; i < places.length; i++) {
      int at = places[i] * length;
      sum += from[at] + from[at + length - 1];
    }
    unusedIntSum = sum;
  }
}
