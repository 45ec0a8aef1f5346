package org.bellmanrl.deep.replay;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of bytes by slot, each compressed separately with deflate (RFC 1951) at level 1.
 *
 * <p>Frames are appended to chunks, whichever row they belong to. A chunk whose frames have all
 * been replaced is filled again, so that chunks are only added while the compressed frames grow.
 * Rings are overwritten in the order in which they were written, so little of a chunk stays unused
 * for long. A frame that would not become smaller is stored as it is.
 *
 * <p>The last frames that were decompressed are kept, because the observation and the next one of a
 * transition are stacks of nearly the same frames.
 */
final class CompressedFrames {
  private static final int LEVEL = 1;

  private static final int MIN_CHUNK = 1 << 20;

  /** The least number of frames of a chunk, so that little is lost at its end. */
  private static final int MIN_FRAMES = 128;

  /** From this share of all slots on, their size says what all of them will take. */
  private static final int SHARE = 16;

  private final int width;
  private final int slots;
  private final double besides;

  /** Where the frame of each slot begins, in bytes over all chunks; −1 if it has none. */
  private final long[] places;

  /** Bytes that it takes there: as many as it has if it is stored as it is. */
  private final int[] lengths;

  private final int chunkBytes;

  private byte[][] chunks = {};

  /** Frames of each chunk that have not been replaced. */
  private int[] live = {};

  /** The chunk to which frames are appended, or −1, and the bytes of it that are taken. */
  private int current = -1;

  private int taken;

  /** Slots that have a frame. */
  private int held;

  private final byte[] frame;
  private final byte[][] recent;
  private final int[] recentSlots;
  private final Deflater deflater = new Deflater(LEVEL, true);
  private final Inflater inflater = new Inflater(true);

  /**
   * No frames yet.
   *
   * @param slots how many frames there may be
   * @param width bytes of a frame
   * @param stacked frames of an observation
   * @param besides bytes that the replay takes beside the frames
   */
  CompressedFrames(int slots, int width, int stacked, double besides) {
    this.width = width;
    this.slots = slots;
    this.besides = besides;
    this.places = new long[slots];
    this.lengths = new int[slots];
    this.chunkBytes = Math.max(MIN_CHUNK, Math.multiplyExact(MIN_FRAMES, width));
    this.frame = new byte[width];
    this.recent = new byte[stacked][width];
    this.recentSlots = new int[stacked];
    clear();
  }

  /** Bytes that a slot takes beside its compressed frame. */
  static double bytesBeside() {
    return Long.BYTES + Integer.BYTES;
  }

  /** Bytes of all chunks. */
  long bytes() {
    return (long) chunks.length * chunkBytes;
  }

  /** Where to write the frame that {@link #put} then compresses. */
  byte[] frame() {
    return frame;
  }

  /** Compresses the frame that was written, in place of what the slot held. */
  void put(int slot) {
    release(slot);
    reserve();
    byte[] chunk = chunks[current];
    deflater.reset();
    deflater.setInput(frame, 0, width);
    deflater.finish();
    int length = deflater.deflate(chunk, taken, width - 1);
    if (!deflater.finished()) {
      System.arraycopy(frame, 0, chunk, taken, width);
      length = width;
    }
    append(slot, length);
  }

  /** The frame of a slot; valid until as many others were asked for as stand in a stack. */
  byte[] get(int slot) {
    int place = slot % recent.length;
    if (recentSlots[place] != slot) {
      recentSlots[place] = -1;
      get(slot, recent[place], 0);
      recentSlots[place] = slot;
    }
    return recent[place];
  }

  /** Writes the frame of a slot. */
  void get(int slot, byte[] into, int to) {
    byte[] chunk = chunk(slot);
    int at = at(slot);
    int length = lengths[slot];
    if (length == width) {
      System.arraycopy(chunk, at, into, to, width);
      return;
    }
    inflater.reset();
    inflater.setInput(chunk, at, length);
    try {
      int written = inflater.inflate(into, to, width);
      if (written == width) {
        return;
      }
    } catch (DataFormatException e) {
      throw damaged(slot, e);
    }
    throw damaged(slot, null);
  }

  private static StateException damaged(int slot, @Nullable Throwable cause) {
    return new StateException(
        "the compressed frame of slot %d of the replay is damaged".formatted(slot), cause);
  }

  private byte[] chunk(int slot) {
    return chunks[(int) (places[slot] / chunkBytes)];
  }

  private int at(int slot) {
    return (int) (places[slot] % chunkBytes);
  }

  /** Makes room for a frame, even if it does not become smaller. */
  private void reserve() {
    if (current < 0 || taken + width > chunkBytes) {
      current = emptyChunk();
      taken = 0;
    }
  }

  /** What was written to the room that was made is the frame of a slot. */
  private void append(int slot, int length) {
    places[slot] = (long) current * chunkBytes + taken;
    lengths[slot] = length;
    taken += length;
    live[current]++;
    held++;
  }

  private void release(int slot) {
    int place = slot % recent.length;
    if (recentSlots[place] == slot) {
      recentSlots[place] = -1;
    }
    if (places[slot] >= 0) {
      live[(int) (places[slot] / chunkBytes)]--;
      places[slot] = -1;
      held--;
    }
  }

  private int emptyChunk() {
    for (int i = 0; i < live.length; i++) {
      if (live[i] == 0) {
        return i;
      }
    }
    int count = chunks.length;
    double bytes = bytes() + (double) chunkBytes;
    double expected = held > slots / SHARE ? bytes / held * slots : bytes;
    if (besides + expected > Runtime.getRuntime().maxMemory()) {
      throw refusal(besides + expected, null);
    }
    try {
      byte[][] more = Arrays.copyOf(chunks, count + 1);
      more[count] = new byte[chunkBytes];
      live = Arrays.copyOf(live, count + 1);
      chunks = more;
    } catch (OutOfMemoryError e) {
      throw refusal(besides + expected, e);
    }
    return count;
  }

  private IllegalStateException refusal(double bytes, @Nullable Throwable cause) {
    return new IllegalStateException(
        "a replay of %d compressed observations, of which it holds %d, needs %s; choose a smaller capacity (buffer_size), or give Java more memory: JDK_JAVA_OPTIONS=-Xmx16g"
            .formatted(slots, held, HeapSpace.comparison(bytes)),
        cause);
  }

  /** Forgets all frames, before others are restored. */
  void clear() {
    Arrays.fill(places, -1);
    Arrays.fill(live, 0);
    Arrays.fill(recentSlots, -1);
    current = -1;
    held = 0;
  }

  /** Carries the frames of neighbouring slots as they are, compressed. */
  void carry(State state, int from, int count) {
    state.carry("frame_lengths", lengths, from, count);
    for (int slot = from; slot < from + count; slot++) {
      if (state.restoring()) {
        if (lengths[slot] < 1 || lengths[slot] > width) {
          throw new StateException(
              "expected a compressed frame of 1 to %d bytes, found %d"
                  .formatted(width, lengths[slot]));
        }
        reserve();
        append(slot, lengths[slot]);
      }
      state.carry("frame", chunk(slot), at(slot), lengths[slot]);
    }
  }
}
