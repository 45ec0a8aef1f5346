package org.bellmanrl.deep.replay;

import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bytes in as many arrays as they need: a million frames of 84 × 84 are more than one array
 * can hold. Frames may also be kept apart, compressed.
 */
final class ByteRows {
  private static final int MAX_CHUNK = 1 << 30;

  private final int width;
  private final int shift;
  private final byte[][] chunks;
  private final @Nullable CompressedFrames frames;

  ByteRows(int rows, int width, @Nullable CompressedFrames frames) {
    this(rows, width, frames, MAX_CHUNK);
  }

  /** With arrays of at most this many bytes, or of one row if that is longer. */
  ByteRows(int rows, int width, @Nullable CompressedFrames frames, int maxChunk) {
    this.width = width;
    this.frames = frames;
    int fits = Math.max(1, maxChunk / Math.max(1, width));
    this.shift =
        rows <= fits ? Integer.SIZE - 1 : Integer.SIZE - 1 - Integer.numberOfLeadingZeros(fits);
    int perChunk = rows <= fits ? rows : 1 << shift;
    this.chunks = new byte[(rows + perChunk - 1) / perChunk][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new byte[Math.min(perChunk, rows - i * perChunk) * width];
    }
  }

  /** The array that holds a row. */
  byte[] chunk(int row) {
    return chunks[row >>> shift];
  }

  /** Where a row begins in its array. */
  int at(int row) {
    return (shift == Integer.SIZE - 1 ? row : row & ((1 << shift) - 1)) * width;
  }

  /** The frames that are kept apart, or null if they begin the rows. */
  @Nullable CompressedFrames frames() {
    return frames;
  }

  /** Forgets frames that are kept apart, before others are restored. */
  void clear() {
    if (frames != null) {
      frames.clear();
    }
  }

  /** Carries neighbouring rows, array by array. */
  void carry(State state, int from, int count) {
    int row = from;
    while (row < from + count) {
      int here = here(row, from + count - row);
      state.carry("bytes", chunk(row), at(row), here * width);
      row += here;
    }
    if (frames != null) {
      frames.carry(state, from, count);
    }
  }

  /** How many of the next rows lie in the array of the first. */
  private int here(int row, int count) {
    return width == 0 ? count : Math.min(count, (chunk(row).length - at(row)) / width);
  }
}
