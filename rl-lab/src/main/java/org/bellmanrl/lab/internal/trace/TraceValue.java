package org.bellmanrl.lab.internal.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import tools.jackson.databind.JsonNode;

/** A value of a space in JSON beside the same space's columns of one row: copied, or compared. */
final class TraceValue {
  private final Columns columns;
  private final boolean write;
  private int leaf;
  private double maxError;
  private boolean exact = true;

  private TraceValue(Columns columns, boolean write) {
    this.columns = columns;
    this.write = write;
  }

  /**
   * Writes a value into row 0.
   *
   * @throws IllegalArgumentException if it doesn't have the shape of the space
   */
  static void write(JsonNode value, Columns into) {
    new TraceValue(into, true).visit(into.space(), value);
  }

  /**
   * How far a value is from row 0: the greatest difference between real numbers, infinite if whole
   * numbers differ or one of two real ones is not a number.
   *
   * @throws IllegalArgumentException if it doesn't have the shape of the space
   */
  static double error(JsonNode value, Columns in) {
    TraceValue compared = new TraceValue(in, false);
    compared.visit(in.space(), value);
    return compared.exact ? compared.maxError : Double.POSITIVE_INFINITY;
  }

  /**
   * Whether the ones of row 0, which holds bytes only, are at these places, and all else is zero.
   *
   * @throws IllegalArgumentException if the space is no uint8 Box, or the value no list of places
   */
  static boolean onesAre(JsonNode places, Columns in) {
    Space space = in.space();
    expect(space instanceof Box box && box.dtype() == DType.UINT8, space, places);
    expect(places.isArray(), space, places);
    int width = in.layout().bytes();
    boolean[] expected = new boolean[width];
    for (JsonNode place : places) {
      boolean inside = place.isIntegralNumber() && place.canConvertToInt();
      expect(inside && place.asInt() >= 0 && place.asInt() < width, space, places);
      expected[place.asInt()] = true;
    }
    for (int i = 0; i < width; i++) {
      if (in.bytes()[i] != (expected[i] ? 1 : 0)) {
        return false;
      }
    }
    return true;
  }

  /** The places of row 0 that are not zero. */
  static List<Integer> ones(Columns in) {
    List<Integer> ones = new ArrayList<>();
    for (int i = 0; i < in.layout().bytes(); i++) {
      if (in.bytes()[i] != 0) {
        ones.add(i);
      }
    }
    return ones;
  }

  private void visit(Space space, JsonNode value) {
    switch (space) {
      case Tuple tuple -> {
        expect(value.isArray() && value.size() == tuple.spaces().size(), space, value);
        for (int i = 0; i < tuple.spaces().size(); i++) {
          visit(tuple.spaces().get(i), value.get(i));
        }
      }
      case Dict dict -> {
        expect(value.isObject() && value.size() == dict.spaces().size(), space, value);
        for (Map.Entry<String, Space> part : dict.spaces().entrySet()) {
          JsonNode inner = value.get(part.getKey());
          if (inner == null) {
            throw mismatch(space, value);
          }
          visit(part.getValue(), inner);
        }
      }
      case Discrete discrete -> {
        expect(value.isIntegralNumber(), space, value);
        element(columns.layout().leaves().get(leaf++), 0, value);
      }
      case MultiDiscrete multi -> elements(multi, value);
      case MultiBinary binary -> elements(binary, value);
      case Box box -> elements(box, value);
    }
  }

  private void elements(Space space, JsonNode value) {
    Leaf part = columns.layout().leaves().get(leaf++);
    int count = flat(part, 0, space, value);
    expect(value.isArray() && count == part.width(), space, value);
  }

  /** Walks nested arrays in order; the place behind the last element. */
  private int flat(Leaf part, int from, Space space, JsonNode value) {
    int at = from;
    for (JsonNode inner : value) {
      if (inner.isArray()) {
        at = flat(part, at, space, inner);
      } else {
        expect(at < part.width(), space, value);
        element(part, at++, inner);
      }
    }
    return at;
  }

  private void element(Leaf part, int i, JsonNode value) {
    int at = part.offset() + i;
    if (part.dtype() == DType.FLOAT32) {
      float given = (float) real(value);
      if (write) {
        columns.floats()[at] = given;
      } else {
        compare(given, columns.floats()[at]);
      }
      return;
    }
    expect(value.isIntegralNumber() && value.canConvertToInt(), part.space(), value);
    int given = value.asInt();
    boolean bytes = part.dtype() == DType.UINT8;
    expect(!bytes || (given >= 0 && given <= 255), part.space(), value);
    if (!write) {
      exact &= given == (bytes ? columns.bytes()[at] & 0xFF : columns.ints()[at]);
    } else if (bytes) {
      columns.bytes()[at] = (byte) given;
    } else {
      columns.ints()[at] = given;
    }
  }

  private void compare(float given, float found) {
    if (given == found || (Float.isNaN(given) && Float.isNaN(found))) {
      return;
    }
    double error = Math.abs((double) given - found);
    exact &= !Double.isNaN(error);
    maxError = Math.max(maxError, error);
  }

  /** JSON has no infinities: they stand as texts. */
  static double real(JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return switch (value.isString() ? value.asString() : "") {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw new IllegalArgumentException("expected a number, found " + shown(value));
    };
  }

  private static void expect(boolean held, Space space, JsonNode value) {
    if (!held) {
      throw mismatch(space, value);
    }
  }

  private static IllegalArgumentException mismatch(Space space, JsonNode value) {
    return new IllegalArgumentException("expected a value of " + space + ", found " + shown(value));
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
