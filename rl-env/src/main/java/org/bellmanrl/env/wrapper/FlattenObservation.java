package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Makes one vector of everything.
 *
 * <p>Takes any space, nested ones included; gives a float32 Box of one dimension. The parts follow
 * one another in the order of the layout (Dict by name), as in Gymnasium: a Discrete is a one and n
 * − 1 zeros, so is each element of a MultiDiscrete, a MultiBinary is its bits, a Box its elements
 * in row-major order with their bounds. Pixels come out as 0 to 255, and as float32 always, where
 * Gymnasium keeps uint8. State saved: none.
 */
public record FlattenObservation() implements Wrapper {

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    return new Flattening(space);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  static final class Flattening extends StatelessTransform {
    private final int width;
    private final int ints;
    private final int floats;
    private final int bytes;

    /** Per int of a row: where its block of ones and zeros begins, and its smallest value. */
    private final int[] oneHotAt;

    private final int[] starts;
    private final int[] counts;
    private final int[] floatAt;
    private final int[] byteAt;

    Flattening(Space from) {
      super(vector(from.layout()));
      Layout layout = from.layout();
      this.width = ((Box) space()).size();
      this.ints = layout.ints();
      this.floats = layout.floats();
      this.bytes = layout.bytes();
      this.oneHotAt = new int[ints];
      this.starts = new int[ints];
      this.counts = new int[ints];
      this.floatAt = new int[floats];
      this.byteAt = new int[bytes];
      int at = 0;
      for (Leaf leaf : layout.leaves()) {
        for (int i = 0; i < leaf.width(); i++) {
          int element = leaf.offset() + i;
          switch (leaf.dtype()) {
            case INT32 -> {
              oneHotAt[element] = at;
              starts[element] = leaf.start(i);
              counts[element] = leaf.count(i);
            }
            case FLOAT32 -> floatAt[element] = at;
            case UINT8 -> byteAt[element] = at;
          }
          at += elements(leaf, i);
        }
      }
    }

    private static int elements(Leaf leaf, int i) {
      return leaf.dtype() == DType.INT32 ? leaf.count(i) : 1;
    }

    private static Box vector(Layout layout) {
      int size = 0;
      for (Leaf leaf : layout.leaves()) {
        for (int i = 0; i < leaf.width(); i++) {
          size = Math.addExact(size, elements(leaf, i));
        }
      }
      float[] low = new float[size];
      float[] high = new float[size];
      Arrays.fill(high, 1);
      int at = 0;
      for (Leaf leaf : layout.leaves()) {
        for (int i = 0; i < leaf.width(); i++) {
          if (leaf.space() instanceof Box box) {
            low[at] = box.low(i);
            high[at] = box.high(i);
          }
          at += elements(leaf, i);
        }
      }
      return Box.of(low, high);
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      float[] into = out.floats();
      int base = row * width;
      for (int i = 0; i < ints; i++) {
        int from = base + oneHotAt[i];
        Arrays.fill(into, from, from + counts[i], 0);
        into[from + in.ints()[row * ints + i] - starts[i]] = 1;
      }
      for (int i = 0; i < floats; i++) {
        into[base + floatAt[i]] = in.floats()[row * floats + i];
      }
      for (int i = 0; i < bytes; i++) {
        into[base + byteAt[i]] = in.bytes()[row * bytes + i] & 0xFF;
      }
    }
  }
}
