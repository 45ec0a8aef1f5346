package org.bellmanrl.lab.internal.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.protobuf.MessageReader;

/**
 * A model as a file holds it: constants, operations in the order of their work, inputs and outputs.
 *
 * <p>Source: ONNX, {@code onnx.proto} of IR version 8 to 13. What is damaged, or of no use here, is
 * refused by an {@link IllegalArgumentException}.
 *
 * @param operators the version of the operators
 * @param nodes in the order of their work
 * @param constants by name
 * @param inputs what must be given, constants left out
 * @param outputs what comes out
 */
record Model(
    long operators,
    List<Node> nodes,
    Map<String, Tensor> constants,
    List<Value> inputs,
    List<Value> outputs) {
  private static final int MOST_DIMENSIONS = 8;

  Model {
    nodes = List.copyOf(nodes);
    constants = Map.copyOf(constants);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input or an output.
   *
   * @param name what it is called
   * @param type of its numbers
   * @param shape its extents, −1 for open ones
   */
  record Value(String name, Tensor.Type type, List<Integer> shape) {
    Value {
      shape = List.copyOf(shape);
    }
  }

  /** Reads the content of a file. */
  static Model read(byte[] content) {
    MessageReader in = new MessageReader(content);
    long operators = 0;
    MessageReader graph = null;
    while (in.next()) {
      switch (in.field()) {
        case 7 -> graph = in.message();
        case 8 -> operators = Math.max(operators, version(in.message()));
        default -> {}
      }
    }
    if (graph == null) {
      throw new IllegalArgumentException("it holds no graph");
    }
    return graph(graph, operators);
  }

  private static long version(MessageReader in) {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.integer();
        default -> {}
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private static Model graph(MessageReader in, long operators) {
    List<Node> nodes = new ArrayList<>();
    Map<String, Tensor> constants = new HashMap<>();
    List<Value> inputs = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(node(in.message()));
        case 5 -> {
          Named constant = tensor(in.message());
          constants.put(constant.name, constant.tensor);
        }
        case 11 -> inputs.add(value(in.message()));
        case 12 -> outputs.add(value(in.message()));
        case 15 -> throw new IllegalArgumentException("sparse constants can't be read");
        default -> {}
      }
    }
    inputs.removeIf(input -> constants.containsKey(input.name));
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "it has %d inputs and %d outputs".formatted(inputs.size(), outputs.size()));
    }
    return new Model(operators, nodes, constants, inputs, outputs);
  }

  private static Node node(MessageReader in) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    String name = "";
    String operator = "";
    String domain = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 3 -> name = in.text();
        case 4 -> operator = in.text();
        case 5 -> attribute(in.message(), attributes);
        case 7 -> domain = in.text();
        default -> {}
      }
    }
    if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
      operator = domain + "." + operator;
    }
    return new Node(operator, name, inputs, outputs, attributes);
  }

  private static void attribute(MessageReader in, Map<String, Object> into) {
    String name = "";
    Object value = null;
    List<long[]> integers = new ArrayList<>();
    List<float[]> reals = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> value = in.real32();
        case 3 -> value = in.integer();
        case 4 -> value = in.text();
        case 5 -> value = tensor(in.message()).tensor;
        case 7 -> reals.add(in.reals32());
        case 8 -> integers.add(in.integers());
        default -> {}
      }
    }
    if (!integers.isEmpty()) {
      value = integers.stream().flatMapToLong(Arrays::stream).toArray();
    } else if (!reals.isEmpty()) {
      value = joined(reals);
    }
    if (value != null) {
      into.put(name, value);
    }
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static Value value(MessageReader in) {
    String name = "";
    Tensor.Type type = null;
    List<Integer> shape = new ArrayList<>();
    while (in.next()) {
      if (in.field() == 1) {
        name = in.text();
      } else if (in.field() == 2) {
        MessageReader kind = in.message();
        while (kind.next()) {
          if (kind.field() == 1) {
            type = tensorType(kind.message(), shape);
          }
        }
      }
    }
    if (type == null) {
      throw new IllegalArgumentException("value '" + name + "' is no tensor");
    }
    return new Value(name, type, shape);
  }

  private static Tensor.Type tensorType(MessageReader in, List<Integer> shape) {
    Tensor.Type type = Tensor.Type.FLOAT;
    while (in.next()) {
      if (in.field() == 1) {
        type = Tensor.Type.of(in.integer());
      } else if (in.field() == 2) {
        MessageReader extents = in.message();
        while (extents.next()) {
          if (extents.field() == 1) {
            shape.add(extent(extents.message()));
          }
        }
      }
    }
    return type;
  }

  /** An extent, or −1 for an open one. */
  private static int extent(MessageReader in) {
    int extent = -1;
    while (in.next()) {
      if (in.field() == 1) {
        extent = size(in.integer());
      }
    }
    return extent < 1 ? -1 : extent;
  }

  private static int size(long extent) {
    if (extent < -1 || extent > Tensor.MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "an extent must be in [0, %d], was %d".formatted(Tensor.MOST_NUMBERS, extent));
    }
    return (int) extent;
  }

  private record Named(String name, Tensor tensor) {}

  private static Named tensor(MessageReader in) {
    List<Integer> shape = new ArrayList<>();
    List<double[]> parts = new ArrayList<>();
    Tensor.Type type = null;
    ByteBuffer raw = null;
    String name = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> Arrays.stream(in.integers()).forEach(extent -> shape.add(size(extent)));
        case 2 -> type = Tensor.Type.of(in.integer());
        case 4 -> {
          float[] reals = in.reals32();
          double[] wide = new double[reals.length];
          Arrays.setAll(wide, i -> reals[i]);
          parts.add(wide);
        }
        case 5, 7 -> parts.add(Arrays.stream(in.integers()).asDoubleStream().toArray());
        case 8 -> name = in.text();
        case 9 -> raw = in.bytes();
        case 10 -> parts.add(in.reals64());
        case 13 ->
            throw new IllegalArgumentException(
                "constants lie in another file; write the model with all inside"
                    + " (PyTorch: external_data=False)");
        default -> {}
      }
    }
    if (type == null || shape.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "constant '%s' has no type, or more than %d dimensions".formatted(name, MOST_DIMENSIONS));
    }
    int[] extents = shape.stream().mapToInt(Integer::intValue).toArray();
    double[] values =
        raw == null ? parts.stream().flatMapToDouble(Arrays::stream).toArray() : numbers(type, raw);
    return new Named(name, new Tensor(type, extents, values));
  }

  private static double[] numbers(Tensor.Type type, ByteBuffer raw) {
    int width =
        switch (type) {
          case UINT8, INT8, BOOL -> 1;
          case FLOAT, INT32 -> 4;
          case INT64, DOUBLE -> 8;
        };
    if (raw.remaining() % width != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no numbers of type %s".formatted(raw.remaining(), type));
    }
    double[] values = new double[raw.remaining() / width];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case UINT8, BOOL -> raw.get() & 0xff;
            case INT8 -> raw.get();
            case FLOAT -> raw.getFloat();
            case INT32 -> raw.getInt();
            case INT64 -> raw.getLong();
            case DOUBLE -> raw.getDouble();
          };
    }
    return values;
  }

  /** The names of the inputs. */
  List<String> inputNames() {
    return inputs.stream().map(Value::name).toList();
  }

  /** The names of the outputs. */
  List<String> outputNames() {
    return outputs.stream().map(Value::name).toList();
  }
}
