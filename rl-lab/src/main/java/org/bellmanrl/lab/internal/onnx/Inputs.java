package org.bellmanrl.lab.internal.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What goes into a {@link Node}. */
final class Inputs {
  private final @Nullable Tensor[] tensors;

  /** These tensors, null where one is left out. */
  Inputs(@Nullable Tensor... tensors) {
    this.tensors = tensors.clone();
  }

  int count() {
    return tensors.length;
  }

  /** An input, or null if it is left out. */
  @Nullable Tensor optional(int index) {
    return index < tensors.length ? tensors[index] : null;
  }

  /** An input that must be there. */
  Tensor get(int index) {
    Tensor tensor = optional(index);
    if (tensor == null) {
      throw new IllegalArgumentException("input " + index + " is missing");
    }
    return tensor;
  }

  @Override
  public String toString() {
    return Arrays.toString(tensors);
  }
}
