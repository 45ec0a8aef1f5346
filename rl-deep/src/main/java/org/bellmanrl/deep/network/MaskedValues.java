package org.bellmanrl.deep.network;

/**
 * Reads numbers of which a mask allows some only, such as the values of actions.
 *
 * <p>Masks are laid out as {@link org.bellmanrl.api.Observations#mask} and {@code
 * ReplayBatch.nextMask} have them; an empty one allows everything.
 */
public final class MaskedValues {
  private MaskedValues() {}

  /**
   * Returns the index of the largest allowed number, the first of several.
   *
   * @param values holds the numbers, from {@code at} on
   * @param count how many there are, at least 1
   * @param mask says which are allowed, from {@code maskAt} on; empty if all are
   * @return an index from 0 to {@code count - 1}; −1 if the mask allows none
   */
  public static int argmax(float[] values, int at, int count, boolean[] mask, int maskAt) {
    int best = -1;
    for (int i = 0; i < count; i++) {
      if ((mask.length == 0 || mask[maskAt + i])
          && (best < 0 || values[at + i] > values[at + best])) {
        best = i;
      }
    }
    return best;
  }
}
