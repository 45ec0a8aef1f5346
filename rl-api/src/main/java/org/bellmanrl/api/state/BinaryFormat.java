package org.bellmanrl.api.state;

import org.jspecify.annotations.Nullable;

/** The constants that {@link BinaryWriter} and {@link BinaryReader} share. */
final class BinaryFormat {
  /** The version of the container; each section has its own version. */
  static final int VERSION = 2;

  /** The longest name in bytes of UTF-8: its length is stored in two bytes. */
  static final int MAX_NAME = 0xFFFF;

  /** Magic bytes and version. */
  static final int HEADER_BYTES = 8 + Integer.BYTES;

  /** The checksum. */
  static final int TRAILER_BYTES = Integer.BYTES;

  private BinaryFormat() {}

  /**
   * The first bytes of every file. As in PNG, a byte with the high bit set and both kinds of line
   * end: a transfer as text damages them visibly.
   */
  static byte[] magic() {
    return new byte[] {(byte) 0x8B, 'B', 'M', 'N', '\r', '\n', 0x1A, '\n'};
  }

  /** What can stand in the data; codes count from 1 and never change. */
  enum Kind {
    SECTION(1, "section", 0),
    END(2, "the end of the section", 0),
    LONG(3, "long", Long.BYTES),
    INT(4, "int", Integer.BYTES),
    DOUBLE(5, "double", Double.BYTES),
    FLOAT(6, "float", Float.BYTES),
    BOOLEAN(7, "boolean", 1),
    STRING(8, "string", 1),
    DOUBLES(9, "double[]", Double.BYTES),
    FLOATS(10, "float[]", Float.BYTES),
    INTS(11, "int[]", Integer.BYTES),
    LONGS(12, "long[]", Long.BYTES),
    BYTES(13, "byte[]", 1),
    BOOLEANS(14, "boolean[]", 1);

    private static final Kind[] KINDS = values();

    private final int code;
    private final String label;
    private final int width;

    Kind(int code, String label, int width) {
      this.code = code;
      this.label = label;
      this.width = width;
    }

    static @Nullable Kind of(byte code) {
      return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
    }

    byte code() {
      return (byte) code;
    }

    /** Bytes per element. */
    int width() {
      return width;
    }

    @Override
    public String toString() {
      return label;
    }
  }
}
