package org.bellmanrl.env.wrapper;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;

/** Copies some of the parts of a nested value into another nesting. Immutable. */
final class NestedCopy {
  private record Part(DType dtype, int from, int to, int width) {}

  private final Part[] parts;

  private NestedCopy(Part[] parts) {
    this.parts = parts;
  }

  /**
   * Copies leaves by position: {@code from[i]} of one layout to {@code to[i]} of another, which
   * have the same space.
   */
  static NestedCopy of(Layout in, List<Integer> from, Layout out, List<Integer> to) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      Leaf source = in.leaves().get(from.get(i));
      Leaf target = out.leaves().get(to.get(i));
      parts.add(new Part(source.dtype(), source.offset(), target.offset(), source.width()));
    }
    return new NestedCopy(parts.toArray(Part[]::new));
  }

  void copy(int row, Columns in, Columns out) {
    Layout source = in.layout();
    Layout target = out.layout();
    for (Part part : parts) {
      switch (part.dtype) {
        case INT32 ->
            System.arraycopy(
                in.ints(),
                row * source.ints() + part.from,
                out.ints(),
                row * target.ints() + part.to,
                part.width);
        case FLOAT32 ->
            System.arraycopy(
                in.floats(),
                row * source.floats() + part.from,
                out.floats(),
                row * target.floats() + part.to,
                part.width);
        case UINT8 ->
            System.arraycopy(
                in.bytes(),
                row * source.bytes() + part.from,
                out.bytes(),
                row * target.bytes() + part.to,
                part.width);
      }
    }
  }
}
