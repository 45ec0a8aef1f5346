package org.bellmanrl.api.space;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Layout.Leaf;

/** Sampling, membership and text of the elementary parts. */
final class Leaves {
  private Leaves() {}

  /** Draws a value of an elementary part. */
  static void sample(Leaf leaf, RandomStream random, Columns into, int row) {
    switch (leaf.space()) {
      case Discrete discrete ->
          into.ints()[intAt(leaf, into, row)] = discrete.start() + random.integers(0, discrete.n());
      case MultiDiscrete multi -> {
        int at = intAt(leaf, into, row);
        for (int i = 0; i < multi.size(); i++) {
          into.ints()[at + i] = multi.start(i) + (int) (random.random() * multi.n(i));
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

  /** Chooses an element's value, each choice that the mask allows as likely. */
  static void choose(
      Leaf leaf, int i, RandomStream random, boolean[] mask, int from, Columns into, int row) {
    int count = leaf.count(i);
    int allowed = 0;
    for (int choice = from; choice < from + count; choice++) {
      allowed += mask[choice] ? 1 : 0;
    }
    if (allowed == 0) {
      throw new IllegalArgumentException(
          "a mask must allow at least one choice, allowed none of the %d of element %d of %s"
              .formatted(count, i, leaf.space()));
    }
    int skip = random.integers(allowed);
    int choice = 0;
    while (!mask[from + choice] || skip-- > 0) {
      choice++;
    }
    write(leaf, i, choice, into, row);
  }

  /** Chooses an element's value by the probabilities of its choices. */
  static void choose(
      Leaf leaf, int i, RandomStream random, double[] chances, int from, Columns into, int row) {
    double[] own = Arrays.copyOfRange(chances, from, from + leaf.count(i));
    write(leaf, i, random.choice(own), into, row);
  }

  private static void write(Leaf leaf, int i, int choice, Columns into, int row) {
    if (leaf.dtype() == DType.INT32) {
      into.ints()[intAt(leaf, into, row) + i] = leaf.start(i) + choice;
    } else {
      into.bytes()[byteAt(leaf, into, row) + i] = (byte) choice;
    }
  }

  /** Returns the number of choices of the elements of a space, added up. */
  static int choices(Space space) {
    int sum = 0;
    for (Leaf leaf : space.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        if (leaf.space() instanceof Box) {
          throw new IllegalArgumentException(
              "only Discrete, MultiDiscrete, MultiBinary and products of them have choices, not "
                  + space);
        }
        sum = Math.addExact(sum, leaf.count(i));
      }
    }
    return sum;
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
        long index = (long) in.ints()[intAt(leaf, in, row) + i] - multi.start(i);
        yield index >= 0 && index < multi.n(i);
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
