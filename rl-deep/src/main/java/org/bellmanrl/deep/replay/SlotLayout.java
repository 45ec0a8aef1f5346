package org.bellmanrl.deep.replay;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;

/**
 * Where in a slot everything lies. Its numbers, side by side so that a slot is one or two lines of
 * the cache: observation, action, reward, discount; integers are stored as the float of the same
 * value. Its bytes: observation, mask, action.
 *
 * <p>With stacked frames a slot holds the newest frame of the observation only. Compressed frames
 * are not among its bytes.
 */
final class SlotLayout {
  /** Integers up to this size are floats of the same value. */
  private static final int EXACT = 1 << 24;

  /** The number of elements up to which a loop copies faster than arraycopy. */
  private static final int FEW = 32;

  private final Layout observation;
  private final Layout action;
  private final int frames;

  /** Elements of one frame that stand side by side in a stack. */
  private final int chunk;

  private final int maskWidth;

  /** Elements of an observation, or of one frame of it, that a slot holds. */
  private final int observationInts;

  private final int observationFloats;
  private final int observationBytes;

  private final int actionAt;
  private final int rewardAt;
  private final int maskAt;
  private final int actionBytesAt;
  private final int bytes;

  SlotLayout(EnvironmentSpec spec, int frames, boolean compressed) {
    this.observation = spec.observationSpace().layout();
    this.action = spec.actionSpace().layout();
    this.frames = frames;
    this.chunk = chunk(spec.observationSpace(), frames);
    this.maskWidth = spec.maskWidth();
    requireExact("observations", observation);
    requireExact("actions", action);
    this.observationInts = observation.ints();
    this.observationFloats = observation.floats() / frames;
    this.observationBytes = observation.bytes() / frames;
    this.actionAt = Math.addExact(observationInts, observationFloats);
    this.rewardAt = Math.addExact(actionAt, Math.addExact(action.ints(), action.floats()));
    if (compressed && observationBytes == 0) {
      throw new IllegalArgumentException(
          "compressed_frames must be false for observations without bytes, which are "
              + spec.observationSpace());
    }
    this.maskAt = compressed ? 0 : observationBytes;
    this.actionBytesAt = Math.addExact(maskAt, maskWidth);
    this.bytes = Math.addExact(actionBytesAt, action.bytes());
  }

  /**
   * Returns whether the bytes of observations are kept as they are, so that compression would help.
   */
  boolean keepsPictures() {
    return maskAt > 0;
  }

  private static int chunk(Space space, int frames) {
    if (frames == 1) {
      return 0;
    }
    if (!(space instanceof Box box)) {
      throw new IllegalArgumentException(
          "only a Box can be a stack of %d frames, observations are %s".formatted(frames, space));
    }
    int joined = box.dimensions() == 3 ? box.extent(2) : box.extent(0);
    if (joined % frames != 0) {
      throw new IllegalArgumentException(
          "observations %s can't be stacks of %d frames: %d is not a multiple"
              .formatted(box, frames, joined));
    }
    return box.dimensions() == 3 ? joined / frames : box.size() / frames;
  }

  private static void requireExact(String what, Layout layout) {
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; leaf.dtype() == DType.INT32 && i < leaf.width(); i++) {
        long start = leaf.start(i);
        requireExact(what, Math.max(-start, start + leaf.count(i) - 1));
      }
    }
  }

  private static void requireExact(String what, long largest) {
    if (largest > EXACT) {
      throw new IllegalArgumentException(
          "integers of %s must be within ±%d to be kept, may be %d"
              .formatted(what, EXACT, largest));
    }
  }

  /** Numbers in a slot. */
  int numbers() {
    return rewardAt + 2;
  }

  /** Bytes in a slot. */
  int bytes() {
    return bytes;
  }

  /** Bytes of an observation, or of one frame of it. */
  int frameBytes() {
    return observationBytes;
  }

  int rewardAt() {
    return rewardAt;
  }

  int discountAt() {
    return rewardAt + 1;
  }

  // Into a slot

  /** Forgets mask, action and reward, so that a slot where nothing was done is always the same. */
  void clear(float[] numbers, ByteRows of, int slot) {
    int at = slot * numbers();
    for (int i = actionAt; i < numbers(); i++) {
      numbers[at + i] = 0f;
    }
    if (bytes > maskAt) {
      Arrays.fill(of.chunk(slot), of.at(slot) + maskAt, of.at(slot) + bytes, (byte) 0);
    }
  }

  /** Writes an observation, or the newest frame of it, and its mask. */
  void putObservation(Observations from, int row, float[] numbers, ByteRows into, int slot) {
    putFrame(from.values(), row, frames - 1, numbers, into, slot);
    if (maskWidth > 0) {
      byte[] target = into.chunk(slot);
      int at = into.at(slot) + maskAt;
      for (int i = 0; i < maskWidth; i++) {
        target[at + i] = (byte) (from.mask()[row * maskWidth + i] ? 1 : 0);
      }
    }
  }

  /** Writes one frame of an observation; the observation itself if it is no stack. */
  void putFrame(Columns from, int row, int frame, float[] numbers, ByteRows into, int slot) {
    int at = slot * numbers();
    for (int i = 0; i < observationInts; i++) {
      numbers[at + i] = from.ints()[row * observationInts + i];
    }
    int run = run(observationFloats);
    int first = row * observation.floats() + frame * chunk;
    for (int done = 0; done < observationFloats; done += run) {
      copy(from.floats(), first + done * frames, numbers, at + observationInts + done, run);
    }
    first = row * observation.bytes() + frame * chunk;
    CompressedFrames compressed = into.frames();
    if (compressed == null) {
      putBytes(from.bytes(), first, into.chunk(slot), into.at(slot));
    } else {
      putBytes(from.bytes(), first, compressed.frame(), 0);
      compressed.put(slot);
    }
  }

  /** Writes the bytes of a frame side by side. */
  private void putBytes(byte[] from, int first, byte[] to, int toAt) {
    int run = run(observationBytes);
    if (run == 1) {
      copyApart(from, first, frames, to, toAt, 1, observationBytes);
      return;
    }
    for (int done = 0; done < observationBytes; done += run) {
      copy(from, first + done * frames, to, toAt + done, run);
    }
  }

  /** How many of a frame's elements stand side by side in an observation. */
  private int run(int all) {
    return frames == 1 ? all : chunk;
  }

  void putAction(Columns from, int row, float[] numbers, ByteRows into, int slot) {
    int at = slot * numbers() + actionAt;
    int ints = action.ints();
    for (int i = 0; i < ints; i++) {
      numbers[at + i] = from.ints()[row * ints + i];
    }
    int floats = action.floats();
    for (int i = 0; i < floats; i++) {
      numbers[at + ints + i] = from.floats()[row * floats + i];
    }
    if (action.bytes() > 0) {
      System.arraycopy(
          from.bytes(),
          row * action.bytes(),
          into.chunk(slot),
          into.at(slot) + actionBytesAt,
          action.bytes());
    }
  }

  /**
   * Checks that the older frames of what is observed next are the newer ones of what was observed.
   *
   * @throws IllegalStateException if they are not
   */
  void requireStack(Columns seen, Columns next, int row) {
    int kept = (frames - 1) * chunk;
    for (int at = row * observation.floats(); at < (row + 1) * observation.floats(); ) {
      for (int i = 0; i < kept; i++) {
        if (next.floats()[at + i] != seen.floats()[at + chunk + i]) {
          throw noStack(row);
        }
      }
      at += frames * chunk;
    }
    for (int at = row * observation.bytes(); at < (row + 1) * observation.bytes(); ) {
      for (int i = 0; i < kept; i++) {
        if (next.bytes()[at + i] != seen.bytes()[at + chunk + i]) {
          throw noStack(row);
        }
      }
      at += frames * chunk;
    }
  }

  private IllegalStateException noStack(int row) {
    return new IllegalStateException(
        "observations are not stacks of %d frames, the oldest first, in row %d: the older frames of one are not the newer ones of the one before; set frames to what the task stacks, or to 1"
            .formatted(frames, row));
  }

  // Out of slots

  void getObservations(float[] numbers, ByteRows bytesOf, int[] slots, Columns into) {
    if (observationFloats > 0) {
      getFloats(numbers, slots, observationInts, into.floats(), observationFloats);
    }
    if (observationInts > 0) {
      getInts(numbers, slots, 0, into.ints(), observationInts);
    }
    CompressedFrames compressed = bytesOf.frames();
    if (compressed != null) {
      for (int i = 0; i < slots.length; i++) {
        compressed.get(slots[i], into.bytes(), i * observationBytes);
      }
    } else if (observationBytes > 0) {
      getBytes(bytesOf, slots, 0, into.bytes(), observationBytes);
    }
  }

  /** Writes the floats of the observation in a slot. */
  void getFloats(float[] numbers, int slot, float[] into) {
    copy(numbers, slot * numbers() + observationInts, into, 0, observationFloats);
  }

  void getActions(float[] numbers, ByteRows bytesOf, int[] slots, Columns into) {
    if (action.ints() > 0) {
      getInts(numbers, slots, actionAt, into.ints(), action.ints());
    }
    if (action.floats() > 0) {
      getFloats(numbers, slots, actionAt + action.ints(), into.floats(), action.floats());
    }
    if (action.bytes() > 0) {
      getBytes(bytesOf, slots, actionBytesAt, into.bytes(), action.bytes());
    }
  }

  /** Writes the frame that a slot holds into a stack. */
  void getFrame(float[] numbers, ByteRows bytesOf, int slot, int frame, Columns into, int row) {
    int to = row * observation.floats() + frame * chunk;
    int at = slot * numbers() + observationInts;
    for (int done = 0; done < observationFloats; done += chunk) {
      copy(numbers, at + done, into.floats(), to + done * frames, chunk);
    }
    to = row * observation.bytes() + frame * chunk;
    CompressedFrames compressed = bytesOf.frames();
    if (compressed == null) {
      getBytes(bytesOf.chunk(slot), bytesOf.at(slot), into.bytes(), to);
    } else {
      getBytes(compressed.get(slot), 0, into.bytes(), to);
    }
  }

  /** Writes the bytes of a frame to where they stand in a stack. */
  private void getBytes(byte[] from, int at, byte[] to, int first) {
    if (chunk == 1) {
      copyApart(from, at, 1, to, first, frames, observationBytes);
      return;
    }
    for (int done = 0; done < observationBytes; done += chunk) {
      copy(from, at + done, to, first + done * frames, chunk);
    }
  }

  void getMasks(ByteRows bytesOf, int[] slots, boolean[] into) {
    for (int i = 0; i < slots.length; i++) {
      byte[] source = bytesOf.chunk(slots[i]);
      int at = bytesOf.at(slots[i]) + maskAt;
      for (int k = 0; k < maskWidth; k++) {
        into[i * maskWidth + k] = source[at + k] != 0;
      }
    }
  }

  private void getFloats(float[] numbers, int[] slots, int offset, float[] into, int width) {
    int stride = numbers();
    for (int i = 0; i < slots.length; i++) {
      copy(numbers, slots[i] * stride + offset, into, i * width, width);
    }
  }

  private void getInts(float[] numbers, int[] slots, int offset, int[] into, int width) {
    int stride = numbers();
    for (int i = 0; i < slots.length; i++) {
      int at = slots[i] * stride + offset;
      for (int k = 0; k < width; k++) {
        into[i * width + k] = (int) numbers[at + k];
      }
    }
  }

  private void getBytes(ByteRows bytesOf, int[] slots, int offset, byte[] into, int width) {
    for (int i = 0; i < slots.length; i++) {
      int slot = slots[i];
      copy(bytesOf.chunk(slot), bytesOf.at(slot) + offset, into, i * width, width);
    }
  }

  private static void copy(float[] from, int at, float[] to, int toAt, int count) {
    if (count > FEW) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[at + i];
    }
  }

  /**
   * Copies single bytes that stand so far apart, as those of gray frames do in a stack: with a call
   * of {@code copy} for each of them, drawing 32 stacks of 84 × 84 × 4 took eight times as long.
   */
  private static void copyApart(
      byte[] from, int at, int step, byte[] to, int toAt, int toStep, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i * toStep] = from[at + i * step];
    }
  }

  private static void copy(byte[] from, int at, byte[] to, int toAt, int count) {
    if (count > FEW) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[at + i];
    }
  }
}
