package org.bellmanrl.api.random;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;

/**
 * Choosing indices, as NumPy's {@code choice} does.
 *
 * <p>Source: J. Bentley and R. Floyd, "Programming Pearls: A Sample of Brilliance" (1987).
 */
final class Choice {
  /** How far from 1 the sum of given probabilities may be: the root of the double's epsilon. */
  private static final double SUM_TOLERANCE = 0x1.0p-26;

  /** Up to this size a population is sampled by Floyd's method, however many are taken. */
  private static final int FLOYD_POPULATION = 10_000;

  private Choice() {}

  /** Chooses an index with given chances. */
  static int index(RandomStream random, double[] probabilities) {
    double total = checkedSum(probabilities);
    return normalisedSearch(probabilities, total, random.random());
  }

  private static int normalisedSearch(double[] weights, double total, double u) {
    double sum = 0;
    int last = weights.length - 1;
    for (int i = 0; i < last; i++) {
      sum += weights[i];
      if (sum / total > u) {
        return i;
      }
    }
    // The last normalised sum is 1, above any u.
    return last;
  }

  private static double checkedSum(double[] probabilities) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0)) {
        throw new IllegalArgumentException(
            "probabilities[" + i + "] must be at least 0, was " + probabilities[i]);
      }
      sum += probabilities[i];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "the sum of probabilities must be 1 within " + SUM_TOLERANCE + ", was " + sum);
    }
    return sum;
  }

  /** Chooses different indices with equal chances. */
  static int[] distinct(RandomStream random, int size, int count, boolean inRandomOrder) {
    Require.atLeast("size", size, 0);
    checkCount(count, size);
    // Which of the two methods runs decides the draws, so the thresholds are NumPy's.
    if (size > FLOYD_POPULATION && count > size / (inRandomOrder ? 50 : 20)) {
      return shuffledTail(random, size, count);
    }
    int[] chosen = floydSample(random, size, count);
    if (inRandomOrder) {
      shuffleByLemire(random, chosen, 1);
    }
    return chosen;
  }

  private static int[] shuffledTail(RandomStream random, int size, int count) {
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = i;
    }
    shuffleByLemire(random, all, Math.max(size - count, 1));
    return Arrays.copyOfRange(all, size - count, size);
  }

  /** Settles the places from the last one down to {@code first}. */
  private static void shuffleByLemire(RandomStream random, int[] values, int first) {
    for (int i = values.length - 1; i >= first; i--) {
      int j = BoundedIntegers.of32Bits(random, i);
      int value = values[j];
      values[j] = values[i];
      values[i] = value;
    }
  }

  private static int[] floydSample(RandomStream random, int size, int count) {
    int[] chosen = new int[count];
    // Open addressing at a load of at most a half; a slot holds a value plus 1, so 0 is empty.
    int[] slots = new int[Math.max(2, Integer.highestOneBit(count) * 4)];
    for (int i = 0; i < count; i++) {
      int newest = size - count + i;
      int value = BoundedIntegers.of32Bits(random, newest);
      if (!added(slots, value)) {
        value = newest;
        added(slots, value);
      }
      chosen[i] = value;
    }
    return chosen;
  }

  private static boolean added(int[] slots, int value) {
    int mask = slots.length - 1;
    int slot = value & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == value + 1) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = value + 1;
    return true;
  }

  /** Chooses different indices with given chances. */
  static int[] distinct(RandomStream random, double[] probabilities, int count) {
    double total = checkedSum(probabilities);
    int possible = 0;
    for (double probability : probabilities) {
      if (probability > 0) {
        possible++;
      }
    }
    checkCount(count, possible);
    double[] weights = probabilities.clone();
    int[] chosen = new int[count];
    int taken = 0;
    while (taken < count) {
      // Each round draws for all open places; an index that comes up twice leaves a place open.
      int before = taken;
      for (int open = count - before; open > 0; open--) {
        int index = normalisedSearch(weights, total, random.random());
        if (!contains(chosen, before, taken, index)) {
          chosen[taken++] = index;
        }
      }
      for (int i = before; i < taken; i++) {
        weights[chosen[i]] = 0;
      }
      total = 0;
      for (double weight : weights) {
        total += weight;
      }
    }
    return chosen;
  }

  private static boolean contains(int[] values, int from, int to, int value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  private static void checkCount(int count, int possible) {
    if (count < 0 || count > possible) {
      throw new IllegalArgumentException(
          "count must be in [0, " + possible + "] without replacement, was " + count);
    }
  }
}
