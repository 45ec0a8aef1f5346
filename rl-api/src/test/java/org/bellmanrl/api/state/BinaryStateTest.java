package org.bellmanrl.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryStateTest {
  @TempDir Path folder;

  @Test
  void fromBytes_everyKindOfValue_restoresBitForBit() {
    Everything saved = Everything.random(new Random(1), 17);
    Everything restored = new Everything(17);

    BinaryState.fromBytes(BinaryState.toBytes(saved), restored);

    assertThat(restored.sameBits(saved)).isTrue();
  }

  @Test
  void readFirst_ofSeveralObjects_leavesTheOthersAlone() {
    Everything saved = Everything.random(new Random(1), 3);
    Everything restored = new Everything(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryState.write(out, saved, Everything.random(new Random(2), 5));
    byte[] bytes = out.toByteArray();

    BinaryState.readFirst(() -> new ByteArrayInputStream(bytes), bytes.length, restored);

    assertThat(restored.sameBits(saved)).isTrue();
    assertThatThrownBy(() ->
            BinaryState.readFirst(
                () -> new ByteArrayInputStream(bytes), bytes.length, restored, restored, restored))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("holds 2 parts, expected 3");
    bytes[bytes.length - 20] ^= 1;
    assertThatThrownBy(() ->
            BinaryState.readFirst(() -> new ByteArrayInputStream(bytes), bytes.length, restored))
        .isInstanceOf(StateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 65_536, 100_003})
  void fromBytes_arraysAroundTheBufferSize_restoresBitForBit(int length) {
    Everything saved = Everything.random(new Random(length), length);
    Everything restored = new Everything(length);

    BinaryState.fromBytes(BinaryState.toBytes(saved), restored);

    assertThat(restored.sameBits(saved)).isTrue();
  }

  @Test
  void toBytes_knownValues_givesTheDocumentedLayout() {
    byte[] bytes = BinaryState.toBytes(carry(out -> out.carry("x", 0x0102)));

    ByteBuffer expected = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {(byte) 0x8B, 'B', 'M', 'N', '\r', '\n', 0x1A, '\n'}).putInt(2);
    expected.put((byte) 4).putShort((short) 5).put(ascii("parts")).putInt(1);
    expected.put((byte) 1).putShort((short) 6).put(ascii("part-0")).putInt(1);
    expected.put((byte) 4).putShort((short) 1).put(ascii("x")).putInt(0x0102);
    expected.put((byte) 2);
    CRC32C sum = new CRC32C();
    sum.update(expected.array(), 0, expected.position());
    expected.putInt((int) sum.getValue());
    assertThat(bytes).isEqualTo(Arrays.copyOf(expected.array(), expected.position()));
  }

  @Test
  void fromBytes_rangesOfArrays_touchesOnlyTheRange() {
    double[] source = {0, 1, 2, 3, 4};
    double[] target = {9, 9, 9, 9, 9};
    byte[] bytes = BinaryState.toBytes(carry(out -> out.carry("v", source, 1, 3)));

    BinaryState.fromBytes(bytes, carry(in -> in.carry("v", target, 2, 3)));

    assertThat(target).containsExactly(9, 9, 1, 2, 3);
  }

  @Test
  void fromBytes_anOlderFormat_saysThatItIsOlder() {
    byte[] body = Arrays.copyOf(BinaryState.toBytes(doubles("v", 1)), 40);
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1);

    assertThatThrownBy(() -> BinaryState.fromBytes(seal(body), carrying("v", new double[1])))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("it was saved by an older release");
  }

  @Test
  void helpers_ofValuesThatCannotBe_nameThem() {
    assertRefused(
        out -> out.carry("rows", 2), in -> in.expect("rows", 3), "rows was saved as 2, expected 3");
    assertRefused(
        out -> out.carry("place", 5),
        in -> in.carryIndex("place", 0, 5),
        "place must be in [0, 5), was saved as 5");
    assertRefused(
        out -> out.carry("speed", Double.NaN),
        in -> in.carryFinite("speed", 0),
        "speed must be finite, was saved as NaN");
  }

  @Test
  void carry_rows_movesARowToAnotherIndex() {
    double[] two = {1, 2};
    double[] one = {0};

    BinaryState.fromBytes(
        BinaryState.toBytes(state -> new Places(two).carry(state, 1)),
        state -> new Places(one).carry(state, 0));

    assertThat(one).containsExactly(2);
    assertThatThrownBy(
            () -> BinaryState.fromBytes(BinaryState.toBytes(new Places(two)), new Places(one)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("rows was saved as 2, expected 1");
  }

  private static final class Places implements StatefulRows {
    private final double[] places;

    Places(double... places) {
      this.places = places;
    }

    @Override
    public int rows() {
      return places.length;
    }

    @Override
    public void carry(State state, int row) {
      places[row] = state.carry("place", places[row]);
    }
  }

  @Test
  void fromBytes_severalParts_restoresEachInOrder() {
    double[] a = {0};
    double[] b = {0, 0};
    byte[] bytes = BinaryState.toBytes(doubles("v", 1), doubles("v", 2, 3));

    BinaryState.fromBytes(bytes, carrying("v", a), carrying("v", b));

    assertThat(a).containsExactly(1);
    assertThat(b).containsExactly(2, 3);
  }

  @Test
  void fromBytes_otherNumberOfParts_namesBoth() {
    byte[] bytes = BinaryState.toBytes(doubles("v", 1));

    assertThatThrownBy(() ->
            BinaryState.fromBytes(
                bytes, carrying("v", new double[1]), carrying("v", new double[1])))
        .isInstanceOf(StateException.class)
        .hasMessage("holds 1 parts, expected 2");
  }

  @Test
  void begin_olderVersion_returnsTheVersionThatWasWritten() {
    byte[] bytes =
        BinaryState.toBytes(
            carry(out -> {
              out.begin("table", 2);
              out.end();
            }));
    int[] version = {0};

    BinaryState.fromBytes(
        bytes,
        carry(in -> {
          version[0] = in.begin("table", 5);
          in.end();
        }));

    assertThat(version[0]).isEqualTo(2);
  }

  @Test
  void begin_newerVersion_namesTypeAndBothVersions() {
    assertRefused(
        out -> {
          out.begin("table", 3);
          out.end();
        },
        in -> in.begin("table", 2),
        "in part-0: section 'table' has version 3, expected at most 2:"
            + " it was saved by a newer release, read it with that one");
  }

  @Test
  void begin_otherType_namesBoth() {
    assertRefused(
        out -> {
          out.begin("q-table", 1);
          out.end();
        },
        in -> in.begin("v-table", 1),
        "in part-0: expected section 'v-table', found section 'q-table'");
  }

  @Test
  void read_otherName_namesBothAndThePlace() {
    assertRefused(
        out -> {
          out.begin("table", 1);
          out.carry("v", 1.0);
          out.end();
        },
        in -> {
          in.begin("table", 1);
          in.carry("q", 0.0);
        },
        "in part-0/table: expected double 'q', found double 'v'");
  }

  @Test
  void read_otherKind_namesBoth() {
    assertRefused(
        out -> out.carry("v", 1L),
        in -> in.carry("v", 0.0),
        "in part-0: expected double 'v', found long 'v'");
  }

  @Test
  void read_arrayOfOtherLength_namesBothLengths() {
    assertRefused(
        out -> out.carry("q", new double[2000]),
        in -> in.carry("q", new double[3000]),
        "in part-0: double[] 'q' has 2000 elements, expected 3000:"
            + " restore into an object made with the configuration it was saved with");
  }

  @Test
  void readDoubles_longerThanTheMaximum_namesBothLengths() {
    assertRefused(
        out -> out.carry("q", new double[11]),
        in -> in.carryUpTo("q", new double[0], 0, 10),
        "in part-0: double[] 'q' has 11 elements, expected at most 10");
  }

  @Test
  void read_behindTheLastValue_saysThatTheSectionEnds() {
    assertRefused(
        out -> {},
        in -> in.carry("n", 0),
        "in part-0: expected int 'n', found the end of the section");
  }

  @Test
  void end_withValuesLeft_namesTheFirst() {
    assertRefused(
        out -> out.carry("rest", 1),
        in -> {},
        "in part-0: expected the end of the section, found int 'rest'");
  }

  @Test
  void fromBytes_objectThrowsOnTheValues_wrapsTheCause() {
    byte[] bytes = BinaryState.toBytes(carry(out -> out.carry("n", -1)));

    assertThatThrownBy(() ->
            BinaryState.fromBytes(
                bytes, carry(in -> assertThat(new int[in.carry("n", 0)]).isEmpty())))
        .isInstanceOf(StateException.class)
        .hasCauseInstanceOf(NegativeArraySizeException.class);
  }

  @Test
  void toBytes_brokenProtocol_isRefused() {
    assertThatThrownBy(() -> BinaryState.toBytes(carry(out -> out.begin("open", 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was opened but never ended");
    assertThatThrownBy(() ->
            BinaryState.toBytes(
                carry(out -> {
                  out.end();
                  out.end();
                })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("end() without an open section");
    assertThatThrownBy(() -> BinaryState.toBytes(carry(out -> out.begin("v", 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("version of section 'v' must be at least 1, was 0");
    assertThatThrownBy(() -> BinaryState.toBytes(carry(out -> out.carry("", 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BinaryState.toBytes(carry(out -> out.carry("text", "\uD800"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value of 'text' is not valid Unicode text");
    assertThatThrownBy(() -> BinaryState.toBytes(carry(out -> out.carry("v", new double[3], 2, 2))))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void fromBytes_truncatedAtEveryLength_isRefused() {
    byte[] whole = BinaryState.toBytes(Everything.random(new Random(2), 5));

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(catchThrowable(() -> BinaryState.fromBytes(part, new Everything(5))))
          .as("first %d bytes", length)
          .isExactlyInstanceOf(StateException.class);
    }
  }

  @Test
  void fromBytes_anyBitFlipped_isRefused() {
    byte[] whole = BinaryState.toBytes(Everything.random(new Random(3), 5));

    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(catchThrowable(() -> BinaryState.fromBytes(damaged, new Everything(5))))
          .as("bit %d", bit)
          .isExactlyInstanceOf(StateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fromBytes_randomGarbage_isRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      assertThat(catchThrowable(() -> BinaryState.fromBytes(garbage, new Everything(5))))
          .isExactlyInstanceOf(StateException.class);
      byte[] sealed = seal(concat(header(), garbage));
      assertThat(catchThrowable(() -> BinaryState.fromBytes(sealed, new Everything(5))))
          .as("garbage %d with the right header and sum", i)
          .isExactlyInstanceOf(StateException.class);
    }
  }

  /**
   * A damaged value under a right sum may restore (it is then simply another value), but whatever
   * goes wrong must be a StateException.
   */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void fromBytes_bytesChangedUnderTheRightSum_restoresOrRefuses(long seed) {
    Random random = new Random(seed);
    byte[] whole = BinaryState.toBytes(Everything.random(random, 3));
    int body = whole.length - BinaryFormat.TRAILER_BYTES;
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = Arrays.copyOf(whole, body);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[BinaryFormat.HEADER_BYTES + random.nextInt(body - BinaryFormat.HEADER_BYTES)] =
            (byte) random.nextInt(256);
      }
      Throwable thrown =
          catchThrowable(() -> BinaryState.fromBytes(seal(damaged), new Everything(3)));
      if (thrown != null) {
        assertThat(thrown).isExactlyInstanceOf(StateException.class);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  /** Lengths of two billion would exhaust the memory of the test if they were believed. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1 << 28, -1, Integer.MIN_VALUE})
  void fromBytes_hugeDeclaredLength_isRefusedBeforeAllocating(int declared) {
    byte[] whole =
        BinaryState.toBytes(
            carry(out -> out.carry("v", new double[] {Double.longBitsToDouble(-1L)})));
    // The length stands before the 8 bytes of the only element, the section's end and the sum.
    int at = whole.length - BinaryFormat.TRAILER_BYTES - 1 - Double.BYTES - Integer.BYTES;
    byte[] damaged = Arrays.copyOf(whole, whole.length - BinaryFormat.TRAILER_BYTES);
    ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, declared);

    assertThatThrownBy(() ->
            BinaryState.fromBytes(
                seal(damaged), carry(in -> in.carryUpTo("v", new double[0], 0, Integer.MAX_VALUE))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("declares " + declared + " elements");
  }

  @Test
  void writeAtomically_thenRead_restoresBitForBit() {
    Path file = folder.resolve("agent.state");
    Everything saved = Everything.random(new Random(7), 100_000);
    Everything restored = new Everything(100_000);

    BinaryState.writeAtomically(file, saved);
    BinaryState.read(file, restored);

    assertThat(restored.sameBits(saved)).isTrue();
    assertThat(file).hasBinaryContent(BinaryState.toBytes(saved));
  }

  @Test
  void writeAtomically_existingFile_replacesItAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("agent.state");
    BinaryState.writeAtomically(file, doubles("v", 1));
    BinaryState.writeAtomically(file, doubles("v", 2));

    double[] v = {0};
    BinaryState.read(file, carrying("v", v));
    assertThat(v).containsExactly(2);
    assertThat(list()).containsExactly(file);
  }

  @Test
  void writeAtomically_savingFails_keepsTheFormerFile() throws IOException {
    Path file = folder.resolve("agent.state");
    BinaryState.writeAtomically(file, doubles("v", 1));
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() ->
            BinaryState.writeAtomically(
                file,
                carry(out -> {
                  out.carry("v", new double[100_000]);
                  throw new ArithmeticException("diverged");
                })))
        .isInstanceOf(ArithmeticException.class);

    assertThat(file).hasBinaryContent(before);
    assertThat(list()).containsExactly(file);
  }

  @Test
  void writeAtomically_interruptedThread_savesAllTheSame() {
    Path file = folder.resolve("agent.state");
    double[] v = {0};
    Thread.currentThread().interrupt();
    try {
      BinaryState.writeAtomically(file, doubles("v", 3));
      BinaryState.read(file, carrying("v", v));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(v).containsExactly(3);
  }

  @Test
  void writeAtomically_missingFolder_namesTheFile() {
    Path file = folder.resolve("missing").resolve("agent.state");
    assertThatThrownBy(() -> BinaryState.writeAtomically(file, doubles("v", 1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write " + file);
  }

  @Test
  void read_missingFile_namesTheFile() {
    Path file = folder.resolve("agent.state");
    assertThatThrownBy(() -> BinaryState.read(file, carrying("v", new double[1])))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read " + file);
  }

  @Test
  void read_foreignFile_namesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not the state of anything at all");
    assertThatThrownBy(() -> BinaryState.read(file, carrying("v", new double[1])))
        .isInstanceOf(StateException.class)
        .hasMessage(file + ": not saved state: the first bytes are not those of the format");
  }

  @Test
  void read_truncatedFile_leavesTheObjectUntouched() throws IOException {
    Path file = folder.resolve("agent.state");
    BinaryState.writeAtomically(file, doubles("v", new double[50_000]));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    double[] v = new double[50_000];
    Arrays.fill(v, 7);

    assertThatThrownBy(() -> BinaryState.read(file, carrying("v", v)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("damaged or incomplete");

    assertThat(v).containsOnly(7);
  }

  private Path[] list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toArray(Path[]::new);
    }
  }

  private static void assertRefused(Stateful save, Stateful restore, String message) {
    byte[] bytes = BinaryState.toBytes(save);
    assertThatThrownBy(() -> BinaryState.fromBytes(bytes, restore))
        .isInstanceOf(StateException.class)
        .hasMessage(message);
  }

  private static byte[] header() {
    return ByteBuffer.allocate(BinaryFormat.HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(BinaryFormat.magic())
        .putInt(BinaryFormat.VERSION)
        .array();
  }

  private static byte[] seal(byte[] body) {
    CRC32C sum = new CRC32C();
    sum.update(body);
    byte[] sealed = Arrays.copyOf(body, body.length + Integer.BYTES);
    ByteBuffer.wrap(sealed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(body.length, (int) sum.getValue());
    return sealed;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Stateful doubles(String name, double... values) {
    return carrying(name, values);
  }

  /** Gives a lambda its type. */
  private static Stateful carry(Stateful part) {
    return part;
  }

  private static Stateful carrying(String name, double[] values) {
    return state -> state.carry(name, values);
  }

  /** Holds a value of every kind, with a part nested in it. */
  private static final class Everything implements Stateful {
    private final double[] doubles;
    private final float[] floats;
    private final int[] ints;
    private final long[] longs;
    private final byte[] bytes;
    private final boolean[] booleans;
    private double[] grown = {};
    private float[] grownFloats = {};
    private int[] grownInts = {};
    private long[] grownLongs = {};
    private byte[] grownBytes = {};
    private boolean[] grownBooleans = {};
    private long aLong;
    private int anInt;
    private double aDouble;
    private float aFloat;
    private boolean aBoolean;
    private String text = "";
    private final double[] nested = new double[2];

    Everything(int length) {
      doubles = new double[length];
      floats = new float[length];
      ints = new int[length];
      longs = new long[length];
      bytes = new byte[length];
      booleans = new boolean[length];
    }

    static Everything random(Random random, int length) {
      Everything e = new Everything(length);
      for (int i = 0; i < length; i++) {
        // Any bits at all: NaNs, infinities and denormals among them.
        e.doubles[i] = Double.longBitsToDouble(random.nextLong());
        e.floats[i] = Float.intBitsToFloat(random.nextInt());
        e.ints[i] = random.nextInt();
        e.longs[i] = random.nextLong();
        e.bytes[i] = (byte) random.nextInt();
        e.booleans[i] = random.nextBoolean();
      }
      e.grown = e.doubles.clone();
      e.grownFloats = e.floats.clone();
      e.grownInts = e.ints.clone();
      e.grownLongs = e.longs.clone();
      e.grownBytes = e.bytes.clone();
      e.grownBooleans = e.booleans.clone();
      e.aLong = random.nextLong();
      e.anInt = random.nextInt();
      e.aDouble = random.nextGaussian();
      e.aFloat = random.nextFloat();
      e.aBoolean = true;
      e.text = "π ist 3.14 \uD83D\uDC2D" + random.nextInt();
      e.nested[0] = random.nextDouble();
      return e;
    }

    @Override
    public void carry(State state) {
      int most = Integer.MAX_VALUE;
      state.begin("everything", 1);
      state.carry("doubles", doubles);
      state.carry("floats", floats);
      state.carry("ints", ints);
      state.carry("longs", longs);
      state.carry("bytes", bytes);
      state.carry("booleans", booleans);
      state.carry("nested", carrying("v", nested));
      grown = state.carryUpTo("grown", grown, grown.length, most);
      grownFloats = state.carryUpTo("grown", grownFloats, grownFloats.length, most);
      grownInts = state.carryUpTo("grown", grownInts, grownInts.length, most);
      grownLongs = state.carryUpTo("grown", grownLongs, grownLongs.length, most);
      grownBytes = state.carryUpTo("grown", grownBytes, grownBytes.length, most);
      grownBooleans = state.carryUpTo("grown", grownBooleans, grownBooleans.length, most);
      aLong = state.carry("aLong", aLong);
      anInt = state.carry("anInt", anInt);
      aDouble = state.carry("aDouble", aDouble);
      aFloat = state.carry("aFloat", aFloat);
      aBoolean = state.carry("aBoolean", aBoolean);
      text = state.carry("text", text);
      state.end();
    }

    /** Compares bytes, because a double's equals takes all NaNs for the same. */
    boolean sameBits(Everything other) {
      return Arrays.equals(BinaryState.toBytes(this), BinaryState.toBytes(other))
          && Arrays.equals(ints, other.ints)
          && Arrays.equals(longs, other.longs)
          && Arrays.equals(bytes, other.bytes)
          && Arrays.equals(booleans, other.booleans)
          && Arrays.equals(doubles, other.doubles)
          && Arrays.equals(floats, other.floats)
          && Arrays.equals(grown, other.grown)
          && text.equals(other.text)
          && aBoolean == other.aBoolean;
    }
  }
}
