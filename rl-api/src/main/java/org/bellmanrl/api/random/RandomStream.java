package org.bellmanrl.api.random;

import java.util.Objects;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * One stream of random numbers, equal bit for bit to NumPy's {@code
 * Generator(PCG64(SeedSequence(...)))}: the same seed and the same calls in the same order give the
 * same values as in Python.
 *
 * <p>The generator is PCG64 (XSL-RR 128/64, NumPy's default). It yields 64-bit words; a 32-bit draw
 * takes the lower half of a fresh word and keeps the upper half for the next 32-bit draw, however
 * many 64-bit draws lie between the two. {@link #integers(int, int) integers} with at most 2^32
 * outcomes, {@link #randomFloat()}, the shuffles and unweighted choices draw 32 bits; all else
 * draws 64.
 *
 * <p>Filling an array equals calling the scalar method for each element in order (as it does in
 * NumPy), except for {@link #fillIntegers(byte[], int, int, int, int)}.
 *
 * <p>In two places NumPy calls the C library where this class calls {@link StrictMath}: {@code
 * log1p} in the tails of the normal and exponential distributions, where values may differ by one
 * unit in the last place, and {@code exp} in accepting about one draw in a hundred near a layer's
 * edge, where a difference in the last bit would have to decide a comparison. {@code StrictMath}
 * makes the stream the same on every machine.
 *
 * <p>Scalar draws and fills allocate nothing; methods that return an array allocate that array and,
 * where they say so, scratch space. Not safe for use by several threads at once.
 *
 * <p>Sources: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation" (2014); D. Lemire, "Fast Random Integer Generation in an
 * Interval" (2019); G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random
 * Variables" (2000); J. Bentley and R. Floyd, "Programming Pearls: A Sample of Brilliance" (1987);
 * the order of draws is NumPy 2.x's.
 */
public final class RandomStream extends Pcg64 implements Stateful {
  private static final double DOUBLE_UNIT = 0x1.0p-53;
  private static final float FLOAT_UNIT = 0x1.0p-24f;

  /** From here on, geometric draws count trials; below, they invert the distribution function. */
  private static final double GEOMETRIC_SEARCH = 1.0 / 3.0;

  /**
   * Up to this many cumulative sums are all compared; longer rows are searched to the first hit.
   */
  private static final int SHORT_ROW = 8;

  private RandomStream(SeedSequence seeds) {
    super(seeds);
  }

  private RandomStream(RandomStream original) {
    super(original);
  }

  /**
   * Starts the stream of a seed: NumPy's {@code default_rng(seed)}, Gymnasium's after {@code
   * reset(seed=seed)}; with a spawn key, NumPy's {@code Generator(PCG64(SeedSequence(seed,
   * spawn_key=spawnKey)))}.
   *
   * @param seed the seed, at least 0
   * @param spawnKey tells the streams of a seed from each other; each entry at least 0
   * @return the stream
   * @throws IllegalArgumentException if the seed or an entry of the key is negative
   */
  public static RandomStream ofSeed(long seed, int... spawnKey) {
    return new RandomStream(new SeedSequence(seed, spawnKey));
  }

  /**
   * Restarts this stream, as if it had just been made by {@link #ofSeed}.
   *
   * @param seed the seed, at least 0
   * @param spawnKey tells the streams of a seed from each other; each entry at least 0
   * @throws IllegalArgumentException if the seed or an entry of the key is negative
   */
  public void reseed(long seed, int... spawnKey) {
    seed(new SeedSequence(seed, spawnKey));
  }

  // Reals

  /**
   * Draws a real number from [0, 1), NumPy's {@code random()}.
   *
   * @return a multiple of 2^-53
   */
  public double random() {
    return (next64() >>> 11) * DOUBLE_UNIT;
  }

  /**
   * Draws a float from [0, 1) with 32 bits of the stream, NumPy's {@code random(dtype=float32)}.
   *
   * @return a multiple of 2^-24
   */
  public float randomFloat() {
    return (next32() >>> 8) * FLOAT_UNIT;
  }

  /**
   * Fills a range with {@link #random()}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillRandom(double[] destination, int from, int to) {
    Objects.checkFromToIndex(from, to, destination.length);
    for (int i = from; i < to; i++) {
      destination[i] = random();
    }
  }

  /**
   * Fills a range with {@link #randomFloat()}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillRandom(float[] destination, int from, int to) {
    Objects.checkFromToIndex(from, to, destination.length);
    for (int i = from; i < to; i++) {
      destination[i] = randomFloat();
    }
  }

  /**
   * Draws from the uniform distribution over [low, high), NumPy's {@code uniform(low, high)}.
   *
   * @param low the lower end, finite
   * @param high the upper end, finite and not below {@code low}; the difference must be finite
   * @return {@code low + (high - low) * random()}, which rounding can make equal to {@code high}
   * @throws IllegalArgumentException if the range is none
   */
  public double uniform(double low, double high) {
    double range = high - low;
    if (!(range >= 0 && range <= Double.MAX_VALUE)) {
      throw badUniform(low, high);
    }
    return low + range * random();
  }

  /**
   * Fills a range with {@link #uniform(double, double)}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @param low the lower end, finite
   * @param high the upper end, finite and not below {@code low}
   * @throws IllegalArgumentException if the range of values is none
   * @throws IndexOutOfBoundsException if the range of indices is not within the array
   */
  public void fillUniform(double[] destination, int from, int to, double low, double high) {
    Objects.checkFromToIndex(from, to, destination.length);
    for (int i = from; i < to; i++) {
      destination[i] = uniform(low, high);
    }
  }

  /**
   * Draws one value per pair of bounds, NumPy's {@code uniform(low=[...], high=[...])}.
   *
   * @param destination takes the values
   * @param low the lower ends, as many as values
   * @param high the upper ends, as many as values
   * @throws IllegalArgumentException if the lengths differ or a pair is no range
   */
  public void fillUniform(double[] destination, double[] low, double[] high) {
    if (low.length != destination.length || high.length != destination.length) {
      throw new IllegalArgumentException(
          "low and high must have the destination's length "
              + destination.length
              + ", were "
              + low.length
              + " and "
              + high.length);
    }
    for (int i = 0; i < destination.length; i++) {
      destination[i] = uniform(low[i], high[i]);
    }
  }

  private static IllegalArgumentException badUniform(double low, double high) {
    return new IllegalArgumentException(
        "high must be in [low, low + Double.MAX_VALUE] and both finite, were low = "
            + low
            + " and high = "
            + high);
  }

  /**
   * Draws a yes or no with one {@link #random()}.
   *
   * @param probability the chance of yes, in [0, 1]
   * @return whether the draw was below {@code probability}
   * @throws IllegalArgumentException if the probability is out of range
   */
  public boolean bernoulli(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
    }
    return random() < probability;
  }

  // Integers

  /**
   * Draws an integer from [0, bound), NumPy's {@code integers(bound)}.
   *
   * @param bound the number of outcomes, at least 1; no word is drawn if it is 1
   * @return the integer
   * @throws IllegalArgumentException if the bound is below 1
   */
  public int integers(int bound) {
    Require.atLeast("bound", bound, 1);
    return BoundedIntegers.of32Bits(this, bound - 1);
  }

  /**
   * Draws an integer from [low, high), NumPy's {@code integers(low, high)}.
   *
   * @param low the smallest outcome
   * @param high one above the largest outcome
   * @return the integer
   * @throws IllegalArgumentException if {@code high} is not above {@code low}
   */
  public int integers(int low, int high) {
    if (high <= low) {
      throw badIntegers(low, high);
    }
    return low + BoundedIntegers.of32Bits(this, high - low - 1);
  }

  /**
   * Draws an integer from [low, high), NumPy's {@code integers(low, high)}. Equal to the method
   * with ints wherever both apply.
   *
   * @param low the smallest outcome
   * @param high one above the largest outcome
   * @return the integer
   * @throws IllegalArgumentException if {@code high} is not above {@code low}
   */
  public long integers(long low, long high) {
    if (high <= low) {
      throw badIntegers(low, high);
    }
    return low + bounded(high - low - 1);
  }

  /**
   * Draws an integer from [low, high], NumPy's {@code integers(low, high, endpoint=True)}; the only
   * way to reach {@link Long#MAX_VALUE}.
   *
   * @param low the smallest outcome
   * @param high the largest outcome
   * @return the integer
   * @throws IllegalArgumentException if {@code high} is below {@code low}
   */
  public long integersClosed(long low, long high) {
    if (high < low) {
      throw new IllegalArgumentException("high must be at least low = " + low + ", was " + high);
    }
    return low + bounded(high - low);
  }

  /**
   * Draws an unsigned integer from [0, max], NumPy's {@code integers(0, max, endpoint=True,
   * dtype=uint64)}: with 32-bit words up to 2^32 - 1 and with 64-bit words above; none is drawn for
   * 0.
   *
   * @param max the largest outcome, read as unsigned; -1 is 2^64 - 1
   * @return the integer, to be read as unsigned
   */
  public long bounded(long max) {
    if ((max & ~WORD_MASK) == 0) {
      return Integer.toUnsignedLong(BoundedIntegers.of32Bits(this, (int) max));
    }
    return BoundedIntegers.of64Bits(this, max);
  }

  /**
   * Fills a range with {@link #integers(int, int)}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @param low the smallest outcome
   * @param high one above the largest outcome
   * @throws IllegalArgumentException if {@code high} is not above {@code low}
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillIntegers(int[] destination, int from, int to, int low, int high) {
    Objects.checkFromToIndex(from, to, destination.length);
    if (high <= low) {
      throw badIntegers(low, high);
    }
    for (int i = from; i < to; i++) {
      destination[i] = low + BoundedIntegers.of32Bits(this, high - low - 1);
    }
  }

  /**
   * Fills a range with {@link #integers(long, long)}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @param low the smallest outcome
   * @param high one above the largest outcome
   * @throws IllegalArgumentException if {@code high} is not above {@code low}
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillIntegers(long[] destination, int from, int to, long low, long high) {
    Objects.checkFromToIndex(from, to, destination.length);
    if (high <= low) {
      throw badIntegers(low, high);
    }
    for (int i = from; i < to; i++) {
      destination[i] = low + bounded(high - low - 1);
    }
  }

  /**
   * Fills a range with small integers, NumPy's {@code integers(low, high, size=to - from,
   * dtype=int8)} (or {@code uint8}, whose values the bytes then hold).
   *
   * <p>Unlike the other fills this takes 8 bits per attempt, four from each 32-bit word, lowest
   * first; what is left of the last word is dropped.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @param low the smallest outcome, at least -128
   * @param high one above the largest outcome; at most 128, or 256 if {@code low} is not negative
   * @throws IllegalArgumentException if the bounds are out of range
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillIntegers(byte[] destination, int from, int to, int low, int high) {
    Objects.checkFromToIndex(from, to, destination.length);
    int limit = low < 0 ? 128 : 256;
    if (low < -128 || high > limit) {
      throw new IllegalArgumentException(
          "low and high must be in [-128, 128] or [0, 256], were " + low + " and " + high);
    }
    if (high <= low) {
      throw badIntegers(low, high);
    }
    BoundedIntegers.fillBytes(this, destination, from, to, low, high - low);
  }

  private static IllegalArgumentException badIntegers(long low, long high) {
    return new IllegalArgumentException("high must be above low = " + low + ", was " + high);
  }

  // Normal, exponential, geometric

  /**
   * Draws from the normal distribution with mean 0 and variance 1, NumPy's {@code
   * standard_normal()}, by a ziggurat of 256 layers.
   *
   * @return the draw
   */
  public double standardNormal() {
    return Ziggurat.normal(this);
  }

  /**
   * Draws from a normal distribution, NumPy's {@code normal(mean, deviation)}.
   *
   * @param mean the mean
   * @param deviation the standard deviation, at least 0
   * @return {@code mean + deviation * standardNormal()}
   * @throws IllegalArgumentException if the deviation is negative or NaN
   */
  public double normal(double mean, double deviation) {
    if (!(deviation >= 0)) {
      throw new IllegalArgumentException("deviation must be at least 0, was " + deviation);
    }
    return mean + deviation * standardNormal();
  }

  /**
   * Fills a range with {@link #standardNormal()}.
   *
   * @param destination the array
   * @param from the first index
   * @param to the index after the last
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void fillStandardNormal(double[] destination, int from, int to) {
    Objects.checkFromToIndex(from, to, destination.length);
    for (int i = from; i < to; i++) {
      destination[i] = standardNormal();
    }
  }

  /**
   * Draws from the exponential distribution with mean 1, NumPy's {@code standard_exponential()}, by
   * a ziggurat of 256 layers.
   *
   * @return the draw, at least 0
   */
  public double standardExponential() {
    return Ziggurat.exponential(this);
  }

  /**
   * Draws from an exponential distribution, NumPy's {@code exponential(mean)}.
   *
   * @param mean the mean (NumPy's scale, one over the rate), at least 0
   * @return {@code mean * standardExponential()}
   * @throws IllegalArgumentException if the mean is negative or NaN
   */
  public double exponential(double mean) {
    if (!(mean >= 0)) {
      throw new IllegalArgumentException("mean must be at least 0, was " + mean);
    }
    return mean * standardExponential();
  }

  /**
   * Draws the number of trials up to and with the first success, NumPy's {@code
   * geometric(probability)}.
   *
   * @param probability the chance of success in each trial, in (0, 1]
   * @return at least 1; {@link Long#MAX_VALUE} stands for all that is larger
   * @throws IllegalArgumentException if the probability is out of range
   */
  public long geometric(double probability) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], was " + probability);
    }
    if (probability < GEOMETRIC_SEARCH) {
      // The cast saturates, which is what a success too rare to count asks for.
      return (long) StrictMath.ceil(-standardExponential() / StrictMath.log1p(-probability));
    }
    double failure = 1 - probability;
    double u = random();
    double term = probability;
    double sum = probability;
    long trials = 1;
    while (u > sum) {
      term *= failure;
      sum += term;
      trials++;
    }
    return trials;
  }

  // Order and choice

  /**
   * Returns the integers 0 to {@code size - 1} in random order, NumPy's {@code permutation(size)}.
   *
   * @param size how many, at least 0
   * @return a new array
   * @throws IllegalArgumentException if the size is negative
   */
  public int[] permutation(int size) {
    Require.atLeast("size", size, 0);
    int[] order = new int[size];
    permutation(order);
    return order;
  }

  /**
   * Overwrites an array with the integers from 0 in random order, NumPy's {@code
   * permutation(destination.length)}.
   *
   * @param destination the array
   */
  public void permutation(int[] destination) {
    for (int i = 0; i < destination.length; i++) {
      destination[i] = i;
    }
    shuffle(destination);
  }

  /**
   * Brings an array into random order, NumPy's {@code shuffle(values)}.
   *
   * @param values the array
   */
  public void shuffle(int[] values) {
    shuffle(values, values.length);
  }

  /**
   * Brings the beginning of an array into random order, NumPy's {@code shuffle(values[:count])}.
   *
   * @param values the array
   * @param count how many of its elements
   * @throws IndexOutOfBoundsException if {@code count} is not in [0, length]
   */
  public void shuffle(int[] values, int count) {
    Objects.checkFromIndexSize(0, count, values.length);
    for (int i = count - 1; i > 0; i--) {
      int j = BoundedIntegers.masked(this, i);
      int value = values[j];
      values[j] = values[i];
      values[i] = value;
    }
  }

  /**
   * Brings an array into random order, NumPy's {@code shuffle(values)}.
   *
   * @param values the array
   */
  public void shuffle(long[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = BoundedIntegers.masked(this, i);
      long value = values[j];
      values[j] = values[i];
      values[i] = value;
    }
  }

  /**
   * Brings an array into random order, NumPy's {@code shuffle(values)}.
   *
   * @param values the array
   */
  public void shuffle(double[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = BoundedIntegers.masked(this, i);
      double value = values[j];
      values[j] = values[i];
      values[i] = value;
    }
  }

  /**
   * Brings an array into random order, NumPy's {@code shuffle(values)}.
   *
   * @param values the array
   * @param <T> the type of its elements
   */
  public <T> void shuffle(T[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = BoundedIntegers.masked(this, i);
      T value = values[j];
      values[j] = values[i];
      values[i] = value;
    }
  }

  /**
   * Chooses an index with equal chances, NumPy's {@code choice(size)}; the same draw as {@link
   * #integers(int)}.
   *
   * @param size the number of indices, at least 1
   * @return from 0 to {@code size - 1}
   * @throws IllegalArgumentException if there is none to choose
   */
  public int choice(int size) {
    Require.atLeast("size", size, 1);
    return BoundedIntegers.of32Bits(this, size - 1);
  }

  /**
   * Chooses an index with given chances, NumPy's {@code choice(len(p), p=p)}: the first index whose
   * normalised cumulative sum is above one {@link #random()}. Runs over the array twice; {@link
   * #categorical(double[])} is Gymnasium's variant.
   *
   * @param probabilities the chances, each at least 0, with sum 1 within 2^-26
   * @return from 0 to {@code probabilities.length - 1}
   * @throws IllegalArgumentException if these are no probabilities
   */
  public int choice(double[] probabilities) {
    return Choice.index(this, probabilities);
  }

  /**
   * Chooses different indices with equal chances, in random order, NumPy's {@code choice(size,
   * count, replace=False)}. Takes scratch space.
   *
   * @param size the number of indices, at least 0
   * @param count how many to choose, from 0 to {@code size}
   * @return a new array of {@code count} different integers from [0, size)
   * @throws IllegalArgumentException if {@code size} is negative or {@code count} out of range
   */
  public int[] choiceWithoutReplacement(int size, int count) {
    return choiceWithoutReplacement(size, count, true);
  }

  /**
   * Chooses different indices with equal chances, NumPy's {@code choice(size, count, replace=False,
   * shuffle=inRandomOrder)}. Takes scratch space.
   *
   * @param size the number of indices, at least 0
   * @param count how many to choose, from 0 to {@code size}
   * @param inRandomOrder whether every order is to be as likely; if not, fewer words are drawn
   * @return a new array of {@code count} different integers from [0, size)
   * @throws IllegalArgumentException if {@code size} is negative or {@code count} out of range
   */
  public int[] choiceWithoutReplacement(int size, int count, boolean inRandomOrder) {
    return Choice.distinct(this, size, count, inRandomOrder);
  }

  /**
   * Chooses different indices with given chances, NumPy's {@code choice(len(p), count,
   * replace=False, p=p)}. Takes scratch space.
   *
   * @param probabilities the chances of the first choice, each at least 0, with sum 1 within 2^-26
   * @param count how many to choose, at most as many as there are chances above 0
   * @return a new array of {@code count} different indices
   * @throws IllegalArgumentException if these are no probabilities or {@code count} is out of range
   */
  public int[] choiceWithoutReplacement(double[] probabilities, int count) {
    return Choice.distinct(this, probabilities, count);
  }

  /**
   * Chooses an index with given chances the way Gymnasium's {@code categorical_sample} does: the
   * first index whose cumulative sum, not normalised, is above one {@link #random()}, and 0 if none
   * is (a sum that rounding left below 1).
   *
   * @param probabilities the chances, at least one; not checked
   * @return from 0 to {@code probabilities.length - 1}
   * @throws IllegalArgumentException if the array is empty
   */
  public int categorical(double[] probabilities) {
    if (probabilities.length == 0) {
      throw new IllegalArgumentException("probabilities must hold at least one entry, was empty");
    }
    double u = random();
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i];
      if (sum > u) {
        return i;
      }
    }
    return 0;
  }

  /**
   * Draws one {@link #random()} and returns where it falls among cumulative sums that were computed
   * before: {@link #categorical(double[])} for a row of a longer table.
   *
   * @param cumulative sums that do not decrease within the range
   * @param from the first index
   * @param to the index after the last, above {@code from}
   * @return the first index in [from, to) whose sum is above the draw, or {@code from} if none is
   * @throws IndexOutOfBoundsException if the range is empty or not within the array
   */
  public int firstAbove(double[] cumulative, int from, int to) {
    Objects.checkFromToIndex(from, to, cumulative.length);
    Objects.checkIndex(from, to);
    double u = random();
    int index = from;
    if (to - from <= SHORT_ROW) {
      // Counting needs no branch that cannot be predicted: 3 sums took less than half the time.
      for (int i = from; i < to; i++) {
        index += cumulative[i] <= u ? 1 : 0;
      }
    } else {
      while (index < to && cumulative[index] <= u) {
        index++;
      }
    }
    return index < to ? index : from;
  }

  // State

  /**
   * Returns a stream that will draw what this one would.
   *
   * @return a separate stream in the same state
   */
  public RandomStream copy() {
    return new RandomStream(this);
  }

  @Override
  public void carry(State state) {
    long[] words = new long[STATE_LENGTH];
    copyState(words);
    state.begin("random-stream", 1);
    state.carry("state", words);
    state.end();
    if (state.restoring()) {
      try {
        restoreState(words);
      } catch (IllegalArgumentException e) {
        throw new StateException("not the state of a random stream: " + e.getMessage(), e);
      }
    }
  }
}
