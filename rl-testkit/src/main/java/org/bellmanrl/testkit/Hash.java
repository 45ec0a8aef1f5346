package org.bellmanrl.testkit;

import java.nio.ByteBuffer;

/** A 64-bit digest of numbers, the same in every JVM (FNV-1a over words, mixed at the end). */
final class Hash {
  private long state = 0xCBF29CE484222325L;

  void add(long word) {
    state = (state ^ word) * 0x100000001B3L;
    state ^= state >>> 29;
  }

  void add(double value) {
    add(Double.doubleToLongBits(value));
  }

  void add(boolean value) {
    add(value ? 1L : 2L);
  }

  void add(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes);
    while (words.remaining() >= Long.BYTES) {
      add(words.getLong());
    }
    while (words.hasRemaining()) {
      add(words.get());
    }
    add(bytes.length);
  }

  /** Sixteen hexadecimal digits. */
  String text() {
    return "%016x".formatted(state);
  }
}
