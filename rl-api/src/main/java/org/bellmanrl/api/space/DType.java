package org.bellmanrl.api.space;

/** The type in which the elements of a leaf are stored. */
public enum DType {
  /** A Java {@code int}: {@link Discrete} and {@link MultiDiscrete}. */
  INT32,
  /** A Java {@code float}: {@link Box} of real numbers. */
  FLOAT32,
  /** A byte read as 0 to 255: {@link Box} of pixels, and {@link MultiBinary}. */
  UINT8
}
