package org.bellmanrl.api.random;

import java.util.Objects;

/**
 * PCG64 (XSL-RR 128/64), which yields words of 64 bits, and of 32 by halves.
 *
 * <p>Source: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation" (2014).
 */
abstract class Pcg64 {
  /** How many longs {@link #copyState(long[])} writes. */
  public static final int STATE_LENGTH = 6;

  private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
  private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;

  /** The lower 32 bits of a word. */
  static final long WORD_MASK = 0xffff_ffffL;

  private long stateHigh;
  private long stateLow;
  private long incrementHigh;
  private long incrementLow;
  private boolean hasHalf;
  private int half;

  Pcg64(SeedSequence seeds) {
    seed(seeds);
  }

  Pcg64(Pcg64 original) {
    stateHigh = original.stateHigh;
    stateLow = original.stateLow;
    incrementHigh = original.incrementHigh;
    incrementLow = original.incrementLow;
    hasHalf = original.hasHalf;
    half = original.half;
  }

  final void seed(SeedSequence seeds) {
    long[] words = seeds.generateState64(4);
    incrementHigh = (words[2] << 1) | (words[3] >>> 63);
    incrementLow = (words[3] << 1) | 1;
    // A step from zero is the increment itself.
    long low = incrementLow + words[1];
    stateHigh = incrementHigh + words[0] + carry(low, words[1]);
    stateLow = low;
    hasHalf = false;
    half = 0;
    next64();
  }

  /**
   * Draws a 64-bit word, NumPy's {@code bit_generator.random_raw()}.
   *
   * @return any long, to be read as unsigned
   */
  public final long next64() {
    long low = stateLow;
    long product = low * MULTIPLIER_LOW;
    long high =
        Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW)
            + low * MULTIPLIER_HIGH
            + stateHigh * MULTIPLIER_LOW;
    long nextLow = product + incrementLow;
    long nextHigh = high + incrementHigh + carry(nextLow, product);
    stateLow = nextLow;
    stateHigh = nextHigh;
    return Long.rotateRight(nextHigh ^ nextLow, (int) (nextHigh >>> 58));
  }

  /**
   * Draws a 32-bit word: the kept half of the last word split, or else the lower half of a new one.
   *
   * @return any int, to be read as unsigned
   */
  public final int next32() {
    if (hasHalf) {
      hasHalf = false;
      return half;
    }
    long word = next64();
    hasHalf = true;
    half = (int) (word >>> 32);
    return (int) word;
  }

  /** The carry out of an addition, from its sum and either operand. */
  private static long carry(long sum, long operand) {
    return Long.compareUnsigned(sum, operand) < 0 ? 1 : 0;
  }

  /**
   * Writes the whole state: the upper and lower 64 bits of NumPy's {@code state}, those of its
   * {@code inc}, then {@code has_uint32} (0 or 1) and {@code uinteger} (from 0 to 2^32 - 1).
   *
   * @param destination takes {@link #STATE_LENGTH} longs
   * @throws IndexOutOfBoundsException if the array is shorter
   */
  public final void copyState(long[] destination) {
    copyState(destination, 0);
  }

  /**
   * Writes the whole state as {@link #copyState(long[])} does, from an index on.
   *
   * @param destination takes {@link #STATE_LENGTH} longs
   * @param offset where the first one goes
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public final void copyState(long[] destination, int offset) {
    Objects.checkFromIndexSize(offset, STATE_LENGTH, destination.length);
    destination[offset] = stateHigh;
    destination[offset + 1] = stateLow;
    destination[offset + 2] = incrementHigh;
    destination[offset + 3] = incrementLow;
    destination[offset + 4] = hasHalf ? 1 : 0;
    destination[offset + 5] = Integer.toUnsignedLong(half);
  }

  /**
   * Takes over a whole state as {@link #copyState(long[])} writes it.
   *
   * @param source holds {@link #STATE_LENGTH} longs
   * @throws IndexOutOfBoundsException if the array is shorter
   * @throws IllegalArgumentException if this is no state; the stream has not changed then
   */
  public final void restoreState(long[] source) {
    restoreState(source, 0);
  }

  /**
   * Takes over a whole state as {@link #copyState(long[], int)} writes it.
   *
   * @param source holds {@link #STATE_LENGTH} longs
   * @param offset where the first one is
   * @throws IndexOutOfBoundsException if the array is too short
   * @throws IllegalArgumentException if this is no state; the stream has not changed then
   */
  public final void restoreState(long[] source, int offset) {
    checkState(source, offset);
    stateHigh = source[offset];
    stateLow = source[offset + 1];
    incrementHigh = source[offset + 2];
    incrementLow = source[offset + 3];
    hasHalf = source[offset + 4] == 1;
    half = (int) source[offset + 5];
  }

  private static void checkState(long[] source, int offset) {
    Objects.checkFromIndexSize(offset, STATE_LENGTH, source.length);
    long increment = source[offset + 3];
    if ((increment & 1) == 0) {
      throw new IllegalArgumentException(
          "source["
              + (offset + 3)
              + "] must be odd (the increment's lower half), was "
              + Long.toUnsignedString(increment));
    }
    long flag = source[offset + 4];
    if (flag != 0 && flag != 1) {
      throw new IllegalArgumentException(
          "source[" + (offset + 4) + "] must be 0 or 1 (has_uint32), was " + flag);
    }
    long kept = source[offset + 5];
    if ((kept & ~WORD_MASK) != 0) {
      throw new IllegalArgumentException(
          "source[" + (offset + 5) + "] must be in [0, 4294967295] (uinteger), was " + kept);
    }
  }
}
