package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long streams against checksums that NumPy's draws have, and seed sequences beyond the reference
 * file's; see the header of {@code numpy-pcg64-streams.json}.
 */
final class NumpyStreamsTest {
  private static final double[] SPARSE = {.5, 0, 0, 0, .25, .125, .125, 0};

  private static Stream<Map<String, Object>> cases() {
    return list("cases");
  }

  private static Stream<Map<String, Object>> sequences() {
    return list("sequences");
  }

  private static Stream<Map<String, Object>> list(String name) {
    return Json.array(Json.resource("numpy-pcg64-streams.json").get(name)).stream()
        .map(Json::object);
  }

  @ParameterizedTest(name = "case {index}")
  @MethodSource("cases")
  void stream_equalsNumpy(Map<String, Object> reference) {
    Case call = new Case(reference);
    call.draw();
    assertThat(Long.toUnsignedString(call.stream.next64()))
        .as("the word after the draws of %s", reference)
        .isEqualTo(reference.get("after"));
    assertThat(call.checksum.getValue())
        .as("the checksum of the draws of %s", reference)
        .isEqualTo(Json.number(reference.get("crc32")).longValueExact());
  }

  @ParameterizedTest(name = "sequence {index}")
  @MethodSource("sequences")
  void seedSequence_equalsNumpy(Map<String, Object> reference) {
    BigInteger[] entropy =
        Json.array(reference.get("entropy")).stream()
            .map(word -> new BigInteger((String) word))
            .toArray(BigInteger[]::new);
    int[] key =
        Json.array(reference.get("key")).stream()
            .mapToInt(entry -> Json.number(entry).intValueExact())
            .toArray();
    if (reference.get("list").equals(true)) {
      int[] words = Stream.of(entropy).mapToInt(BigInteger::intValue).toArray();
      assertState(reference, new SeedSequence(words, key));
      return;
    }
    assertState(reference, new SeedSequence(wordsOf(entropy[0]), key));
    if (entropy[0].bitLength() < Long.SIZE) {
      assertState(reference, new SeedSequence(entropy[0].longValueExact(), key));
    }
  }

  /** A seed in words of 32 bits, the lowest first. */
  private static int[] wordsOf(BigInteger seed) {
    int count = Math.max(1, (seed.bitLength() + Integer.SIZE - 1) / Integer.SIZE);
    return IntStream.range(0, count)
        .map(i -> seed.shiftRight(i * Integer.SIZE).intValue())
        .toArray();
  }

  private static void assertState(Map<String, Object> reference, SeedSequence seeds) {
    List<Object> words = Json.array(reference.get("state32"));
    assertThat(IntStream.of(seeds.generateState(words.size())).mapToObj(Integer::toUnsignedString))
        .isEqualTo(words);
    List<Object> pairs = Json.array(reference.get("state64"));
    assertThat(LongStream.of(seeds.generateState64(pairs.size())).mapToObj(Long::toUnsignedString))
        .isEqualTo(pairs);
  }

  /** One case of the file: its arguments, its stream, and the checksum of what was drawn. */
  private static final class Case {
    private final Map<String, Object> arguments;
    private final RandomStream stream;
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    Case(Map<String, Object> arguments) {
      this.arguments = arguments;
      this.stream = RandomStream.ofSeed(Long.parseLong((String) arguments.get("seed")));
    }

    void draw() {
      String calls = (String) arguments.get("calls");
      switch (calls) {
        case "next64" -> times(() -> add(stream.next64()));
        case "random" -> times(() -> add(stream.random()));
        case "randomFloat" -> times(() -> add(stream.randomFloat()));
        case "uniform" -> times(() -> add(stream.uniform(real("low"), real("high"))));
        case "integers" -> integers();
        case "bytes" -> {
          byte[] values = new byte[integer("count")];
          stream.fillIntegers(values, 0, values.length, (int) whole("low"), (int) whole("high"));
          checksum.update(values);
        }
        case "mixed" -> times(this::mixed);
        case "standardNormal" -> times(() -> add((float) stream.standardNormal()));
        case "normal" -> {
          double mean = real("mean");
          double deviation = real("deviation");
          times(() -> add((float) stream.normal(mean, deviation)));
        }
        case "standardExponential" -> times(() -> add((float) stream.standardExponential()));
        case "exponential" -> {
          double mean = real("mean");
          times(() -> add((float) stream.exponential(mean)));
        }
        case "geometric" -> {
          double probability = real("probability");
          times(() -> add(stream.geometric(probability)));
        }
        case "permutation" -> add(stream.permutation(integer("size")));
        case "shuffle" -> shuffle();
        case "choiceWithoutReplacement" ->
            add(
                stream.choiceWithoutReplacement(
                    integer("size"), integer("count"), (Boolean) arguments.get("inRandomOrder")));
        case "weighted" -> {
          double[] chances = chances();
          times(() -> add((long) stream.choice(chances)));
        }
        case "weightedWithoutReplacement" -> {
          for (int count : new int[] {0, 1, 2, 10, 100, 190}) {
            add(stream.choiceWithoutReplacement(chances(), count));
          }
        }
        case "sparseWithoutReplacement" ->
            times(() -> add(stream.choiceWithoutReplacement(SPARSE, 4)));
        case "categorical" -> categorical(chances());
        case "categoricalShort" -> categorical(new double[] {.25, .25, .25});
        default -> throw new IllegalArgumentException("unknown calls " + calls);
      }
    }

    private void times(Runnable draw) {
      int count = integer("count");
      for (int i = 0; i < count; i++) {
        draw.run();
      }
    }

    private void integers() {
      long low = whole("low");
      BigInteger high = new BigInteger((String) arguments.get("high"));
      if (high.bitLength() == Long.SIZE) {
        long last = high.subtract(BigInteger.ONE).longValueExact();
        times(() -> add(stream.integersClosed(low, last)));
        return;
      }
      long end = high.longValueExact();
      if (low != (int) low || end != (int) end) {
        times(() -> add(stream.integers(low, end)));
        return;
      }
      RandomStream longs = stream.copy();
      RandomStream closed = stream.copy();
      RandomStream array = stream.copy();
      int[] values = new int[integer("count")];
      array.fillIntegers(values, 0, values.length, (int) low, (int) end);
      int[] index = new int[1];
      times(() -> {
        int value = stream.integers((int) low, (int) end);
        assertThat(longs.integers(low, end)).isEqualTo(value);
        assertThat(closed.integersClosed(low, end - 1)).isEqualTo(value);
        assertThat(values[index[0]++]).isEqualTo(value);
        add((long) value);
      });
    }

    private void mixed() {
      add((double) stream.integers(0, 10));
      add(stream.random());
      add((double) stream.randomFloat());
      add((double) stream.integers(0, 1L << 40));
      add((double) stream.integers(-5, 5));
      add((double) stream.integers(0, 1L << 32));
      add((double) (float) stream.standardNormal());
      add((double) stream.permutation(3)[0]);
      add((double) stream.choice(5));
      add((double) stream.choiceWithoutReplacement(9, 2)[1]);
    }

    private void shuffle() {
      int[] ints = IntStream.range(0, integer("size")).map(i -> 3 * i).toArray();
      long[] longs = IntStream.of(ints).asLongStream().toArray();
      double[] doubles = IntStream.of(ints).asDoubleStream().toArray();
      Integer[] objects = IntStream.of(ints).boxed().toArray(Integer[]::new);
      stream.copy().shuffle(longs);
      stream.copy().shuffle(doubles);
      stream.copy().shuffle(objects);
      stream.shuffle(ints);
      add(ints);
      assertThat(longs).isEqualTo(IntStream.of(ints).asLongStream().toArray());
      assertThat(doubles).isEqualTo(IntStream.of(ints).asDoubleStream().toArray());
      assertThat(objects).isEqualTo(IntStream.of(ints).boxed().toArray());
    }

    private void categorical(double[] chances) {
      double[] table = new double[chances.length + 2];
      double sum = 0;
      for (int i = 0; i < chances.length; i++) {
        sum += chances[i];
        table[i + 1] = sum;
      }
      RandomStream tabled = stream.copy();
      times(() -> {
        int index = stream.categorical(chances);
        assertThat(tabled.firstAbove(table, 1, table.length - 1)).isEqualTo(index + 1);
        add((long) index);
      });
    }

    /**
     * The chances that the reference used: multiples of a total, so that they are equal bit for
     * bit.
     */
    private static double[] chances() {
      double[] chances = new double[200];
      double total = 0;
      for (int i = 0; i < chances.length; i++) {
        chances[i] = i * 7919 % 101;
        total += chances[i];
      }
      for (int i = 0; i < chances.length; i++) {
        chances[i] /= total;
      }
      return chances;
    }

    private int integer(String name) {
      return Json.number(arguments.get(name)).intValueExact();
    }

    private long whole(String name) {
      return Long.parseLong((String) arguments.get(name));
    }

    private double real(String name) {
      return Double.parseDouble((String) arguments.get(name));
    }

    private void add(int[] values) {
      for (int value : values) {
        add((long) value);
      }
    }

    private void add(long value) {
      bytes.putLong(0, value);
      checksum.update(bytes.array(), 0, Long.BYTES);
    }

    private void add(double value) {
      bytes.putDouble(0, value);
      checksum.update(bytes.array(), 0, Double.BYTES);
    }

    private void add(float value) {
      bytes.putFloat(0, value);
      checksum.update(bytes.array(), 0, Float.BYTES);
    }
  }
}
