package org.bellmanrl.api.random;

import java.util.Arrays;

/**
 * Integers below a bound, each as likely, from the words of a generator.
 *
 * <p>Source: D. Lemire, "Fast Random Integer Generation in an Interval" (2019).
 */
final class BoundedIntegers {
  private BoundedIntegers() {}

  /** Lemire's method on 32-bit words; {@code max} is unsigned and inclusive. */
  static int of32Bits(Pcg64 words, int max) {
    if (max == 0) {
      return 0;
    }
    int word = words.next32();
    if (max == -1) {
      return word;
    }
    long outcomes = Integer.toUnsignedLong(max) + 1;
    long product = (word & Pcg64.WORD_MASK) * outcomes;
    if ((product & Pcg64.WORD_MASK) < outcomes) {
      product = unbiased(words, product, outcomes);
    }
    return (int) (product >>> 32);
  }

  private static long unbiased(Pcg64 words, long biased, long outcomes) {
    long product = biased;
    long threshold = (Pcg64.WORD_MASK + 1 - outcomes) % outcomes;
    while ((product & Pcg64.WORD_MASK) < threshold) {
      product = (words.next32() & Pcg64.WORD_MASK) * outcomes;
    }
    return product;
  }

  /** Lemire's method on 64-bit words; {@code max} is unsigned, inclusive and above 2^32 - 1. */
  static long of64Bits(Pcg64 words, long max) {
    long word = words.next64();
    if (max == -1) {
      return word;
    }
    long outcomes = max + 1;
    if (Long.compareUnsigned(word * outcomes, outcomes) < 0) {
      long threshold = Long.remainderUnsigned(-outcomes, outcomes);
      while (Long.compareUnsigned(word * outcomes, threshold) < 0) {
        word = words.next64();
      }
    }
    return Math.unsignedMultiplyHigh(word, outcomes);
  }

  /** Masked rejection, as NumPy's shuffles have it; {@code max} is inclusive and at least 1. */
  static int masked(Pcg64 words, int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value = words.next32() & mask;
    while (value > max) {
      value = words.next32() & mask;
    }
    return value;
  }

  /** Lemire's method on bytes, four from each 32-bit word, from {@code low} on. */
  static void fillBytes(Pcg64 words, byte[] destination, int from, int to, int low, int outcomes) {
    if (outcomes == 1) {
      Arrays.fill(destination, from, to, (byte) low);
      return;
    }
    int threshold = (256 - outcomes) % outcomes;
    int word = 0;
    int left = 0;
    for (int i = from; i < to; i++) {
      int product;
      do {
        if (left == 0) {
          word = words.next32();
          left = 4;
        }
        product = (word & 0xff) * outcomes;
        word >>>= 8;
        left--;
      } while ((product & 0xff) < threshold);
      destination[i] = (byte) (low + (product >>> 8));
    }
  }
}
