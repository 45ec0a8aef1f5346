package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;

/** Hands out places in the flat vector while a network is laid out. */
final class Blocks {
  private int layer;
  private String prefix = "";
  private int next;

  void startLayer(int index) {
    layer = index;
  }

  /** Lets the names of the following blocks begin with {@code prefix}. */
  void startInner(String prefix) {
    this.prefix = prefix;
  }

  ParameterBlock block(String name, int rows, int columns) {
    int stride = Kernel.stride(columns);
    ParameterBlock block = new ParameterBlock(layer, prefix + name, next, rows, columns, stride);
    int size = Math.multiplyExact(rows, stride);
    next = Math.addExact(next, (size + Kernel.WIDTH - 1) / Kernel.WIDTH * Kernel.WIDTH);
    return block;
  }

  int length() {
    return Kernel.padded(next);
  }
}
