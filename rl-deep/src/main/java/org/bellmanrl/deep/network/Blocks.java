package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** Hands out places in the flat vector while a network is laid out. */
final class Blocks {
  private int layer;
  private String prefix = "";
  private int next;
  private final List<ParameterBlock> made = new ArrayList<>();

  void startLayer(int index) {
    layer = index;
    prefix = "";
  }

  /** What the names of blocks begin with now. */
  String inner() {
    return prefix;
  }

  /** Lets the names of the following blocks begin with {@code prefix}. */
  void startInner(String prefix) {
    this.prefix = prefix;
  }

  ParameterBlock block(String name, int rows, int columns) {
    ParameterBlock block = place(name, rows, columns);
    made.add(block);
    return block;
  }

  private ParameterBlock place(String name, int rows, int columns) {
    int stride = Kernel.stride(columns);
    ParameterBlock block = new ParameterBlock(layer, prefix + name, next, rows, columns, stride);
    long length = next + Math.ceilDiv((long) rows * stride, Kernel.WIDTH) * Kernel.WIDTH;
    String what =
        "a network with %s of %d × %d in layer %d".formatted(prefix + name, rows, columns, layer);
    Require.memory(what, (double) Float.BYTES * length);
    if (length > Integer.MAX_VALUE - 2 * Kernel.WIDTH) {
      throw new IllegalArgumentException(
          "%s has more than %d parameters, which do not fit into an array"
              .formatted(what, Integer.MAX_VALUE));
    }
    next = (int) length;
    return block;
  }

  /**
   * Matrices of the same shape side by side, each padded separately: a row of the first, of the
   * second, and so on.
   */
  List<ParameterBlock> sideBySide(String name, String[] parts, int rows, int columns) {
    int padded = Kernel.stride(columns);
    ParameterBlock all = place(name, rows, Math.multiplyExact(parts.length, padded));
    List<ParameterBlock> blocks = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      blocks.add(
          new ParameterBlock(
              layer,
              all.name() + "/" + parts[i],
              all.offset() + i * padded,
              rows,
              columns,
              all.stride()));
    }
    made.addAll(blocks);
    return List.copyOf(blocks);
  }

  /** All blocks, in the order in which they lie. */
  List<ParameterBlock> made() {
    return List.copyOf(made);
  }

  int length() {
    return Kernel.padded(next);
  }
}
