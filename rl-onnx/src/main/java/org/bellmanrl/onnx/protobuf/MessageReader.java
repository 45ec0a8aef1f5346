package org.bellmanrl.onnx.protobuf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message of protocol buffers, field by field: {@link #next}, then whatever the field's
 * number asks for.
 *
 * <p>It trusts nothing. What does not fit the message that it stands in is refused with an {@link
 * IllegalArgumentException}, before anything is made for it. Not thread-safe.
 *
 * <p>Source: Protocol Buffers, "Encoding" (protobuf.dev).
 */
public final class MessageReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int MOST_VARINT_BYTES = 10;

  private final byte[] content;
  private final int end;
  private int position;

  private int field;
  private int type;
  private long number;
  private int from;
  private int to;

  /** Reads a message that is all of some bytes, which must not change meanwhile. */
  public MessageReader(byte[] content) {
    this(content, 0, content.length);
  }

  private MessageReader(byte[] content, int from, int to) {
    this.content = content;
    this.position = from;
    this.end = to;
  }

  /** Goes on to the next field; false if there is none. */
  public boolean next() {
    if (position == end) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    type = (int) key & 7;
    if (key >>> 3 < 1 || key >>> 3 > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a field has the number " + (key >>> 3));
    }
    switch (type) {
      case VARINT -> number = varint();
      case FIXED64 -> number = little(Long.BYTES);
      case FIXED32 -> number = little(Integer.BYTES);
      case DELIMITED -> {
        long length = varint();
        if (length < 0 || length > end - position) {
          throw new IllegalArgumentException(
              "field %d declares %s bytes, but %d are left"
                  .formatted(field, Long.toUnsignedString(length), end - position));
        }
        from = position;
        to = position + (int) length;
        position = to;
      }
      default -> throw new IllegalArgumentException("field " + field + " is of kind " + type);
    }
    return true;
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < MOST_VARINT_BYTES && position < end; i++) {
      byte next = content[position++];
      value |= (next & 0x7fL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an integer does not end");
  }

  private long little(int bytes) {
    if (end - position < bytes) {
      throw new IllegalArgumentException(
          "field %d needs %d bytes, but %d are left".formatted(field, bytes, end - position));
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (content[position++] & 0xffL) << (8 * i);
    }
    return value;
  }

  /** The number of the field. */
  public int field() {
    return field;
  }

  /** The field as an integer, of one of the types that are not fixed nor zigzag. */
  public long integer() {
    expect(VARINT);
    return number;
  }

  /** The field as a message in this one. */
  public MessageReader message() {
    expect(DELIMITED);
    return new MessageReader(content, from, to);
  }

  /** The field as a text. */
  public String text() {
    expect(DELIMITED);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("field " + field + " is no text", e);
    }
  }

  private void expect(int wanted) {
    if (type != wanted) {
      throw new IllegalArgumentException(
          "field %d is of kind %d, expected %d".formatted(field, type, wanted));
    }
  }
}
