package org.bellmanrl.onnx.internal;

import java.util.List;
import org.bellmanrl.onnx.protobuf.MessageWriter;

/** Small models as other programs write them, in the bytes of the format. */
final class ModelBuilder {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int HALF = 10;
  static final int DOUBLE = 11;

  private final MessageWriter graph = new MessageWriter().text(2, "main");
  private long mlOperators;

  private static MessageWriter tensorType(int type, long... shape) {
    MessageWriter extents = new MessageWriter();
    for (long extent : shape) {
      MessageWriter dimension = new MessageWriter();
      if (extent < 0) {
        dimension.text(2, "n" + -extent);
      } else {
        dimension.integer(1, extent);
      }
      extents.message(1, dimension);
    }
    MessageWriter tensor = new MessageWriter().integer(1, type).message(2, extents);
    return new MessageWriter().message(1, tensor);
  }

  private static MessageWriter value(String name, MessageWriter type) {
    return new MessageWriter().text(1, name).message(2, type);
  }

  /** An input; negative extents are open. */
  ModelBuilder input(String name, int type, long... shape) {
    graph.message(11, value(name, tensorType(type, shape)));
    return this;
  }

  /** An input that declares no shape. */
  ModelBuilder shapelessInput(String name, int type) {
    MessageWriter tensor = new MessageWriter().integer(1, type);
    graph.message(11, value(name, new MessageWriter().message(1, tensor)));
    return this;
  }

  ModelBuilder output(String name, int type, long... shape) {
    graph.message(12, value(name, tensorType(type, shape)));
    return this;
  }

  /** An output of a map from integers to real numbers for each row. */
  ModelBuilder mapsOutput(String name) {
    MessageWriter map = new MessageWriter().integer(1, INT64);
    MessageWriter number = new MessageWriter().integer(1, FLOAT);
    map.message(2, new MessageWriter().message(1, number));
    MessageWriter sequence = new MessageWriter().message(1, new MessageWriter().message(5, map));
    graph.message(12, value(name, new MessageWriter().message(4, sequence)));
    return this;
  }

  ModelBuilder constant(String name, int type, long[] shape, double... values) {
    MessageWriter tensor = new MessageWriter();
    for (long extent : shape) {
      tensor.integer(1, extent);
    }
    tensor.integer(2, type).text(8, name);
    for (double value : values) {
      switch (type) {
        case FLOAT -> tensor.real32(4, (float) value);
        case DOUBLE -> tensor.real64(10, value);
        case HALF -> tensor.integer(5, Float.floatToFloat16((float) value) & 0xffff);
        default -> tensor.integer(7, (long) value);
      }
    }
    graph.message(5, tensor);
    return this;
  }

  /** A constant that stands in another file. */
  ModelBuilder constantElsewhere(String name) {
    MessageWriter place = new MessageWriter().text(1, "location").text(2, "weights.bin");
    graph.message(
        5, new MessageWriter().integer(1, 4).integer(2, FLOAT).text(8, name).message(13, place));
    return this;
  }

  ModelBuilder node(
      String operator, List<String> inputs, String output, MessageWriter... attributes) {
    return node("", operator, inputs, List.of(output), attributes);
  }

  /** An operation, of the operators for machine learning if the domain says so. */
  ModelBuilder node(
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      MessageWriter... attributes) {
    MessageWriter node = new MessageWriter();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(4, operator).text(7, domain);
    for (MessageWriter attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    mlOperators = domain.isEmpty() ? mlOperators : 3;
    return this;
  }

  static MessageWriter integer(String name, long value) {
    return new MessageWriter().text(1, name).integer(3, value).integer(20, 2);
  }

  static MessageWriter integers(String name, long... values) {
    return new MessageWriter().text(1, name).packed(8, values).integer(20, 7);
  }

  static MessageWriter reals(String name, float... values) {
    MessageWriter attribute = new MessageWriter().text(1, name);
    for (float value : values) {
      attribute.real32(7, value);
    }
    return attribute.integer(20, 6);
  }

  static MessageWriter text(String name, String value) {
    return new MessageWriter().text(1, name).text(4, value).integer(20, 3);
  }

  byte[] build() {
    MessageWriter model = new MessageWriter().integer(1, 8).text(2, "test").message(7, graph);
    model.message(8, new MessageWriter().text(1, "").integer(2, 17));
    if (mlOperators > 0) {
      model.message(8, new MessageWriter().text(1, "ai.onnx.ml").integer(2, mlOperators));
    }
    return model.toBytes();
  }
}
