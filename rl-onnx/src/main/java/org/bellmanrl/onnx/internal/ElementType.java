package org.bellmanrl.onnx.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The types of numbers in tensors that are read and written here, with ONNX's numbers for them. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT(1, 4),
  /** Bytes from 0 to 255. */
  UINT8(2, 1),
  /** Bytes from −128 to 127. */
  INT8(3, 1),
  /** 16-bit integers. */
  INT16(5, 2),
  /** 32-bit integers. */
  INT32(6, 4),
  /** 64-bit integers. */
  INT64(7, 8),
  /** Truth values. */
  BOOL(9, 1),
  /** 16-bit floating point. */
  FLOAT16(10, 2),
  /** 64-bit floating point. */
  DOUBLE(11, 8);

  private final int number;
  private final int bytes;

  ElementType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** What ONNX calls it. */
  public int number() {
    return number;
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Whether these are floating-point numbers. */
  boolean real() {
    return this == FLOAT || this == FLOAT16 || this == DOUBLE;
  }

  /** The type with a number of ONNX's. */
  static ElementType of(String value, long number) {
    return Arrays.stream(values())
        .filter(type -> type.number == number)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' holds %s; those that can be bound are %s"
                    .formatted(value, other(number), Arrays.toString(values()))));
  }

  private static String other(long number) {
    return switch ((int) number) {
      case 4 -> "UINT16";
      case 8 -> "STRING";
      case 12 -> "UINT32";
      case 13 -> "UINT64";
      case 16 -> "BFLOAT16";
      default -> "elements of type " + number;
    };
  }

  /** Writes the number that is nearest to a value. */
  void put(ByteBuffer into, int index, double value) {
    switch (this) {
      case FLOAT -> into.putFloat(index * 4, (float) value);
      case DOUBLE -> into.putDouble(index * 8, value);
      case FLOAT16 -> into.putShort(index * 2, Float.floatToFloat16((float) value));
      case UINT8, INT8 -> into.put(index, (byte) (int) value);
      case BOOL -> into.put(index, (byte) (value == 0 ? 0 : 1));
      case INT16 -> into.putShort(index * 2, (short) (int) value);
      case INT32 -> into.putInt(index * 4, (int) value);
      case INT64 -> into.putLong(index * 8, (long) value);
    }
  }

  /** Reads a number. */
  double get(ByteBuffer from, int index) {
    return switch (this) {
      case FLOAT -> from.getFloat(index * 4);
      case DOUBLE -> from.getDouble(index * 8);
      case FLOAT16 -> Float.float16ToFloat(from.getShort(index * 2));
      case UINT8 -> from.get(index) & 0xff;
      case INT8, BOOL -> from.get(index);
      case INT16 -> from.getShort(index * 2);
      case INT32 -> from.getInt(index * 4);
      case INT64 -> from.getLong(index * 8);
    };
  }
}
