package org.bellmanrl.api.state;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Writes the binary format that {@link BinaryState} describes to a stream. */
final class BinaryWriter implements State {
  private static final int CAPACITY = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();
  private final Deque<String> open = new ArrayDeque<>();

  BinaryWriter(OutputStream out) {
    this.out = out;
    buffer.put(BinaryFormat.magic()).putInt(BinaryFormat.VERSION);
  }

  /** Writes the checksum; nothing may be written after it. */
  void finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("section '" + open.peek() + "' was opened but never ended");
    }
    flush();
    // The trailer must not enter its own sum.
    int sum = (int) checksum.getValue();
    buffer.putInt(sum);
    flush();
  }

  @Override
  public boolean restoring() {
    return false;
  }

  @Override
  public int begin(String type, int version) {
    if (version < 1) {
      throw new IllegalArgumentException(
          "version of section '" + type + "' must be at least 1, was " + version);
    }
    head(BinaryFormat.Kind.SECTION, type);
    reserve(Integer.BYTES).putInt(version);
    open.push(type);
    return version;
  }

  @Override
  public void end() {
    if (open.isEmpty()) {
      throw new IllegalStateException("end() without an open section");
    }
    reserve(1).put(BinaryFormat.Kind.END.code());
    open.pop();
  }

  @Override
  public long carry(String name, long value) {
    head(BinaryFormat.Kind.LONG, name);
    reserve(Long.BYTES).putLong(value);
    return value;
  }

  @Override
  public int carry(String name, int value) {
    head(BinaryFormat.Kind.INT, name);
    reserve(Integer.BYTES).putInt(value);
    return value;
  }

  @Override
  public double carry(String name, double value) {
    head(BinaryFormat.Kind.DOUBLE, name);
    reserve(Long.BYTES).putLong(Double.doubleToRawLongBits(value));
    return value;
  }

  @Override
  public float carry(String name, float value) {
    head(BinaryFormat.Kind.FLOAT, name);
    reserve(Integer.BYTES).putInt(Float.floatToRawIntBits(value));
    return value;
  }

  @Override
  public boolean carry(String name, boolean value) {
    head(BinaryFormat.Kind.BOOLEAN, name);
    reserve(1).put((byte) (value ? 1 : 0));
    return value;
  }

  @Override
  public String carry(String name, String value) {
    head(BinaryFormat.Kind.STRING, name);
    byte[] text = encode(value, "value of '" + name + "'");
    reserve(Integer.BYTES).putInt(text.length);
    put(text, 0, text.length);
    return value;
  }

  @Override
  public void carry(String name, double[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.DOUBLES, name, array.length, from, length);
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, reserve(Double.BYTES).remaining() / Double.BYTES);
      buffer.asDoubleBuffer().put(array, at, n);
      buffer.position(buffer.position() + n * Double.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public double[] carryUpTo(String name, double[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, float[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.FLOATS, name, array.length, from, length);
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, reserve(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(array, at, n);
      buffer.position(buffer.position() + n * Float.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public float[] carryUpTo(String name, float[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, int[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.INTS, name, array.length, from, length);
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, reserve(Integer.BYTES).remaining() / Integer.BYTES);
      buffer.asIntBuffer().put(array, at, n);
      buffer.position(buffer.position() + n * Integer.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public int[] carryUpTo(String name, int[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, long[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.LONGS, name, array.length, from, length);
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, reserve(Long.BYTES).remaining() / Long.BYTES);
      buffer.asLongBuffer().put(array, at, n);
      buffer.position(buffer.position() + n * Long.BYTES);
      at += n;
      left -= n;
    }
  }

  @Override
  public long[] carryUpTo(String name, long[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, byte[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.BYTES, name, array.length, from, length);
    put(array, from, length);
  }

  @Override
  public byte[] carryUpTo(String name, byte[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  @Override
  public void carry(String name, boolean[] array, int from, int length) {
    arrayHead(BinaryFormat.Kind.BOOLEANS, name, array.length, from, length);
    for (int i = from; i < from + length; i++) {
      reserve(1).put((byte) (array[i] ? 1 : 0));
    }
  }

  @Override
  public boolean[] carryUpTo(String name, boolean[] array, int length, int maxLength) {
    carry(name, array, 0, length);
    return array;
  }

  private void arrayHead(
      BinaryFormat.Kind kind, String name, int arrayLength, int from, int length) {
    Objects.checkFromIndexSize(from, length, arrayLength);
    head(kind, name);
    reserve(Integer.BYTES).putInt(length);
  }

  private void head(BinaryFormat.Kind kind, String name) {
    byte[] text = encode(name, "name");
    if (text.length == 0 || text.length > BinaryFormat.MAX_NAME) {
      throw new IllegalArgumentException(
          "name must have 1 to "
              + BinaryFormat.MAX_NAME
              + " bytes of UTF-8, had "
              + text.length
              + " ('"
              + name.substring(0, Math.min(name.length(), 40))
              + "')");
    }
    reserve(1 + Short.BYTES).put(kind.code()).putShort((short) text.length);
    put(text, 0, text.length);
  }

  private static byte[] encode(String text, String what) {
    try {
      // Unlike String.getBytes, an encoder refuses half a surrogate pair, which would not come
      // back.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] result = new byte[bytes.remaining()];
      bytes.get(result);
      return result;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " is not valid Unicode text", e);
    }
  }

  private void put(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, reserve(1).remaining());
      buffer.put(bytes, at, n);
      at += n;
      left -= n;
    }
  }

  private ByteBuffer reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    checksum.update(buffer.array(), 0, buffer.position());
    try {
      out.write(buffer.array(), 0, buffer.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }
}
