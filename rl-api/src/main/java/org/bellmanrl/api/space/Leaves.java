package org.bellmanrl.api.space;

import java.util.Map;
import org.bellmanrl.api.random.RandomStream;

/** Sampling, membership and text of the elementary parts. */
final class Leaves {
  private Leaves() {}

  static void sample(Leaf leaf, RandomStream random, Columns into, int row) {
    switch (leaf.space()) {
      case Discrete discrete ->
          into.ints()[intAt(leaf, into, row)] = discrete.start() + random.integers(0, discrete.n());
      case MultiDiscrete multi -> {
        int at = intAt(leaf, into, row);
        for (int i = 0; i < multi.size(); i++) {
          into.ints()[at + i] = (int) (random.random() * multi.n(i));
        }
      }
      case MultiBinary binary -> {
        int at = byteAt(leaf, into, row);
        for (int i = 0; i < binary.n(); i++) {
          into.bytes()[at + i] = (byte) random.integers(0, 2);
        }
      }
      case Box box when box.dtype() == DType.UINT8 -> {
        int at = byteAt(leaf, into, row);
        for (int i = 0; i < box.size(); i++) {
          into.bytes()[at + i] = (byte) random.integers((int) box.low(i), (int) box.high(i) + 1);
        }
      }
      case Box box -> {
        int at = floatAt(leaf, into, row);
        for (int i = 0; i < box.size(); i++) {
          into.floats()[at + i] = (float) sample(box.low(i), box.high(i), random);
        }
      }
      case Tuple tuple -> throw new AssertionError(tuple);
      case Dict dict -> throw new AssertionError(dict);
    }
  }

  /** Uniform between finite bounds, exponential from the only finite one, else standard normal. */
  private static double sample(float low, float high, RandomStream random) {
    boolean below = low > Float.NEGATIVE_INFINITY;
    boolean above = high < Float.POSITIVE_INFINITY;
    if (below && above) {
      return random.uniform(low, high);
    }
    if (below) {
      return low + random.standardExponential();
    }
    return above ? high - random.standardExponential() : random.standardNormal();
  }

  static boolean contains(Leaf leaf, Columns in, int row) {
    for (int i = 0; i < leaf.width(); i++) {
      if (!contains(leaf, i, in, row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Leaf leaf, int i, Columns in, int row) {
    return switch (leaf.space()) {
      case Discrete discrete -> {
        long index = (long) in.ints()[intAt(leaf, in, row)] - discrete.start();
        yield index >= 0 && index < discrete.n();
      }
      case MultiDiscrete multi -> {
        int value = in.ints()[intAt(leaf, in, row) + i];
        yield value >= 0 && value < multi.n(i);
      }
      case MultiBinary binary -> (in.bytes()[byteAt(leaf, in, row) + i] & ~1) == 0;
      case Box box -> {
        float value =
            box.dtype() == DType.UINT8
                ? in.bytes()[byteAt(leaf, in, row) + i] & 0xFF
                : in.floats()[floatAt(leaf, in, row) + i];
        yield value >= box.low(i) && value <= box.high(i); // false for NaN as well
      }
      case Tuple tuple -> throw new AssertionError(tuple);
      case Dict dict -> throw new AssertionError(dict);
    };
  }

  static String text(Space space, Layout layout, Columns in, int row) {
    return new Printer(layout, in, row).print(space);
  }

  private static int intAt(Leaf leaf, Columns columns, int row) {
    return row * columns.layout().ints() + leaf.offset();
  }

  private static int floatAt(Leaf leaf, Columns columns, int row) {
    return row * columns.layout().floats() + leaf.offset();
  }

  private static int byteAt(Leaf leaf, Columns columns, int row) {
    return row * columns.layout().bytes() + leaf.offset();
  }

  private static final class Printer {
    private final Layout layout;
    private final Columns in;
    private final int row;
    private int next;

    Printer(Layout layout, Columns in, int row) {
      this.layout = layout;
      this.in = in;
      this.row = row;
    }

    String print(Space space) {
      StringBuilder text = new StringBuilder();
      switch (space) {
        case Tuple tuple -> {
          for (Space part : tuple.spaces()) {
            text.append(text.isEmpty() ? "(" : ", ").append(print(part));
          }
          text.append(')');
        }
        case Dict dict -> {
          text.append('{');
          for (Map.Entry<String, Space> part : dict.spaces().entrySet()) {
            text.append(text.length() == 1 ? "" : ", ").append(part.getKey()).append("=");
            text.append(print(part.getValue()));
          }
          text.append('}');
        }
        default -> leaf(layout.leaves().get(next++), text);
      }
      return text.toString();
    }

    private void leaf(Leaf leaf, StringBuilder text) {
      if (leaf.space() instanceof Discrete) {
        text.append(in.ints()[intAt(leaf, in, row)]);
        return;
      }
      for (int i = 0; i < leaf.width(); i++) {
        text.append(i == 0 ? "[" : ", ");
        switch (leaf.dtype()) {
          case INT32 -> text.append(in.ints()[intAt(leaf, in, row) + i]);
          case FLOAT32 -> text.append(in.floats()[floatAt(leaf, in, row) + i]);
          case UINT8 -> text.append(in.bytes()[byteAt(leaf, in, row) + i] & 0xFF);
        }
      }
      text.append(']');
    }
  }
}
