package org.bellmanrl.api.random;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;

/**
 * Turns a seed and a key into well-mixed words for the state of a generator, as NumPy's {@code
 * SeedSequence(entropy, spawn_key=...)} with its default pool of four words.
 *
 * <p>The entropy is hashed into a pool of 128 bits in which every input bit reaches every word; the
 * pool is then hashed into the requested number of output words. Two sequences with the same
 * entropy and different spawn keys give streams that are independent for all practical purposes.
 *
 * <p>Source: M. E. O'Neill, "Developing a seed_seq Alternative" (2015), with the constants and the
 * order of words of NumPy 2.x.
 *
 * <p>Immutable.
 */
final class SeedSequence {
  private static final int POOL_SIZE = 4;
  private static final int WORD_BITS = 32;

  private static final int HASH_INITIAL = 0x43b0d7e5;
  private static final int HASH_MULTIPLIER = 0x931e8875;
  private static final int OUTPUT_INITIAL = 0x8b51f9dd;
  private static final int OUTPUT_MULTIPLIER = 0x58f38ded;
  private static final int MIX_LEFT = 0xca01f9dd;
  private static final int MIX_RIGHT = 0x4973f715;

  private final int[] pool;

  /**
   * Makes the sequence of a seed.
   *
   * @param entropy the seed, at least 0
   * @param spawnKey where the sequence stands in a tree of sequences; each entry at least 0
   * @throws IllegalArgumentException if the seed or a key is negative
   */
  SeedSequence(long entropy, int... spawnKey) {
    this(wordsOf(entropy), spawnKey);
  }

  /**
   * Makes the sequence of a seed of any size.
   *
   * @param entropy the seed in words of 32 bits, the lowest first; at least one
   * @param spawnKey where the sequence stands in a tree of sequences; each entry at least 0
   * @throws IllegalArgumentException if a key is negative
   */
  SeedSequence(int[] entropy, int[] spawnKey) {
    for (int i = 0; i < spawnKey.length; i++) {
      if (spawnKey[i] < 0) {
        throw new IllegalArgumentException(
            "spawnKey[" + i + "] must be at least 0, was " + spawnKey[i]);
      }
    }
    this.pool = mixedPool(assembled(entropy, spawnKey));
  }

  /**
   * Returns the first words of the state, as NumPy's {@code generate_state(count)}.
   *
   * @return {@code count} words to be read as unsigned 32-bit integers
   */
  int[] generateState(int count) {
    int[] words = new int[count];
    int hash = OUTPUT_INITIAL;
    for (int i = 0; i < count; i++) {
      int word = pool[i % POOL_SIZE] ^ hash;
      hash *= OUTPUT_MULTIPLIER;
      word *= hash;
      words[i] = word ^ (word >>> 16);
    }
    return words;
  }

  /**
   * Returns the first double words of the state, as NumPy's {@code generate_state(count,
   * dtype=uint64)}: pairs of 32-bit words, the lower half first.
   *
   * @return {@code count} words to be read as unsigned 64-bit integers
   */
  long[] generateState64(int count) {
    int[] words = generateState(2 * count);
    long[] pairs = new long[count];
    for (int i = 0; i < count; i++) {
      pairs[i] = ((long) words[2 * i + 1] << WORD_BITS) | Integer.toUnsignedLong(words[2 * i]);
    }
    return pairs;
  }

  private static int[] wordsOf(long seed) {
    Require.atLeast("a seed", seed, 0);
    int low = (int) seed;
    int high = (int) (seed >>> WORD_BITS);
    return high == 0 ? new int[] {low} : new int[] {low, high};
  }

  /**
   * With a key, short entropy is padded to the pool's size, so that no key can look like entropy.
   */
  private static int[] assembled(int[] entropy, int[] spawnKey) {
    int head = spawnKey.length == 0 ? entropy.length : Math.max(entropy.length, POOL_SIZE);
    int[] all = Arrays.copyOf(entropy, head + spawnKey.length);
    System.arraycopy(spawnKey, 0, all, head, spawnKey.length);
    return all;
  }

  private static int[] mixedPool(int[] words) {
    int[] pool = new int[POOL_SIZE];
    int hash = HASH_INITIAL;
    for (int i = 0; i < POOL_SIZE; i++) {
      int next = hash * HASH_MULTIPLIER;
      pool[i] = hashed(i < words.length ? words[i] : 0, hash, next);
      hash = next;
    }
    for (int from = 0; from < POOL_SIZE; from++) {
      for (int to = 0; to < POOL_SIZE; to++) {
        if (from != to) {
          int next = hash * HASH_MULTIPLIER;
          pool[to] = mixed(pool[to], hashed(pool[from], hash, next));
          hash = next;
        }
      }
    }
    for (int from = POOL_SIZE; from < words.length; from++) {
      for (int to = 0; to < POOL_SIZE; to++) {
        int next = hash * HASH_MULTIPLIER;
        pool[to] = mixed(pool[to], hashed(words[from], hash, next));
        hash = next;
      }
    }
    return pool;
  }

  private static int hashed(int word, int hash, int nextHash) {
    int product = (word ^ hash) * nextHash;
    return product ^ (product >>> 16);
  }

  private static int mixed(int x, int y) {
    int difference = MIX_LEFT * x - MIX_RIGHT * y;
    return difference ^ (difference >>> 16);
  }
}
