package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/**
 * Turns observations of any space into the inputs of a network.
 *
 * <p>Real numbers stay as they are, a {@code Discrete} value becomes one-hot, each element of a
 * {@code MultiDiscrete} too, bits become 0 or 1, bytes inside of other spaces are divided by their
 * upper bound, and the parts of nested spaces stand one after the other. An observation that is
 * nothing but bytes stays bytes: pixels of height × width × channels for convolutions, or a vector.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class ObservationEncoder {
  private final Space space;
  private final Layout layout;
  private final InputSpec input;
  private final int size;

  /** Whether a row of floats is the input as it stands. */
  private final boolean plain;

  /** Per int of a row: its smallest value, how many there are, and where its one-hot begins. */
  private final int[] intStart;

  private final int[] intCount;
  private final int[] intAt;

  /** Per float of a row: where it goes. */
  private final int[] floatAt;

  /** Per byte of a row: where it goes and by what it is multiplied. */
  private final int[] byteAt;

  private final float[] byteScale;

  /**
   * An encoder of observations of this space.
   *
   * @throws IllegalArgumentException if they hold nothing
   */
  public ObservationEncoder(Space space) {
    this.space = space;
    this.layout = space.layout();
    this.intStart = new int[layout.ints()];
    this.intCount = new int[layout.ints()];
    this.intAt = new int[layout.ints()];
    this.floatAt = new int[layout.floats()];
    this.byteAt = new int[layout.bytes()];
    this.byteScale = new float[layout.bytes()];
    int next = 0;
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        int from = leaf.offset() + i;
        switch (leaf.dtype()) {
          case INT32 -> {
            intStart[from] = leaf.start(i);
            intCount[from] = leaf.count(i);
            intAt[from] = next;
            next = Math.addExact(next, intCount[from]);
          }
          case FLOAT32 -> floatAt[from] = next++;
          case UINT8 -> {
            byteScale[from] = leaf.space() instanceof Box box ? 1f / box.high(i) : 1f;
            byteAt[from] = next++;
          }
        }
      }
    }
    this.size = next;
    this.plain = layout.ints() == 0 && layout.bytes() == 0;
    this.input = input(space, size);
  }

  private static InputSpec input(Space space, int size) {
    if (size == 0) {
      throw new IllegalArgumentException(
          "a network needs observations that hold something, was " + space);
    }
    if (space instanceof Box box && box.dtype() == DType.UINT8) {
      return box.dimensions() == 3 ? InputSpec.of(box) : InputSpec.flat(box);
    }
    return InputSpec.vector(size);
  }

  /** What is turned into inputs. */
  public Space space() {
    return space;
  }

  /** What the network takes. */
  public InputSpec input() {
    return input;
  }

  /** Where the inputs begin that a part becomes. */
  int inputOf(Leaf leaf) {
    return switch (leaf.dtype()) {
      case INT32 -> intAt[leaf.offset()];
      case FLOAT32 -> floatAt[leaf.offset()];
      case UINT8 -> byteAt[leaf.offset()];
    };
  }

  /** How many inputs a part becomes. */
  int inputs(Leaf leaf) {
    if (leaf.dtype() != DType.INT32) {
      return leaf.width();
    }
    return Arrays.stream(intCount, leaf.offset(), leaf.offset() + leaf.width()).sum();
  }

  /** Numbers per observation. */
  public int size() {
    return size;
  }

  /** Returns whether observations stay bytes. */
  public boolean bytes() {
    return input.dtype() == DType.UINT8;
  }

  /**
   * Checks that a network takes what this encoder writes.
   *
   * @throws IllegalArgumentException if it has other inputs
   */
  public void requireFits(Network network) {
    if (!network.spec().input().equals(input)) {
      throw new IllegalArgumentException(
          "observations of %s need a network with inputs %s, its were %s"
              .formatted(space, input, network.spec().input()));
    }
  }

  /**
   * Writes the observations of the listed rows into the first rows of a network's inputs.
   *
   * @param observations columns of the space
   * @param into a workspace of a network that takes {@link #input()}
   * @throws NonFiniteException if an element is NaN or infinite, naming it
   * @throws IllegalArgumentException if an integer is outside of its space
   */
  public void encode(Columns observations, Rows rows, Workspace into) {
    for (int i = 0; i < rows.count(); i++) {
      encode(observations, rows.at(i), into, i);
    }
  }

  /** As above for the first {@code count} rows, such as those of a batch from a replay. */
  public void encode(Columns observations, int count, Workspace into) {
    for (int i = 0; i < count; i++) {
      encode(observations, i, into, i);
    }
  }

  /** As above from one row into row {@code at} of the inputs. */
  public void encode(Columns observations, int row, Workspace into, int at) {
    if (bytes()) {
      encode(observations, row, into.pixels(), at * size);
    } else {
      encode(observations, row, into.inputs(), at * size);
    }
  }

  /**
   * Writes an observation as floats, bytes scaled as the network would.
   *
   * @param observations columns of the space
   * @param row which
   * @param into takes {@link #size()} numbers, from {@code at} on
   * @throws NonFiniteException if an element is NaN or infinite, naming it
   * @throws IllegalArgumentException if an integer is outside of its space
   */
  public void encode(Columns observations, int row, float[] into, int at) {
    float[] floats = observations.floats();
    int from = row * layout.floats();
    float excess = 0f; // becomes NaN with the first number that is not finite
    if (plain) {
      for (int i = 0; i < size; i++) {
        float value = floats[from + i];
        into[at + i] = value;
        excess += 0f * value;
      }
    } else {
      for (int i = 0; i < floatAt.length; i++) {
        float value = floats[from + i];
        into[at + floatAt[i]] = value;
        excess += 0f * value;
      }
      encodeInts(observations, row, into, at);
      encodeBytes(observations, row, into, at);
    }
    if (excess != 0f) {
      throw notFinite(observations, row);
    }
  }

  /**
   * Checks observations that are to be kept, without encoding them.
   *
   * @throws NonFiniteException if an element of a listed row is NaN or infinite, naming it
   */
  public void requireFinite(Columns observations, Rows rows) {
    float[] floats = observations.floats();
    int width = layout.floats();
    for (int i = 0; i < rows.count(); i++) {
      int from = rows.at(i) * width;
      float excess = 0f;
      for (int k = from; k < from + width; k++) {
        excess += 0f * floats[k];
      }
      if (excess != 0f) {
        throw notFinite(observations, rows.at(i));
      }
    }
  }

  private void encodeInts(Columns observations, int row, float[] into, int at) {
    int from = row * intAt.length;
    for (int i = 0; i < intAt.length; i++) {
      int index = observations.ints()[from + i] - intStart[i];
      if (index < 0 || index >= intCount[i]) {
        throw new IllegalArgumentException(
            "observation must be in %s, was %s".formatted(space, observations.text(row)));
      }
      int first = at + intAt[i];
      for (int k = 0; k < intCount[i]; k++) {
        into[first + k] = 0f;
      }
      into[first + index] = 1f;
    }
  }

  private void encodeBytes(Columns observations, int row, float[] into, int at) {
    int from = row * byteAt.length;
    for (int i = 0; i < byteAt.length; i++) {
      into[at + byteAt[i]] = (observations.bytes()[from + i] & 0xff) * byteScale[i];
    }
  }

  /**
   * Writes an observation of bytes as it is.
   *
   * @param into takes {@link #size()} bytes, from {@code at} on
   * @throws IllegalStateException if observations don't stay {@link #bytes()}
   */
  public void encode(Columns observations, int row, byte[] into, int at) {
    if (!bytes()) {
      throw new IllegalStateException("observations of " + space + " become floats, not bytes");
    }
    System.arraycopy(observations.bytes(), row * size, into, at, size);
  }

  private NonFiniteException notFinite(Columns observations, int row) {
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; leaf.dtype() == DType.FLOAT32 && i < leaf.width(); i++) {
        float value = observations.floats()[row * layout.floats() + leaf.offset() + i];
        if (!Float.isFinite(value)) {
          String part = leaf.path().isEmpty() ? "" : " of part '" + leaf.path() + "'";
          return new NonFiniteException(
              "observation must be finite, element %d%s is %s in row %d: %s"
                  .formatted(i, part, value, row, observations.text(row)));
        }
      }
    }
    throw new AssertionError("every number of the observation is finite");
  }
}
