package org.bellmanrl.api.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Reads the values that a {@link BinaryWriter} wrote from a stream that stands behind the header.
 *
 * <p>It trusts nothing: whatever the data declares is compared with what is left of it first.
 */
final class BinaryReader implements State {
  private static final int CAPACITY = 1 << 16;

  private final InputStream in;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private final Deque<String> open = new ArrayDeque<>();
  private long notFetched;

  /**
   * Makes a reader.
   *
   * @param in gives the values
   * @param length how many bytes of {@code in} are values
   */
  BinaryReader(InputStream in, long length) {
    this.in = in;
    this.notFetched = length;
  }

  /** Checks that everything was read. */
  void finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "section '" + open.peekLast() + "' was opened but never ended");
    }
    if (left() > 0) {
      throw new StateException("expected the end of the data, found " + describeNext());
    }
  }

  @Override
  public boolean restoring() {
    return true;
  }

  @Override
  public int begin(String type, int maxVersion) {
    head(BinaryFormat.Kind.SECTION, type);
    int version = fetch(Integer.BYTES).getInt();
    if (version < 1) {
      throw new StateException(
          where() + "section '" + type + "' has version " + version + ", expected 1 or more");
    }
    if (version > maxVersion) {
      throw new StateException(
          where()
              + "section '"
              + type
              + "' has version "
              + version
              + ", expected at most "
              + maxVersion
              + ": it was saved by a newer release, read it with that one");
    }
    open.addLast(type);
    return version;
  }

  @Override
  public void end() {
    if (open.isEmpty()) {
      throw new IllegalStateException("end() without an open section");
    }
    if (left() == 0) {
      throw new StateException(
          where() + "expected the end of the section, found the end of the data");
    }
    if (peekKind() != BinaryFormat.Kind.END) {
      throw new StateException(
          where() + "expected the end of the section, found " + describeNext());
    }
    fetch(1).get();
    open.removeLast();
  }

  @Override
  public long carry(String name, long value) {
    head(BinaryFormat.Kind.LONG, name);
    return fetch(Long.BYTES).getLong();
  }

  @Override
  public int carry(String name, int value) {
    head(BinaryFormat.Kind.INT, name);
    return fetch(Integer.BYTES).getInt();
  }

  @Override
  public double carry(String name, double value) {
    head(BinaryFormat.Kind.DOUBLE, name);
    return Double.longBitsToDouble(fetch(Long.BYTES).getLong());
  }

  @Override
  public float carry(String name, float value) {
    head(BinaryFormat.Kind.FLOAT, name);
    return Float.intBitsToFloat(fetch(Integer.BYTES).getInt());
  }

  @Override
  public boolean carry(String name, boolean value) {
    head(BinaryFormat.Kind.BOOLEAN, name);
    return truth(name, fetch(1).get());
  }

  @Override
  public String carry(String name, String value) {
    head(BinaryFormat.Kind.STRING, name);
    int length = fetch(Integer.BYTES).getInt();
    if (length < 0 || length > left()) {
      throw tooLong(BinaryFormat.Kind.STRING, name, length, 1);
    }
    return text(length);
  }

  @Override
  public void carry(String name, double[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.DOUBLES, name, length);
    fill(into, from, length);
  }

  @Override
  public double[] carryUpTo(String name, double[] unused, int length, int maxLength) {
    double[] array = new double[lengthUpTo(BinaryFormat.Kind.DOUBLES, name, maxLength)];
    fill(array, 0, array.length);
    return array;
  }

  private void fill(double[] into, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, fetch(Double.BYTES).remaining() / Double.BYTES);
      buffer.asDoubleBuffer().get(into, at, n);
      buffer.position(buffer.position() + n * Double.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public void carry(String name, float[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.FLOATS, name, length);
    fill(into, from, length);
  }

  @Override
  public float[] carryUpTo(String name, float[] unused, int length, int maxLength) {
    float[] array = new float[lengthUpTo(BinaryFormat.Kind.FLOATS, name, maxLength)];
    fill(array, 0, array.length);
    return array;
  }

  private void fill(float[] into, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, fetch(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().get(into, at, n);
      buffer.position(buffer.position() + n * Float.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public void carry(String name, int[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.INTS, name, length);
    fill(into, from, length);
  }

  @Override
  public int[] carryUpTo(String name, int[] unused, int length, int maxLength) {
    int[] array = new int[lengthUpTo(BinaryFormat.Kind.INTS, name, maxLength)];
    fill(array, 0, array.length);
    return array;
  }

  private void fill(int[] into, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, fetch(Integer.BYTES).remaining() / Integer.BYTES);
      buffer.asIntBuffer().get(into, at, n);
      buffer.position(buffer.position() + n * Integer.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public void carry(String name, long[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.LONGS, name, length);
    fill(into, from, length);
  }

  @Override
  public long[] carryUpTo(String name, long[] unused, int length, int maxLength) {
    long[] array = new long[lengthUpTo(BinaryFormat.Kind.LONGS, name, maxLength)];
    fill(array, 0, array.length);
    return array;
  }

  private void fill(long[] into, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, fetch(Long.BYTES).remaining() / Long.BYTES);
      buffer.asLongBuffer().get(into, at, n);
      buffer.position(buffer.position() + n * Long.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public void carry(String name, byte[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.BYTES, name, length);
    fill(into, from, length);
  }

  @Override
  public byte[] carryUpTo(String name, byte[] unused, int length, int maxLength) {
    byte[] array = new byte[lengthUpTo(BinaryFormat.Kind.BYTES, name, maxLength)];
    fill(array, 0, array.length);
    return array;
  }

  private void fill(byte[] into, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, fetch(1).remaining());
      buffer.get(into, at, n);
      at += n;
      left -= n;
    }
  }

  @Override
  public void carry(String name, boolean[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    expectLength(BinaryFormat.Kind.BOOLEANS, name, length);
    fill(name, into, from, length);
  }

  @Override
  public boolean[] carryUpTo(String name, boolean[] unused, int length, int maxLength) {
    boolean[] array = new boolean[lengthUpTo(BinaryFormat.Kind.BOOLEANS, name, maxLength)];
    fill(name, array, 0, array.length);
    return array;
  }

  private void fill(String name, boolean[] into, int from, int length) {
    for (int i = from; i < from + length; i++) {
      into[i] = truth(name, fetch(1).get());
    }
  }

  private void expectLength(BinaryFormat.Kind kind, String name, int expected) {
    int length = arrayLength(kind, name);
    if (length != expected) {
      throw new StateException(
          where()
              + kind
              + " '"
              + name
              + "' has "
              + length
              + " elements, expected "
              + expected
              + ": restore into an object made with the configuration it was saved with");
    }
  }

  private int lengthUpTo(BinaryFormat.Kind kind, String name, int maxLength) {
    int length = arrayLength(kind, name);
    if (length > maxLength) {
      throw new StateException(
          where()
              + kind
              + " '"
              + name
              + "' has "
              + length
              + " elements, expected at most "
              + maxLength);
    }
    return length;
  }

  /** Reads an array's length, which is no more than the rest of the data can hold. */
  private int arrayLength(BinaryFormat.Kind kind, String name) {
    head(kind, name);
    int length = fetch(Integer.BYTES).getInt();
    if (length < 0 || (long) length * kind.width() > left()) {
      throw tooLong(kind, name, length, kind.width());
    }
    return length;
  }

  private StateException tooLong(BinaryFormat.Kind kind, String name, int length, int width) {
    return new StateException(
        where()
            + kind
            + " '"
            + name
            + "' declares "
            + length
            + " elements of "
            + width
            + " bytes, but "
            + left()
            + " bytes are left: the data is damaged");
  }

  private void head(BinaryFormat.Kind kind, String name) {
    if (left() == 0) {
      throw new StateException(
          where() + "expected " + kind + " '" + name + "', found the end of the data");
    }
    BinaryFormat.Kind found = peekKind();
    if (found == BinaryFormat.Kind.END) {
      throw new StateException(where() + "expected " + kind + " '" + name + "', found " + found);
    }
    fetch(1).get();
    String foundName = name();
    if (found != kind || !foundName.equals(name)) {
      throw new StateException(
          where()
              + "expected "
              + kind
              + " '"
              + name
              + "', found "
              + found
              + " '"
              + foundName
              + "'");
    }
  }

  private String describeNext() {
    BinaryFormat.Kind kind = peekKind();
    if (kind == BinaryFormat.Kind.END) {
      return kind.toString();
    }
    fetch(1).get();
    return kind + " '" + name() + "'";
  }

  private BinaryFormat.Kind peekKind() {
    fetch(1);
    byte code = buffer.get(buffer.position());
    BinaryFormat.Kind kind = BinaryFormat.Kind.of(code);
    if (kind == null) {
      throw new StateException(where() + "unknown kind of value " + code + ": the data is damaged");
    }
    return kind;
  }

  private String name() {
    int length = Short.toUnsignedInt(fetch(Short.BYTES).getShort());
    if (length > left()) {
      throw new StateException(
          where()
              + "a name of "
              + length
              + " bytes, but "
              + left()
              + " are left: the data is damaged");
    }
    return text(length);
  }

  private boolean truth(String name, byte value) {
    if (value != 0 && value != 1) {
      throw new StateException(
          where()
              + "'"
              + name
              + "' is neither true nor false but "
              + value
              + ": the data is damaged");
    }
    return value == 1;
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    fill(bytes, 0, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new StateException(where() + "text that is not UTF-8: the data is damaged", e);
    }
  }

  /** The place in the data, for messages: empty outside all sections. */
  private String where() {
    return open.isEmpty() ? "" : "in " + String.join("/", open) + ": ";
  }

  private long left() {
    return notFetched + buffer.remaining();
  }

  /** Makes sure that some bytes stand in the buffer. */
  private ByteBuffer fetch(int bytes) {
    if (buffer.remaining() < bytes) {
      if (left() < bytes) {
        throw new StateException(
            where()
                + "expected "
                + bytes
                + " more bytes, found "
                + left()
                + ": the data is damaged");
      }
      buffer.compact();
      try {
        while (buffer.hasRemaining() && notFetched > 0) {
          int wanted = (int) Math.min(buffer.remaining(), notFetched);
          int n = in.read(buffer.array(), buffer.position(), wanted);
          if (n < 0) {
            throw new StateException(where() + "the data ended while it was read");
          }
          buffer.position(buffer.position() + n);
          notFetched -= n;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      buffer.flip();
    }
    return buffer;
  }
}
