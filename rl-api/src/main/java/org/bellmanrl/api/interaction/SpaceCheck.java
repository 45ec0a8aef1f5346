package org.bellmanrl.api.interaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/** Finds values that are not in their space, before anything is done with them. */
final class SpaceCheck {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Layout layout;
  private final int[] intLow;
  private final int[] intCount;
  private final float[] floatLow;
  private final float[] floatHigh;

  /** Largest value of each byte; empty if bytes need no check. */
  private final int[] byteHigh;

  /** The bits that no byte may have, if that says it all; 0 if it does not. */
  private final byte foreignBits;

  /** Of a Discrete space, the commonest one, without a look into an array. */
  private final boolean discrete;

  private final int start;
  private final int choices;

  private SpaceCheck(Space space, boolean bounded) {
    this.layout = space.layout();
    this.intLow = new int[layout.ints()];
    this.intCount = new int[layout.ints()];
    this.floatLow = new float[layout.floats()];
    this.floatHigh = new float[layout.floats()];
    this.discrete = space instanceof Discrete;
    this.start = space instanceof Discrete one ? one.start() : 0;
    this.choices = space instanceof Discrete one ? one.n() : 0;
    int[] high = new int[layout.bytes()];
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        int at = leaf.offset() + i;
        switch (leaf.space()) {
          case Discrete _, MultiDiscrete _ -> {
            intLow[at] = leaf.start(i);
            intCount[at] = leaf.count(i);
          }
          case Box box when box.dtype() == DType.FLOAT32 -> {
            floatLow[at] = bounded ? box.low(i) : -Float.MAX_VALUE;
            floatHigh[at] = bounded ? box.high(i) : Float.MAX_VALUE;
          }
          case Box box -> high[at] = (int) box.high(i);
          default -> high[at] = 1;
        }
      }
    }
    int greatest = Arrays.stream(high).max().orElse(255);
    boolean uniform = Arrays.stream(high).allMatch(bound -> bound == greatest);
    this.byteHigh = uniform && greatest == 255 ? new int[0] : high;
    this.foreignBits = uniform && (greatest & (greatest + 1)) == 0 ? (byte) ~greatest : 0;
  }

  /** A check of actions, against all bounds. */
  static SpaceCheck ofActions(Space space) {
    return new SpaceCheck(space, true);
  }

  /**
   * A check of observations. Bounds of real numbers are not enforced, as they are not in Gymnasium,
   * some of whose own tasks leave them: those numbers must be finite.
   */
  static SpaceCheck ofObservations(Space space) {
    return new SpaceCheck(space, false);
  }

  /** Returns the first listed row that holds a value outside of the space; −1 if none does. */
  int foreign(Rows rows, Columns values) {
    // One row is the commonest case, and C2 spends several ns on entering any loop over it.
    if (rows.count() == 1) {
      int row = rows.at(0);
      return contains(values, row) ? -1 : row;
    }
    for (int i = 0; i < rows.count(); i++) {
      if (!contains(values, rows.at(i))) {
        return rows.at(i);
      }
    }
    return -1;
  }

  /** Returns whether a row holds a value of the space. */
  boolean contains(Columns values, int row) {
    if (discrete) {
      int index = values.ints()[row] - start;
      return index >= 0 && index < choices;
    }
    return intsFit(values.ints(), row)
        && floatsFit(values.floats(), row)
        && (byteHigh.length == 0 || bytesFit(values.bytes(), row));
  }

  private boolean intsFit(int[] ints, int row) {
    int width = intLow.length;
    for (int j = 0; j < width; j++) {
      int index = ints[row * width + j] - intLow[j];
      if (index < 0 || index >= intCount[j]) {
        return false;
      }
    }
    return true;
  }

  private boolean floatsFit(float[] floats, int row) {
    int width = floatLow.length;
    for (int j = 0; j < width; j++) {
      float value = floats[row * width + j];
      if (!(value >= floatLow[j] && value <= floatHigh[j])) { // refuses NaN as well
        return false;
      }
    }
    return true;
  }

  private boolean bytesFit(byte[] bytes, int row) {
    int width = byteHigh.length;
    int from = row * width;
    if (foreignBits == 0) {
      for (int j = 0; j < width; j++) {
        if ((bytes[from + j] & 0xFF) > byteHigh[j]) {
          return false;
        }
      }
      return true;
    }
    // Pictures are wide: eight of their bytes at a time.
    long seen = 0;
    int j = 0;
    for (; j <= width - Long.BYTES; j += Long.BYTES) {
      seen |= (long) EIGHT.get(bytes, from + j);
    }
    for (; j < width; j++) {
      seen |= bytes[from + j] & 0xFF;
    }
    return (seen & (foreignBits & 0xFF) * 0x0101_0101_0101_0101L) == 0;
  }

  /** What to throw if a policy chose an action outside of its space. */
  static IllegalArgumentException foreignAction(EnvironmentSpec spec, Columns actions, int row) {
    return new IllegalArgumentException(
        "action of %s must be in %s, was %s in row %d"
            .formatted(spec.name(), spec.actionSpace(), actions.text(row), row));
  }

  /**
   * Says in words which part of a row's observation is wrong, as in {@code observation element 2 of
   * Walk must be finite, was NaN}.
   *
   * @param task whose observation it is
   */
  String complaint(EnvironmentSpec task, Columns values, int row) {
    int element = 0;
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        String allowed = allowed(leaf, i, values, row);
        if (!allowed.isEmpty()) {
          String name = task.legend().observation(element);
          return "observation%s%s%s of %s must be %s, was %s"
              .formatted(
                  leaf.path().isEmpty() ? "" : " part '" + leaf.path() + "'",
                  leaf.space() instanceof Discrete ? "" : " element " + i,
                  name.isEmpty() ? "" : " (" + name + ")",
                  task.name(),
                  allowed,
                  value(leaf, i, values, row));
        }
        element++;
      }
    }
    throw new IllegalArgumentException("the value of row " + row + " is in " + values.space());
  }

  /** What an element must be, if it is not; else empty. */
  private String allowed(Leaf leaf, int i, Columns values, int row) {
    int at = leaf.offset() + i;
    return switch (leaf.dtype()) {
      case INT32 -> {
        int index = values.ints()[row * layout.ints() + at] - intLow[at];
        boolean fits = index >= 0 && index < intCount[at];
        String range = "in [" + intLow[at] + ", " + (intLow[at] + intCount[at] - 1) + "]";
        yield fits ? "" : leaf.space() instanceof Discrete one ? "in " + one : range;
      }
      case FLOAT32 -> {
        float value = values.floats()[row * layout.floats() + at];
        boolean fits = value >= floatLow[at] && value <= floatHigh[at];
        yield fits ? "" : "finite";
      }
      case UINT8 -> {
        boolean fits =
            byteHigh.length == 0
                || (values.bytes()[row * layout.bytes() + at] & 0xFF) <= byteHigh[at];
        yield fits ? "" : "in [0, " + byteHigh[at] + "]";
      }
    };
  }

  private String value(Leaf leaf, int i, Columns values, int row) {
    int at = leaf.offset() + i;
    return switch (leaf.dtype()) {
      case INT32 -> Integer.toString(values.ints()[row * layout.ints() + at]);
      case FLOAT32 -> Float.toString(values.floats()[row * layout.floats() + at]);
      case UINT8 -> Integer.toString(values.bytes()[row * layout.bytes() + at] & 0xFF);
    };
  }
}
