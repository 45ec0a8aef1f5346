package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value of {@code numpy-pcg64.json}, which NumPy 2.4.6 wrote. A key of the file that this
 * class does not know fails the test, so nothing in the file goes unread.
 */
final class NumpyReferenceTest {
  private static final Pattern INTEGERS = Pattern.compile("integers\\((-?\\d+),(-?\\d+)\\)");
  private static final Pattern SPAWN_KEY = Pattern.compile("\\((\\d+),(?: (\\d+))?\\)");

  private static List<Object> rowsOfFile() {
    return Json.array(Json.resource("numpy-pcg64.json").get("rows"));
  }

  private static Stream<Map<String, Object>> rows() {
    return rowsOfFile().stream().map(Json::object);
  }

  @Test
  void file_isWhole() {
    assertThat(Json.resource("numpy-pcg64.json").keySet())
        .isEqualTo(Set.of("numpy", "what", "rows"));
    assertThat(rows().map(row -> Json.number(row.get("seed")).longValueExact()))
        .containsExactly(0L, 1L, 42L, 123456789L, 4294967301L, 4611686018427387907L);
    assertThat(rows()).allSatisfy(row -> assertThat(row).hasSize(29));
  }

  @ParameterizedTest(name = "row {index}")
  @MethodSource("rows")
  void row_equalsNumpy(Map<String, Object> row) {
    long seed = Json.number(row.get("seed")).longValueExact();
    row.forEach((key, expected) -> check(seed, key, expected, row));
  }

  private static void check(long seed, String key, Object expected, Map<String, Object> row) {
    RandomStream stream = RandomStream.ofSeed(seed);
    Matcher integers = INTEGERS.matcher(key);
    if (integers.matches()) {
      checkIntegers(
          key,
          seed,
          Long.parseLong(integers.group(1)),
          Long.parseLong(integers.group(2)),
          expected);
      return;
    }
    switch (key) {
      case "seed" -> assertThat(integer(expected)).isEqualTo(BigInteger.valueOf(seed));
      case "seed_sequence_state" -> {
        int[] state = new SeedSequence(seed).generateState(8);
        reals(key, expected, IntStream.of(state).mapToDouble(Integer::toUnsignedLong).toArray());
      }
      case "raw_uint64" ->
          assertThat(Json.array(expected))
              .isEqualTo(
                  Stream.generate(stream::next64).limit(8).map(Long::toUnsignedString).toList());
      case "random" -> doubles(key, expected, stream::random);
      case "uniform(-0.05,0.05)" -> doubles(key, expected, () -> stream.uniform(-0.05, 0.05));
      case "standard_normal" -> checkNormals(key, expected, stream);
      case "standard_normal_tail" -> checkTail(expected, stream);
      case "normal(2,0.5)" -> doubles(key, expected, () -> stream.normal(2, 0.5));
      case "exponential" -> doubles(key, expected, () -> stream.exponential(1));
      case "permutation(10)" -> ints(key, expected, stream.permutation(10));
      case "shuffle(range(10))" -> {
        int[] values = IntStream.range(0, 10).toArray();
        stream.shuffle(values);
        ints(key, expected, values);
      }
      case "choice(5)" -> longs(key, expected, () -> (long) stream.choice(5));
      case "choice(10,3,replace=False)" ->
          assertThat(Json.array(expected))
              .hasSize(4)
              .allSatisfy(triple -> ints(key, triple, stream.choiceWithoutReplacement(10, 3)));
      case "choice(4,p=[.1,.2,.3,.4])" -> {
        double[] chances = {.1, .2, .3, .4};
        longs(key, expected, () -> (long) stream.choice(chances));
      }
      case "geometric(0.3)" -> longs(key, expected, () -> stream.geometric(0.3));
      case "random_float32" -> doubles(key, expected, () -> (double) stream.randomFloat());
      case "integers_then_random" -> {
        double[] values = new double[5];
        for (int i = 0; i < values.length; i++) {
          values[i] = i == 1 || i == 4 ? stream.random() : stream.integers(0, 7);
        }
        reals(key, expected, values);
      }
      case "integers_array(0,10,size=7)" -> {
        int[] values = new int[7];
        stream.fillIntegers(values, 0, 7, 0, 10);
        ints(key, expected, values);
        assertThat(stream.random())
            .isEqualTo(Json.number(row.get("integers_array_then_random")).doubleValue());
      }
      case "integers_array_then_random" -> {
        long[] values = new long[7];
        stream.fillIntegers(values, 0, 7, 0, 10);
        assertThat(stream.random()).isEqualTo(Json.number(expected).doubleValue());
      }
      case "uniform_array(low=[-1,-2,0],high=[1,2,5])" ->
          assertThat(Json.array(expected))
              .hasSize(3)
              .allSatisfy(triple -> {
                double[] values = new double[3];
                stream.fillUniform(values, new double[] {-1, -2, 0}, new double[] {1, 2, 5});
                reals(key, triple, values);
              });
      case "state_after_integers(0,7)" -> {
        stream.integers(0, 7);
        checkState(Json.object(expected), stream);
      }
      case "spawn_key_streams" ->
          Json.object(expected).forEach((name, values) -> checkSpawnKey(seed, name, values));
      default -> fail("no check for key " + key);
    }
  }

  private static void checkIntegers(String key, long seed, long low, long high, Object expected) {
    RandomStream stream = RandomStream.ofSeed(seed);
    longs(key, expected, () -> stream.integers(low, high));
    if (high <= Integer.MAX_VALUE) {
      RandomStream ints = RandomStream.ofSeed(seed);
      longs(key, expected, () -> (long) ints.integers((int) low, (int) high));
      if (low == 0) {
        RandomStream bounds = RandomStream.ofSeed(seed);
        longs(key, expected, () -> (long) bounds.integers((int) high));
      }
    }
  }

  private static void checkNormals(String key, Object expected, RandomStream stream) {
    List<Object> values = Json.array(expected);
    assertThat(values).hasSize(200);
    for (int i = 0; i < values.size(); i++) {
      assertNormal(key + "[" + i + "]", stream.standardNormal(), Json.number(values.get(i)));
    }
  }

  private static void checkTail(Object expected, RandomStream stream) {
    Map<String, Object> tail = Json.object(expected);
    assertThat(tail.keySet())
        .isEqualTo(Set.of("draws", "index_and_value_where_abs_above_3.65", "next_random"));
    int draws = Json.number(tail.get("draws")).intValueExact();
    List<Object> pairs = Json.array(tail.get("index_and_value_where_abs_above_3.65"));
    int next = 0;
    for (int i = 0; i < draws; i++) {
      double value = stream.standardNormal();
      if (Math.abs(value) > 3.65) {
        List<Object> pair = Json.array(pairs.get(next++));
        assertThat(i).isEqualTo(Json.number(pair.get(0)).intValueExact());
        assertNormal("draw " + i, value, Json.number(pair.get(1)));
      }
    }
    assertThat(next).isEqualTo(pairs.size());
    assertThat(stream.random()).isEqualTo(Json.number(tail.get("next_random")).doubleValue());
  }

  /** Equal, but for one unit in the last place in the tail, where NumPy calls the C library. */
  private static void assertNormal(String what, double value, BigDecimal expected) {
    double numpy = expected.doubleValue();
    double allowed = Math.abs(numpy) > Ziggurat.NORMAL_TAIL ? Math.ulp(numpy) : 0;
    assertThat(Math.abs(value - numpy)).as(what).isLessThanOrEqualTo(allowed);
  }

  private static void checkState(Map<String, Object> expected, RandomStream stream) {
    assertThat(expected.keySet()).isEqualTo(Set.of("state", "inc", "has_uint32", "uinteger"));
    BigInteger state = new BigInteger((String) expected.get("state"));
    BigInteger increment = new BigInteger((String) expected.get("inc"));
    long[] words = new long[RandomStream.STATE_LENGTH];
    stream.copyState(words);
    assertThat(words)
        .containsExactly(
            state.shiftRight(64).longValue(),
            state.longValue(),
            increment.shiftRight(64).longValue(),
            increment.longValue(),
            Json.number(expected.get("has_uint32")).longValueExact(),
            Json.number(expected.get("uinteger")).longValueExact());
  }

  private static void checkSpawnKey(long seed, String name, Object expected) {
    Matcher matcher = SPAWN_KEY.matcher(name);
    assertThat(matcher.matches()).as(name).isTrue();
    int first = Integer.parseInt(matcher.group(1));
    int[] key =
        matcher.group(2) == null
            ? new int[] {first}
            : new int[] {first, Integer.parseInt(matcher.group(2))};
    doubles(name, expected, RandomStream.ofSeed(seed, key)::random);
  }

  private static BigInteger integer(Object value) {
    return Json.number(value).toBigIntegerExact();
  }

  private static void reals(String key, Object expected, double[] values) {
    assertThat(values)
        .as(key)
        .isEqualTo(
            Json.array(expected).stream().mapToDouble(v -> Json.number(v).doubleValue()).toArray());
  }

  private static void doubles(String key, Object expected, Supplier<Double> draw) {
    List<Object> values = Json.array(expected);
    assertThat(values).as(key).isNotEmpty();
    for (int i = 0; i < values.size(); i++) {
      assertThat(draw.get())
          .as("%s[%d]", key, i)
          .isEqualTo(Json.number(values.get(i)).doubleValue());
    }
  }

  private static void longs(String key, Object expected, Supplier<Long> draw) {
    List<Object> values = Json.array(expected);
    assertThat(values).as(key).isNotEmpty();
    for (int i = 0; i < values.size(); i++) {
      assertThat(draw.get())
          .as("%s[%d]", key, i)
          .isEqualTo(Json.number(values.get(i)).longValueExact());
    }
  }

  private static void ints(String key, Object expected, int[] values) {
    assertThat(values)
        .as(key)
        .isEqualTo(
            Json.array(expected).stream().mapToInt(v -> Json.number(v).intValueExact()).toArray());
  }
}
