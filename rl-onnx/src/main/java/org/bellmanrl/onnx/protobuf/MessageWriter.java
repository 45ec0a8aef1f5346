package org.bellmanrl.onnx.protobuf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * A message of protocol buffers in the making: its fields, one after the other, as they are added.
 *
 * <p>The writer keeps its memory when it is cleared: one that is used again allocates nothing once
 * it has seen its largest message. Not thread-safe.
 *
 * <p>Source: Protocol Buffers, "Encoding" (protobuf.dev).
 */
public final class MessageWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int FIRST_CAPACITY = 128;

  private byte[] content = new byte[FIRST_CAPACITY];
  private int size;

  /** An empty message. */
  public MessageWriter() {}

  /** Forgets all fields. */
  public MessageWriter clear() {
    size = 0;
    return this;
  }

  /** Number of bytes so far. */
  public int size() {
    return size;
  }

  /** Adds an integer, of one of the types that are not fixed nor zigzag. */
  public MessageWriter integer(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** Adds a {@code double}. */
  public MessageWriter real64(int field, double value) {
    key(field, FIXED64);
    little(Double.doubleToRawLongBits(value), Long.BYTES);
    return this;
  }

  /** Adds a {@code float}. */
  public MessageWriter real32(int field, float value) {
    key(field, FIXED32);
    little(Float.floatToRawIntBits(value), Float.BYTES);
    return this;
  }

  /** Adds a text. */
  public MessageWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public MessageWriter bytes(int field, byte[] value) {
    key(field, DELIMITED);
    varint(value.length);
    append(value, value.length);
    return this;
  }

  /** Adds a message as it stands now. */
  public MessageWriter message(int field, MessageWriter value) {
    key(field, DELIMITED);
    varint(value.size);
    append(value.content, value.size);
    return this;
  }

  /** Adds a packed list of {@code double}. */
  public MessageWriter packed(int field, double[] values) {
    key(field, DELIMITED);
    varint((long) values.length * Double.BYTES);
    for (double value : values) {
      little(Double.doubleToRawLongBits(value), Long.BYTES);
    }
    return this;
  }

  /** Adds a packed list of integers. */
  public MessageWriter packed(int field, long[] values) {
    int length = 0;
    for (long value : values) {
      length += varintSize(value);
    }
    key(field, DELIMITED);
    varint(length);
    for (long value : values) {
      varint(value);
    }
    return this;
  }

  /** Feeds the message to a check sum. */
  public void addTo(Checksum sum) {
    sum.update(content, 0, size);
  }

  /** Writes the message. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content, 0, size);
  }

  /** A copy of the message. */
  public byte[] toBytes() {
    return Arrays.copyOf(content, size);
  }

  private void key(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      content[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    content[size++] = (byte) left;
  }

  private static int varintSize(long value) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  private void little(long bits, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      content[size++] = (byte) (bits >>> (8 * i));
    }
  }

  private void append(byte[] bytes, int length) {
    reserve(length);
    System.arraycopy(bytes, 0, content, size, length);
    size += length;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > content.length) {
      content = Arrays.copyOf(content, Math.max(needed, Math.max(size, size + (size >> 1))));
    }
  }
}
