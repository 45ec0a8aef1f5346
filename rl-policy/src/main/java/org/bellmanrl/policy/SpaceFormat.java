package org.bellmanrl.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/**
 * Writes spaces down and reads them back; none is read that has more than {@value #MOST_ELEMENTS}
 * elements in all, or choices in one of them.
 */
final class SpaceFormat {
  private static final String SECTION = "space";
  private static final int VERSION = 3;
  private static final int MOST_ELEMENTS = 1 << 24;
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_DEPTH = 32;

  private final State state;
  private int elements;
  private int parts;

  private SpaceFormat(State state) {
    this.state = state;
  }

  /** Writes a space. */
  static void write(Space space, State state) {
    state.begin(SECTION, VERSION);
    state.carry("kind", space.getClass().getSimpleName());
    switch (space) {
      case Discrete discrete -> {
        state.carry("n", discrete.n());
        state.carry("start", discrete.start());
      }
      case MultiDiscrete multi -> {
        state.carry("counts", multi.counts());
        state.carry("starts", multi.starts());
      }
      case MultiBinary binary -> state.carry("n", binary.n());
      case Box box -> write(box, state);
      case Tuple tuple -> {
        state.carry("parts", tuple.spaces().size());
        tuple.spaces().forEach(part -> write(part, state));
      }
      case Dict dict -> {
        state.carry("parts", dict.spaces().size());
        dict.spaces()
            .forEach((name, part) -> {
              state.carry("name", name);
              write(part, state);
            });
      }
    }
    state.end();
  }

  private static void write(Box box, State state) {
    state.carry("shape", box.shape());
    state.carry("bytes", box.dtype() == DType.UINT8);
    if (box.dtype() == DType.UINT8) {
      state.carry("high", (int) box.high(0));
      return;
    }
    float[] low = new float[box.size()];
    float[] high = new float[box.size()];
    for (int i = 0; i < low.length; i++) {
      low[i] = box.low(i);
      high[i] = box.high(i);
    }
    state.carry("low", low);
    state.carry("high", high);
  }

  /** Reads a space. */
  static Space read(State state) {
    try {
      return new SpaceFormat(state).space(0);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("not a space that can be: " + e.getMessage(), e);
    }
  }

  private Space space(int depth) {
    if (depth > MOST_DEPTH || ++parts > MOST_PARTS) {
      throw new StateException(
          "a space must have at most %d parts, nested at most %d deep"
              .formatted(MOST_PARTS, MOST_DEPTH));
    }
    int version = state.begin(SECTION, VERSION);
    String kind = state.carry("kind", "");
    Space space =
        switch (kind) {
          case "Discrete" -> new Discrete(choices(state.carry("n", 0)), state.carry("start", 0));
          case "MultiDiscrete" -> {
            int[] counts = state.carryUpTo("counts", new int[0], 0, MOST_ELEMENTS - elements);
            count(counts.length);
            for (int n : counts) {
              choices(n);
            }
            int[] starts = new int[counts.length];
            if (version >= 3) {
              state.carry("starts", starts);
            }
            yield new MultiDiscrete(counts, starts);
          }
          case "MultiBinary" -> new MultiBinary(count(state.carry("n", 0)));
          case "Box" -> box();
          case "Tuple" -> tuple(depth);
          case "Dict" -> dict(depth);
          default -> throw new StateException("unknown kind of space '" + kind + "'");
        };
    state.end();
    return space;
  }

  private Box box() {
    int[] shape = state.carryUpTo("shape", new int[0], 0, MOST_DEPTH);
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    count(size);
    if (state.carry("bytes", false)) {
      return Box.bytes(state.carry("high", 0), shape);
    }
    return Box.of(
        shape,
        state.carryUpTo("low", new float[0], 0, size),
        state.carryUpTo("high", new float[0], 0, size));
  }

  private Tuple tuple(int depth) {
    List<Space> spaces = new ArrayList<>();
    for (int left = state.carry("parts", 0); left > 0; left--) {
      spaces.add(space(depth + 1));
    }
    return new Tuple(spaces);
  }

  private Dict dict(int depth) {
    Map<String, Space> spaces = new TreeMap<>();
    for (int left = state.carry("parts", 0); left > 0; left--) {
      String name = state.carry("name", "");
      if (spaces.put(name, space(depth + 1)) != null) {
        throw new StateException("part '" + name + "' is there twice");
      }
    }
    return Dict.of(spaces);
  }

  private static int choices(int n) {
    if (n > MOST_ELEMENTS) {
      throw new StateException(
          "at most %d choices can be read, were %d".formatted(MOST_ELEMENTS, n));
    }
    return n;
  }

  private int count(int more) {
    if (more < 0 || more > MOST_ELEMENTS - elements) {
      throw new StateException(
          "a space must have at most %d elements, had %d more"
              .formatted(MOST_ELEMENTS, Integer.toUnsignedLong(more)));
    }
    elements += more;
    return more;
  }
}
