package org.bellmanrl.gymnasium.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;

/**
 * What a worker says of the environment that it has made.
 *
 * @param memory the file of the shared memory
 * @param limit after how many steps an episode is cut; 0 for never
 * @param masked whether each observation says which actions are allowed next
 * @param pictures whether it can be drawn
 * @param notes what was converted, in words; empty if nothing was
 * @param diagnostics names of the numbers that come with each step
 */
record Description(
    String memory,
    int limit,
    boolean masked,
    boolean pictures,
    String notes,
    List<String> diagnostics,
    Space observations,
    Space actions) {
  private static final int DEEPEST = 32;

  /**
   * Reads a description.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Description read(ByteBuffer in) {
    try {
      Description description =
          new Description(
              text(in),
              in.getInt(),
              in.get() != 0,
              in.get() != 0,
              text(in),
              names(in),
              space(in, DEEPEST),
              space(in, DEEPEST));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes too many");
      }
      return description;
    } catch (BufferUnderflowException | ArithmeticException e) {
      throw new IllegalArgumentException("it is cut short or damaged", e);
    }
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[count(in, 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<String> names(ByteBuffer in) {
    List<String> names = new ArrayList<>();
    for (int i = count(in, Integer.BYTES); i > 0; i--) {
      names.add(text(in));
    }
    return names;
  }

  /** Reads a number of things that follow, each of at least so many bytes. */
  private static int count(ByteBuffer in, int size) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / size) {
      throw new IllegalArgumentException("it has a count of " + count);
    }
    return count;
  }

  private static Space space(ByteBuffer in, int depth) {
    if (depth == 0) {
      throw new IllegalArgumentException("its spaces are nested more than " + DEEPEST + " deep");
    }
    byte kind = in.get();
    return switch (kind) {
      case 0 -> new Discrete(in.getInt(), in.getInt());
      case 1 -> new MultiDiscrete(ints(in), ints(in));
      case 2 -> new MultiBinary(in.getInt());
      case 3 -> {
        int[] shape = ints(in);
        int size = 1;
        for (int extent : shape) {
          size = Math.multiplyExact(size, extent);
        }
        if (size < 0 || size > in.remaining() / (2 * Float.BYTES)) {
          throw new IllegalArgumentException("it has a Box of " + size + " elements");
        }
        yield Box.of(shape, floats(in, size), floats(in, size));
      }
      case 4 -> Box.bytes(in.getInt(), ints(in));
      case 5 -> {
        List<Space> parts = new ArrayList<>();
        for (int i = count(in, 1); i > 0; i--) {
          parts.add(space(in, depth - 1));
        }
        yield new Tuple(parts);
      }
      case 6 -> {
        SortedMap<String, Space> parts = new TreeMap<>();
        for (int i = count(in, 1); i > 0; i--) {
          parts.put(text(in), space(in, depth - 1));
        }
        yield new Dict(parts);
      }
      default -> throw new IllegalArgumentException("it has a space of the kind " + kind);
    };
  }

  private static int[] ints(ByteBuffer in) {
    int[] values = new int[count(in, Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getInt();
    }
    return values;
  }

  private static float[] floats(ByteBuffer in, int size) {
    float[] values = new float[size];
    in.asFloatBuffer().get(values);
    in.position(in.position() + size * Float.BYTES);
    return values;
  }
}
