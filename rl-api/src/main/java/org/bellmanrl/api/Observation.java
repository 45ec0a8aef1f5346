package org.bellmanrl.api;

import java.util.Objects;
import org.bellmanrl.api.space.DType;

/**
 * A row of observations that an environment writes in place, with the mask of the actions that are
 * allowed next.
 *
 * <p>A masked environment writes the whole mask at every reset and step. Values written are not
 * checked against the bounds of the space here; the contract tests in rl-testkit are for that.
 */
public final class Observation extends Cursor {
  private boolean[] mask;
  private final int maskWidth;

  /** A cursor on row 0 of these observations. */
  public Observation(Observations observations) {
    super(observations.values());
    this.mask = observations.mask();
    this.maskWidth = observations.maskWidth();
  }

  /** Moves to a row of observations of the same shape. */
  public Observation at(Observations observations, int row) {
    bind(observations.values());
    if (maskWidth > 0) {
      mask = observations.mask();
    }
    return at(row);
  }

  /** Moves to a row. */
  public Observation at(int row) {
    move(row);
    return this;
  }

  /** Sets the value of a {@code Discrete} space, its start included. */
  public void setDiscrete(int value) {
    if (intStride == 0) {
      throw wrongKind("an integer");
    }
    ints[intBase] = value;
  }

  /** Sets element {@code i} of a {@code MultiDiscrete} space. */
  public void setDiscrete(int i, int value) {
    ints[intBase + check(i, intStride)] = value;
  }

  /** Sets element {@code i} of a float32 {@code Box}; the value is rounded to float. */
  public void set(int i, double value) {
    floats[floatBase + check(i, floatStride)] = (float) value;
  }

  /**
   * Sets element {@code i} of a uint8 {@code Box} (0 to 255) or of a {@code MultiBinary} (0 or 1).
   */
  public void setUnsigned(int i, int value) {
    bytes[byteBase + check(i, byteStride)] = (byte) value;
  }

  /**
   * Sets consecutive elements of a uint8 {@code Box} or of a {@code MultiBinary}.
   *
   * @param from the first element to set
   * @param values all of them are copied
   * @throws IndexOutOfBoundsException if a row has fewer elements
   */
  public void setUnsigned(int from, byte[] values) {
    Objects.checkFromIndexSize(from, values.length, byteStride);
    System.arraycopy(values, 0, bytes, byteBase + from, values.length);
  }

  /** Sets element {@code i} of the integers of a nested part. */
  public void setDiscreteOf(int leaf, int i, int value) {
    ints[intBase + at(leaf, DType.INT32, i)] = value;
  }

  /** Sets element {@code i} of the floats of a nested part; the value is rounded to float. */
  public void setOf(int leaf, int i, double value) {
    floats[floatBase + at(leaf, DType.FLOAT32, i)] = (float) value;
  }

  /** Sets element {@code i} of the bytes of a nested part. */
  public void setUnsignedOf(int leaf, int i, int value) {
    bytes[byteBase + at(leaf, DType.UINT8, i)] = (byte) value;
  }

  /**
   * Says whether an action is allowed next.
   *
   * @param action its index: the action less its start for {@code Discrete}; for {@code
   *     MultiDiscrete} the elements' choices one after the other
   * @throws IllegalArgumentException if the environment did not declare a mask, or the index is out
   *     of range
   */
  public void allow(int action, boolean allowed) {
    if (action < 0 || action >= maskWidth) {
      throw new IllegalArgumentException(
          maskWidth == 0
              ? "the environment's spec declares no action mask; declare it with EnvironmentSpec.withMask()"
              : "action index must be in [0, %d), was %d".formatted(maskWidth, action));
    }
    mask[row * maskWidth + action] = allowed;
  }
}
