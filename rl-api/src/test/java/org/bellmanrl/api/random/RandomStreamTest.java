package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the reference files do not say: state, copies, fills, errors. */
final class RandomStreamTest {
  private final RandomStream stream = RandomStream.ofSeed(5);

  @Test
  void restoreState_betweenTwoHalves_goesOnWithTheSecondHalf() {
    stream.next32();
    long[] state = new long[RandomStream.STATE_LENGTH];
    stream.copyState(state);
    RandomStream other = RandomStream.ofSeed(6);

    other.restoreState(state);

    assertSameFuture(other, stream);
  }

  @Test
  void copyState_atAnOffset_touchesItsPlacesOnly() {
    long[] words = new long[RandomStream.STATE_LENGTH + 3];
    words[0] = 11;
    words[1] = 12;
    words[words.length - 1] = 13;

    stream.copyState(words, 2);

    assertThat(words).startsWith(11, 12).endsWith(13);
    RandomStream other = RandomStream.ofSeed(6);
    other.restoreState(words, 2);
    assertSameFuture(other, stream);
  }

  @Test
  void restoreState_ofWhatIsNoState_changesNothing() {
    long[] state = new long[RandomStream.STATE_LENGTH];
    stream.copyState(state);
    RandomStream untouched = stream.copy();

    refused(() -> stream.restoreState(with(state, 3, 2)), "source[3] must be odd", "was 2");
    refused(() -> stream.restoreState(with(state, 4, 2)), "source[4] must be 0 or 1", "was 2");
    refused(() -> stream.restoreState(with(state, 5, -1)), "source[5] must be in [0,", "was -1");
    assertThatThrownBy(() -> stream.restoreState(new long[RandomStream.STATE_LENGTH - 1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> stream.copyState(state, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertSameFuture(stream, untouched);
  }

  @Test
  void copy_drawsTheSameAndApart() {
    stream.next32();
    RandomStream copy = stream.copy();
    long[] before = new long[RandomStream.STATE_LENGTH];
    stream.copyState(before);

    copy.next64();

    long[] after = new long[RandomStream.STATE_LENGTH];
    stream.copyState(after);
    assertThat(after).isEqualTo(before);
    stream.next64();
    assertSameFuture(copy, stream);
  }

  @Test
  void reseed_dropsTheKeptHalf() {
    stream.next32();

    stream.reseed(9);

    long[] state = new long[RandomStream.STATE_LENGTH];
    stream.copyState(state);
    long[] fresh = new long[RandomStream.STATE_LENGTH];
    RandomStream.ofSeed(9).copyState(fresh);
    assertThat(state).isEqualTo(fresh);
  }

  @Test
  void fills_equalScalarDrawsWithinTheirRangeOnly() {
    RandomStream scalar = stream.copy();
    double[] doubles = {-1, -1, -1, -1};
    float[] floats = {-1, -1, -1, -1};
    int[] ints = {-9, -9, -9, -9};
    long[] longs = {-9, -9, -9, -9};

    stream.fillRandom(doubles, 1, 3);
    assertThat(doubles).containsExactly(-1, scalar.random(), scalar.random(), -1);
    stream.fillRandom(floats, 1, 3);
    assertThat(floats).containsExactly(-1, scalar.randomFloat(), scalar.randomFloat(), -1);
    stream.fillUniform(doubles, 1, 3, 2, 3);
    assertThat(doubles).containsExactly(-1, scalar.uniform(2, 3), scalar.uniform(2, 3), -1);
    stream.fillStandardNormal(doubles, 1, 3);
    assertThat(doubles).containsExactly(-1, scalar.standardNormal(), scalar.standardNormal(), -1);
    stream.fillIntegers(ints, 1, 3, -5, 5);
    assertThat(ints).containsExactly(-9, scalar.integers(-5, 5), scalar.integers(-5, 5), -9);
    stream.fillIntegers(longs, 1, 3, -5, 1L << 40);
    assertThat(longs)
        .containsExactly(-9, scalar.integers(-5, 1L << 40), scalar.integers(-5, 1L << 40), -9);
    assertSameFuture(stream, scalar);
  }

  @Test
  void fills_outsideTheArray_areRefused() {
    assertThatThrownBy(() -> stream.fillRandom(new double[3], 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> stream.fillIntegers(new byte[3], -1, 2, 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> stream.firstAbove(new double[3], 1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void oneOutcome_drawsNoWord() {
    RandomStream untouched = stream.copy();
    byte[] bytes = new byte[3];

    assertThat(stream.integers(1)).isZero();
    assertThat(stream.integers(7, 8)).isEqualTo(7);
    assertThat(stream.integers(7L, 8L)).isEqualTo(7);
    assertThat(stream.integersClosed(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(stream.choice(1)).isZero();
    stream.fillIntegers(bytes, 0, 3, 200, 201);

    assertThat(bytes).containsOnly((byte) 200);
    assertSameFuture(stream, untouched);
  }

  @Test
  void bounded_toTheLargestUnsigned_isTheWord() {
    RandomStream words = stream.copy();

    assertThat(stream.bounded(-1)).isEqualTo(words.next64());
    assertThat(stream.bounded(0xffff_ffffL)).isEqualTo(Integer.toUnsignedLong(words.next32()));
  }

  @Test
  void bernoulli_comparesWithOneRandom() {
    RandomStream reals = stream.copy();
    double next = reals.copy().random();

    assertThat(stream.copy().bernoulli(next)).isFalse();
    assertThat(stream.copy().bernoulli(Math.nextUp(next))).isTrue();
    assertThat(stream.bernoulli(0)).isFalse();
    assertThat(stream.bernoulli(1)).isTrue();
    reals.random();
    reals.random();
    assertSameFuture(stream, reals);
  }

  @Test
  void categorical_withSumBelowTheDraw_isTheFirst() {
    assertThat(stream.categorical(new double[] {0, 0, 0})).isZero();
    assertThat(stream.firstAbove(new double[] {1, 0, 0, 0}, 1, 4)).isEqualTo(1);
  }

  @Test
  void choiceWithoutReplacement_holdsEveryIndexOnce() {
    int[] inOrder = IntStream.range(0, 300).toArray();

    assertThat(stream.choiceWithoutReplacement(300, 300)).containsExactlyInAnyOrder(inOrder);
    assertThat(stream.choiceWithoutReplacement(300, 300, false)).containsExactlyInAnyOrder(inOrder);
  }

  @Test
  void badArguments_areNamedWithTheirRange() {
    refused(() -> RandomStream.ofSeed(-1), "a seed must be at least 0", "was -1");
    refused(() -> stream.uniform(2, 1), "high must be in [low,", "low = 2.0 and high = 1.0");
    refused(() -> stream.uniform(0, Double.POSITIVE_INFINITY), "high = Infinity");
    refused(() -> stream.uniform(-Double.MAX_VALUE, Double.MAX_VALUE), "Double.MAX_VALUE");
    refused(() -> stream.uniform(Double.NaN, 1), "low = NaN");
    refused(
        () -> stream.fillUniform(new double[2], new double[3], new double[2]),
        "length 2",
        "3 and 2");
    refused(() -> stream.bernoulli(1.5), "probability must be in [0, 1], was 1.5");
    refused(() -> stream.bernoulli(Double.NaN), "was NaN");
    refused(() -> stream.integers(0), "bound must be at least 1, was 0");
    refused(() -> stream.integers(3, 3), "high must be above low = 3, was 3");
    refused(() -> stream.integers(3L, -3L), "high must be above low = 3, was -3");
    refused(() -> stream.integersClosed(3, 2), "high must be at least low = 3, was 2");
    refused(() -> stream.fillIntegers(new int[1], 0, 1, 4, 4), "high must be above low = 4");
    refused(() -> stream.fillIntegers(new long[1], 0, 1, 4, 4), "high must be above low = 4");
    refused(() -> stream.fillIntegers(new byte[1], 0, 1, 4, 4), "high must be above low = 4");
    refused(() -> stream.fillIntegers(new byte[1], 0, 1, -1, 129), "[-128, 128]", "-1 and 129");
    refused(() -> stream.fillIntegers(new byte[1], 0, 1, 0, 257), "[0, 256]", "0 and 257");
    refused(() -> stream.fillIntegers(new byte[1], 0, 1, -129, 5), "-129 and 5");
    refused(() -> stream.normal(0, -1), "deviation must be at least 0, was -1.0");
    refused(() -> stream.normal(0, Double.NaN), "was NaN");
    refused(() -> stream.exponential(-1), "mean must be at least 0, was -1.0");
    refused(() -> stream.geometric(0), "probability must be in (0, 1], was 0.0");
    refused(() -> stream.geometric(1.1), "was 1.1");
    refused(() -> stream.permutation(-1), "size must be at least 0, was -1");
    refused(() -> stream.choice(0), "size must be at least 1, was 0");
    refused(() -> stream.choice(new double[0]), "sum of probabilities must be 1", "was 0.0");
    refused(() -> stream.choice(new double[] {.5, .4}), "sum of probabilities must be 1", "0.9");
    refused(() -> stream.choice(new double[] {1.5, -.5}), "probabilities[1]", "was -0.5");
    refused(() -> stream.choice(new double[] {Double.NaN}), "probabilities[0]", "was NaN");
    refused(() -> stream.choiceWithoutReplacement(-1, 0), "size must be at least 0, was -1");
    refused(() -> stream.choiceWithoutReplacement(3, 4), "count must be in [0, 3]", "was 4");
    refused(() -> stream.choiceWithoutReplacement(3, -1), "count must be in [0, 3]", "was -1");
    refused(
        () -> stream.choiceWithoutReplacement(new double[] {.5, 0, .5}, 3),
        "count must be in [0, 2]",
        "was 3");
    refused(() -> stream.categorical(new double[0]), "at least one entry");
  }

  @Test
  void badArguments_drawNothing() {
    RandomStream untouched = stream.copy();

    refused(() -> stream.uniform(2, 1), "high");
    refused(() -> stream.integers(3, 3), "high");
    refused(() -> stream.choice(new double[] {.5, .4}), "sum");
    refused(() -> stream.geometric(2), "probability");

    assertSameFuture(stream, untouched);
  }

  private static long[] with(long[] words, int index, long word) {
    long[] changed = words.clone();
    changed[index] = word;
    return changed;
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContainingAll(parts);
  }

  private static void assertSameFuture(RandomStream one, RandomStream other) {
    for (int i = 0; i < 20; i++) {
      assertThat(one.next32()).isEqualTo(other.next32());
      assertThat(one.next64()).isEqualTo(other.next64());
    }
  }
}
