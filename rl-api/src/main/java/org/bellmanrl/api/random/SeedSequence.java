package org.bellmanrl.api.random;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Turns a seed and a key into well-mixed words for the state of a generator, as NumPy's {@code
 * SeedSequence(entropy, spawn_key=...)} with its default pool of four words.
 *
 * <p>The entropy is hashed into a pool of 128 bits in which every input bit reaches every word; the
 * pool is then hashed into as many output words as asked for. Two sequences with the same entropy
 * and different spawn keys give streams that are independent for all practical purposes.
 *
 * <p>Source: M. E. O'Neill, "Developing a seed_seq Alternative" (2015), with the constants and the
 * order of words of NumPy 2.x.
 *
 * <p>All methods but {@link #spawn(int)} are pure. Not safe for use by several threads while one of
 * them spawns.
 */
public final class SeedSequence {
  private static final int POOL_SIZE = 4;
  private static final int WORD_BITS = 32;

  private static final int HASH_INITIAL = 0x43b0d7e5;
  private static final int HASH_MULTIPLIER = 0x931e8875;
  private static final int OUTPUT_INITIAL = 0x8b51f9dd;
  private static final int OUTPUT_MULTIPLIER = 0x58f38ded;
  private static final int MIX_LEFT = 0xca01f9dd;
  private static final int MIX_RIGHT = 0x4973f715;

  private final int[] entropy;
  private final int[] spawnKey;
  private final int[] pool;
  private int childrenSpawned;

  /**
   * Makes the sequence of a seed.
   *
   * @param entropy the seed, at least 0
   * @param spawnKey where the sequence stands in a tree of sequences; each entry at least 0
   * @throws IllegalArgumentException if the seed or a key is negative
   */
  public SeedSequence(long entropy, int... spawnKey) {
    this(wordsOf(entropy), spawnKey.clone());
  }

  /**
   * Makes the sequence of a seed of any size.
   *
   * @param entropy the seed, at least 0
   * @param spawnKey where the sequence stands in a tree of sequences; each entry at least 0
   * @throws IllegalArgumentException if the seed or a key is negative
   */
  public SeedSequence(BigInteger entropy, int... spawnKey) {
    this(wordsOf(entropy), spawnKey.clone());
  }

  private SeedSequence(int[] entropy, int[] spawnKey) {
    for (int i = 0; i < spawnKey.length; i++) {
      if (spawnKey[i] < 0) {
        throw new IllegalArgumentException(
            "spawnKey[" + i + "] must be at least 0, was " + spawnKey[i]);
      }
    }
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    this.pool = mixedPool(assembled(entropy, spawnKey));
  }

  /**
   * Makes the sequence of a list of unsigned 32-bit words, as NumPy's {@code SeedSequence([w0, w1,
   * ...])}.
   *
   * @param words the entropy, at least one word, taken as unsigned
   * @param spawnKey where the sequence stands in a tree of sequences; each entry at least 0
   * @return the sequence
   * @throws IllegalArgumentException if there is no word or a key is negative
   */
  public static SeedSequence ofWords(int[] words, int... spawnKey) {
    if (words.length == 0) {
      throw new IllegalArgumentException("words must hold at least one word, was empty");
    }
    return new SeedSequence(words.clone(), spawnKey.clone());
  }

  /**
   * Returns the first words of the state, as NumPy's {@code generate_state(count)}.
   *
   * @param count how many words, at least 0
   * @return {@code count} words to be read as unsigned 32-bit integers
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public int[] generateState(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, was " + count);
    }
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
   * @param count how many double words, from 0 to 2^30 - 1
   * @return {@code count} words to be read as unsigned 64-bit integers
   * @throws IllegalArgumentException if {@code count} is out of range
   */
  public long[] generateState64(int count) {
    if (count < 0 || count > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "count must be in [0, " + Integer.MAX_VALUE / 2 + "], was " + count);
    }
    int[] words = generateState(2 * count);
    long[] pairs = new long[count];
    for (int i = 0; i < count; i++) {
      pairs[i] = ((long) words[2 * i + 1] << WORD_BITS) | Integer.toUnsignedLong(words[2 * i]);
    }
    return pairs;
  }

  /**
   * Returns the sequence further down the tree: the same entropy, and this spawn key with {@code
   * key} appended. Does not count as spawning.
   *
   * @param key at least one entry, each at least 0
   * @return the child
   * @throws IllegalArgumentException if the key is empty or an entry is negative
   */
  public SeedSequence child(int... key) {
    if (key.length == 0) {
      throw new IllegalArgumentException("key must hold at least one entry, was empty");
    }
    return new SeedSequence(entropy, concatenated(spawnKey, key));
  }

  /**
   * Returns the next children, as NumPy's {@code spawn(count)}: a second call goes on where the
   * first one ended.
   *
   * @param count how many, at least 0
   * @return the children, with keys that count up by one
   * @throws IllegalArgumentException if {@code count} is negative or the keys run out of ints
   */
  public SeedSequence[] spawn(int count) {
    if (count < 0 || count > Integer.MAX_VALUE - childrenSpawned) {
      throw new IllegalArgumentException(
          "count must be in [0, "
              + (Integer.MAX_VALUE - childrenSpawned)
              + "] after "
              + childrenSpawned
              + " children, was "
              + count);
    }
    SeedSequence[] children = new SeedSequence[count];
    for (int i = 0; i < count; i++) {
      children[i] = child(childrenSpawned + i);
    }
    childrenSpawned += count;
    return children;
  }

  /**
   * Returns the entropy as one number.
   *
   * @return the seed, at least 0
   */
  public BigInteger entropy() {
    BigInteger value = BigInteger.ZERO;
    for (int i = entropy.length - 1; i >= 0; i--) {
      value = value.shiftLeft(WORD_BITS).or(BigInteger.valueOf(Integer.toUnsignedLong(entropy[i])));
    }
    return value;
  }

  /**
   * Returns the spawn key.
   *
   * @return a copy, empty for the root of a tree
   */
  public int[] spawnKey() {
    return spawnKey.clone();
  }

  @Override
  public String toString() {
    return "SeedSequence(entropy=" + entropy() + ", spawnKey=" + Arrays.toString(spawnKey) + ")";
  }

  private static int[] wordsOf(long seed) {
    if (seed < 0) {
      throw new IllegalArgumentException(
          "entropy must be at least 0, was "
              + seed
              + "; pass a BigInteger for a seed of 64 bits or more");
    }
    int low = (int) seed;
    int high = (int) (seed >>> WORD_BITS);
    return high == 0 ? new int[] {low} : new int[] {low, high};
  }

  private static int[] wordsOf(BigInteger seed) {
    if (seed.signum() < 0) {
      throw new IllegalArgumentException("entropy must be at least 0, was " + seed);
    }
    int[] words = new int[Math.max(1, (seed.bitLength() + WORD_BITS - 1) / WORD_BITS)];
    for (int i = 0; i < words.length; i++) {
      words[i] = seed.shiftRight(i * WORD_BITS).intValue();
    }
    return words;
  }

  /**
   * With a key, short entropy is padded to the pool's size, so that no key can look like entropy.
   */
  private static int[] assembled(int[] entropy, int[] spawnKey) {
    boolean pad = spawnKey.length > 0 && entropy.length < POOL_SIZE;
    return concatenated(pad ? Arrays.copyOf(entropy, POOL_SIZE) : entropy, spawnKey);
  }

  private static int[] concatenated(int[] head, int[] tail) {
    int[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
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
