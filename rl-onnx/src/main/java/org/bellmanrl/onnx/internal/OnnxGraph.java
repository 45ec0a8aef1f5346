package org.bellmanrl.onnx.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.onnx.protobuf.MessageWriter;

/**
 * A model in the format of ONNX in the making: constants, nodes in the order of their work, inputs
 * and outputs. Every value has a name; a node's outputs are named after it.
 *
 * <p>Source: ONNX, {@code onnx.proto} of IR version 8 and the operators of version 17. Not
 * thread-safe.
 */
final class OnnxGraph {
  /** The input of an observation, or the beginning of the names of its parts' inputs. */
  static final String OBSERVATION = "observation";

  /** The input of the mask. */
  static final String MASK = "mask";

  /** The output of what the policy computes of an observation. */
  static final String OUTPUTS = "outputs";

  /** The input of the state of recurrent layers before a step. */
  static final String STATE_IN = "state_in";

  /** The output of their state after it. */
  static final String STATE_OUT = "state_out";

  /** The output of the action. */
  static final String ACTION = "action";

  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 17;

  /** The name of the first extent of all inputs and outputs, which is open. */
  private static final String BATCH = "batch";

  private final MessageWriter graph = new MessageWriter();
  private int names;

  /** What the input for a part of observations is called. */
  static String input(Leaf leaf) {
    return leaf.path().isEmpty() ? OBSERVATION : OBSERVATION + "/" + leaf.path();
  }

  /** Declares the input for a part of observations: whole numbers as int64, bytes as uint8. */
  String observation(Leaf leaf) {
    ElementType type =
        switch (leaf.dtype()) {
          case FLOAT32 -> ElementType.FLOAT;
          case UINT8 -> ElementType.UINT8;
          case INT32 -> ElementType.INT64;
        };
    return input(
        input(leaf),
        type,
        switch (leaf.space()) {
          case Box box -> box.shape();
          case Discrete discrete -> new int[0];
          default -> new int[] {leaf.width()};
        });
  }

  /** A value as another type. */
  String cast(String x, ElementType type) {
    return node("Cast", new Attributes().with("to", type.number()), x);
  }

  /** A value in two dimensions, the batch's and that of all others. */
  String flat(String x) {
    return node("Flatten", new Attributes().with("axis", 1), x);
  }

  /** Values side by side. */
  String concat(String... parts) {
    return parts.length == 1 ? parts[0] : node("Concat", new Attributes().with("axis", 1), parts);
  }

  /** Declares an input of a batch of rows. */
  String input(String name, ElementType type, int... shape) {
    graph.message(11, value(name, type, shape));
    return name;
  }

  /** Declares an output: a value of the graph, of a batch of rows. */
  void output(String name, ElementType type, int... shape) {
    graph.message(12, value(name, type, shape));
  }

  private static MessageWriter value(String name, ElementType type, int... shape) {
    MessageWriter extents = new MessageWriter();
    extents.message(1, new MessageWriter().text(2, BATCH));
    for (int extent : shape) {
      extents.message(1, new MessageWriter().integer(1, extent));
    }
    MessageWriter tensor = new MessageWriter().integer(1, type.number()).message(2, extents);
    return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
  }

  /** Adds a constant. */
  String constant(float[] values, long... shape) {
    byte[] raw = new byte[values.length * Float.BYTES];
    little(raw).asFloatBuffer().put(values);
    return constant(ElementType.FLOAT, raw, shape);
  }

  /** Adds a constant. */
  String constant(double[] values, long... shape) {
    byte[] raw = new byte[values.length * Double.BYTES];
    little(raw).asDoubleBuffer().put(values);
    return constant(ElementType.DOUBLE, raw, shape);
  }

  /** Adds a constant. */
  String constant(long[] values, long... shape) {
    byte[] raw = new byte[values.length * Long.BYTES];
    little(raw).asLongBuffer().put(values);
    return constant(ElementType.INT64, raw, shape);
  }

  private static ByteBuffer little(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(ElementType type, byte[] raw, long... shape) {
    String name = "constant" + names++;
    MessageWriter tensor = new MessageWriter();
    for (long extent : shape) {
      tensor.integer(1, extent);
    }
    graph.message(5, tensor.integer(2, type.number()).text(8, name).bytes(9, raw));
    return name;
  }

  /** Adds a node without attributes; its output. */
  String node(String operator, String... inputs) {
    return node(operator, new Attributes(), inputs);
  }

  /** Adds a node; its output. */
  String node(String operator, Attributes attributes, String... inputs) {
    return named(operator + names++, operator, attributes, inputs);
  }

  /** Adds a node whose output has its own name. */
  String named(String name, String operator, Attributes attributes, String... inputs) {
    MessageWriter node = new MessageWriter();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, name).text(3, name).text(4, operator);
    for (MessageWriter attribute : attributes.written) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return name;
  }

  /** The model as the content of a file. */
  byte[] toBytes(String producerVersion, Map<String, String> metadata) {
    graph.text(2, "policy");
    MessageWriter model = new MessageWriter();
    model.integer(1, IR_VERSION).text(2, "bellman").text(3, producerVersion);
    model.message(7, graph).message(8, new MessageWriter().text(1, "").integer(2, OPERATORS));
    metadata.forEach(
        (key, value) -> model.message(14, new MessageWriter().text(1, key).text(2, value)));
    return model.toBytes();
  }

  /** Attributes of a node. */
  static final class Attributes {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private final List<MessageWriter> written = new ArrayList<>();

    Attributes with(String name, float value) {
      written.add(new MessageWriter().text(1, name).real32(2, value).integer(20, FLOAT));
      return this;
    }

    Attributes with(String name, int value) {
      written.add(new MessageWriter().text(1, name).integer(3, value).integer(20, INT));
      return this;
    }

    Attributes with(String name, long... values) {
      written.add(new MessageWriter().text(1, name).packed(8, values).integer(20, INTS));
      return this;
    }
  }
}
