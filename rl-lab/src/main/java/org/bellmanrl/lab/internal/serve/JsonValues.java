package org.bellmanrl.lab.internal.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Values of spaces as JSON has them: a number for a Discrete, an array for what has elements,
 * nested as its shape or flat, an object for a Dict and an array of values for a Tuple.
 */
final class JsonValues {
  private final Space space;
  private final Layout layout;

  JsonValues(Space space) {
    this.space = space;
    this.layout = space.layout();
  }

  /**
   * Writes a value to a row.
   *
   * @throws IllegalArgumentException if it has another form; the row may hold anything then. That
   *     it is in the space is not checked.
   */
  void write(@Nullable Object value, Columns into, int row) {
    write(space, value, into, row, 0);
  }

  private int write(Space part, @Nullable Object value, Columns into, int row, int leaf) {
    return switch (part) {
      case Dict dict -> {
        if (!(value instanceof Map<?, ?> map) || !map.keySet().equals(dict.spaces().keySet())) {
          throw new IllegalArgumentException(
              "expected an object with " + dict.spaces().keySet() + ", was " + value);
        }
        int next = leaf;
        for (Map.Entry<String, Space> entry : dict.spaces().entrySet()) {
          next = write(entry.getValue(), map.get(entry.getKey()), into, row, next);
        }
        yield next;
      }
      case Tuple tuple -> {
        if (!(value instanceof List<?> list) || list.size() != tuple.spaces().size()) {
          throw new IllegalArgumentException(
              "expected an array of %d values, was %s".formatted(tuple.spaces().size(), value));
        }
        int next = leaf;
        for (int i = 0; i < list.size(); i++) {
          next = write(tuple.spaces().get(i), list.get(i), into, row, next);
        }
        yield next;
      }
      default -> {
        List<Double> numbers = new ArrayList<>();
        flatten(value, numbers);
        Leaf place = layout.leaves().get(leaf);
        if (numbers.size() != place.width()) {
          throw new IllegalArgumentException(
              "expected %d numbers for %s, was %d".formatted(place.width(), part, numbers.size()));
        }
        for (int i = 0; i < place.width(); i++) {
          set(place, i, numbers.get(i), into, row);
        }
        yield leaf + 1;
      }
    };
  }

  private static void flatten(@Nullable Object value, List<Double> numbers) {
    switch (value) {
      case List<?> list -> list.forEach(element -> flatten(element, numbers));
      case Number number -> numbers.add(number.doubleValue());
      case Boolean truth -> numbers.add(truth ? 1.0 : 0.0);
      case null, default -> throw new IllegalArgumentException("expected a number, was " + value);
    }
  }

  private void set(Leaf place, int element, double number, Columns into, int row) {
    int at = place.offset() + element;
    boolean whole = place.dtype() != DType.FLOAT32;
    boolean foreign = number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE;
    boolean noByte = place.dtype() == DType.UINT8 && !(number >= 0 && number <= 255);
    if ((whole && foreign) || noByte) {
      throw new IllegalArgumentException(
          "expected a whole number for %s, was %s".formatted(place.space(), number));
    }
    switch (place.dtype()) {
      case INT32 -> into.ints()[row * layout.ints() + at] = (int) number;
      case FLOAT32 -> into.floats()[row * layout.floats() + at] = (float) number;
      case UINT8 -> into.bytes()[row * layout.bytes() + at] = (byte) (int) number;
    }
  }

  /** Reads the value of a row. */
  Object read(Columns from, int row) {
    return read(space, from, row, new int[1]);
  }

  private Object read(Space part, Columns from, int row, int[] leaf) {
    return switch (part) {
      case Dict dict -> {
        Map<String, Object> values = new LinkedHashMap<>();
        dict.spaces().forEach((name, inner) -> values.put(name, read(inner, from, row, leaf)));
        yield values;
      }
      case Tuple tuple -> {
        List<Object> values = new ArrayList<>();
        tuple.spaces().forEach(inner -> values.add(read(inner, from, row, leaf)));
        yield values;
      }
      default -> {
        Leaf place = layout.leaves().get(leaf[0]++);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < place.width(); i++) {
          int at = place.offset() + i;
          values.add(
              switch (place.dtype()) {
                case INT32 -> from.ints()[row * layout.ints() + at];
                case FLOAT32 -> from.floats()[row * layout.floats() + at];
                case UINT8 -> from.bytes()[row * layout.bytes() + at] & 0xFF;
              });
        }
        yield part instanceof Discrete ? values.getFirst() : values;
      }
    };
  }
}
