package org.bellmanrl.deep.policy;

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
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;

/**
 * Writes spaces down and reads them back; none is read that has more than {@value #MOST_ELEMENTS}
 * elements in all, or choices in one of them.
 */
final class SpaceFormat {
  private static final String SECTION = "space";
  private static final int VERSION = 2;

  /** Before version 2 a box of bytes was one of pixels, up to 255. */
  private static final int MOST_BYTE = 255;

  private static final int MOST_ELEMENTS = 1 << 24;
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_DEPTH = 32;

  private final StateReader in;
  private int elements;
  private int parts;

  private SpaceFormat(StateReader in) {
    this.in = in;
  }

  /** Writes a space. */
  static void write(Space space, StateWriter out) {
    out.begin(SECTION, VERSION);
    out.write("kind", space.getClass().getSimpleName());
    switch (space) {
      case Discrete discrete -> {
        out.write("n", discrete.n());
        out.write("start", discrete.start());
      }
      case MultiDiscrete multi -> {
        int[] counts = new int[multi.size()];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = multi.n(i);
        }
        out.write("counts", counts);
      }
      case MultiBinary binary -> out.write("n", binary.n());
      case Box box -> write(box, out);
      case Tuple tuple -> {
        out.write("parts", tuple.spaces().size());
        tuple.spaces().forEach(part -> write(part, out));
      }
      case Dict dict -> {
        out.write("parts", dict.spaces().size());
        dict.spaces()
            .forEach((name, part) -> {
              out.write("name", name);
              write(part, out);
            });
      }
    }
    out.end();
  }

  private static void write(Box box, StateWriter out) {
    out.write("shape", box.shape());
    out.write("pixels", box.dtype() == DType.UINT8);
    if (box.dtype() == DType.UINT8) {
      out.write("high", (int) box.high(0));
      return;
    }
    float[] low = new float[box.size()];
    float[] high = new float[box.size()];
    for (int i = 0; i < low.length; i++) {
      low[i] = box.low(i);
      high[i] = box.high(i);
    }
    out.write("low", low);
    out.write("high", high);
  }

  /** Reads a space. */
  static Space read(StateReader in) {
    try {
      return new SpaceFormat(in).space(0);
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
    int version = in.begin(SECTION, VERSION);
    String kind = in.readString("kind");
    Space space =
        switch (kind) {
          case "Discrete" -> new Discrete(choices(in.readInt("n")), in.readInt("start"));
          case "MultiDiscrete" -> {
            int[] counts = in.readInts("counts", MOST_ELEMENTS - elements);
            count(counts.length);
            for (int n : counts) {
              choices(n);
            }
            yield new MultiDiscrete(counts);
          }
          case "MultiBinary" -> new MultiBinary(count(in.readInt("n")));
          case "Box" -> box(version);
          case "Tuple" -> tuple(depth);
          case "Dict" -> dict(depth);
          default -> throw new StateException("unknown kind of space '" + kind + "'");
        };
    in.end();
    return space;
  }

  private Box box(int version) {
    int[] shape = in.readInts("shape", MOST_DEPTH);
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    count(size);
    if (in.readBoolean("pixels")) {
      return Box.bytes(version == 1 ? MOST_BYTE : in.readInt("high"), shape);
    }
    return Box.of(shape, in.readFloats("low", size), in.readFloats("high", size));
  }

  private Tuple tuple(int depth) {
    List<Space> spaces = new ArrayList<>();
    for (int left = in.readInt("parts"); left > 0; left--) {
      spaces.add(space(depth + 1));
    }
    return new Tuple(spaces);
  }

  private Dict dict(int depth) {
    Map<String, Space> spaces = new TreeMap<>();
    for (int left = in.readInt("parts"); left > 0; left--) {
      String name = in.readString("name");
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
