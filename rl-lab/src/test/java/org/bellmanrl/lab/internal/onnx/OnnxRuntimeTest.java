package org.bellmanrl.lab.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.lab.internal.protobuf.MessageWriter;
import org.junit.jupiter.api.Test;

/** Every operator gives what ONNX Runtime gives, in a model of that operator alone. */
class OnnxRuntimeTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  private final RandomStream random = RandomStream.ofSeed(3);
  private final TreeSet<String> tried = new TreeSet<>();

  /** Bounds of what goes in. */
  private double least = -3;

  /** As what it goes in, and what comes out. */
  private int inType = FLOAT;

  private int outType = FLOAT;

  private static int[] shape(int... extents) {
    return extents;
  }

  private static MessageWriter tensor(int type, int[] shape, double... values) {
    MessageWriter tensor = new MessageWriter();
    for (int extent : shape) {
      tensor.integer(1, extent);
    }
    tensor.integer(2, type);
    for (double value : values) {
      if (type == FLOAT) {
        tensor.real32(4, (float) value);
      } else {
        tensor.integer(7, (long) value);
      }
    }
    return tensor;
  }

  private static MessageWriter reals(int[] shape, double... values) {
    return tensor(FLOAT, shape, values);
  }

  private static MessageWriter integers(double... values) {
    return tensor(INT64, shape(values.length), values);
  }

  private MessageWriter drawn(int... shape) {
    double[] values = new double[Tensor.size(shape)];
    Arrays.setAll(values, i -> random.uniform(-2, 2));
    return reals(shape, values);
  }

  private static MessageWriter attribute(String name, int value) {
    return new MessageWriter().text(1, name).integer(3, value).integer(20, 2);
  }

  private static MessageWriter attribute(String name, float value) {
    return new MessageWriter().text(1, name).real32(2, value).integer(20, 1);
  }

  private static MessageWriter attribute(String name, String value) {
    return new MessageWriter().text(1, name).text(4, value).integer(20, 3);
  }

  private static MessageWriter attribute(String name, long... values) {
    return new MessageWriter().text(1, name).packed(8, values).integer(20, 7);
  }

  private static MessageWriter[] with(MessageWriter... parts) {
    return parts;
  }

  private static MessageWriter value(String name, int type, int... shape) {
    MessageWriter tensor = new MessageWriter().integer(1, type);
    if (shape.length > 0) {
      MessageWriter extents = new MessageWriter();
      for (int extent : shape) {
        extents.message(1, new MessageWriter().integer(1, extent));
      }
      tensor.message(2, extents);
    }
    return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
  }

  private byte[] model(
      String operator, int[] shape, MessageWriter[] constants, MessageWriter[] attributes) {
    MessageWriter graph = new MessageWriter();
    MessageWriter cast = new MessageWriter().text(1, "x").text(2, "y").text(4, "Cast");
    graph.message(1, cast.message(5, attribute("to", inType)));
    MessageWriter node = new MessageWriter();
    if (!operator.equals("Constant")) {
      node.text(1, "y");
    }
    for (int i = 0; i < constants.length; i++) {
      node.text(1, "c" + i);
      graph.message(5, constants[i].text(8, "c" + i));
    }
    node.text(2, "out").text(4, operator);
    for (MessageWriter attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node).text(2, "one");
    graph.message(11, value("x", FLOAT, shape)).message(12, value("out", outType));
    return new MessageWriter()
        .integer(1, 9)
        .message(7, graph)
        .message(8, new MessageWriter().text(1, "").integer(2, 20))
        .toBytes();
  }

  private void agrees(
      String operator, int[] shape, MessageWriter[] constants, MessageWriter... attributes)
      throws OrtException {
    tried.add(operator);
    byte[] model = model(operator, shape, constants, attributes);
    float[] x = new float[Tensor.size(shape)];
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.uniform(least, 3);
      wide[i] = x[i];
    }
    Tensor ours =
        new Program(Model.read(model))
            .run(Map.of("x", new Tensor(Tensor.Type.FLOAT, shape, wide)), "out");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] extents = Arrays.stream(shape).asLongStream().toArray();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor in = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), extents);
        OrtSession.Result result = session.run(Map.of("x", in))) {
      OnnxTensor theirs = (OnnxTensor) result.get(0);
      assertThat(Arrays.stream(theirs.getInfo().getShape()).mapToInt(Math::toIntExact).toArray())
          .as("shape of %s", operator)
          .isEqualTo(ours.shape());
      double[] expected = numbers(theirs, ours.size());
      for (int i = 0; i < expected.length; i++) {
        assertThat(ours.at(i))
            .as("%s, number %d", operator, i)
            .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  private double[] numbers(OnnxTensor tensor, int size) {
    double[] values = new double[size];
    switch (outType) {
      case FLOAT -> {
        FloatBuffer buffer = tensor.getFloatBuffer();
        Arrays.setAll(values, buffer::get);
      }
      case INT64 -> {
        LongBuffer buffer = tensor.getLongBuffer();
        Arrays.setAll(values, buffer::get);
      }
      default -> {
        ByteBuffer buffer = tensor.getByteBuffer();
        Arrays.setAll(values, buffer::get);
      }
    }
    return values;
  }

  @Test
  void everyOperator_agrees() throws OrtException {
    int[] grid = shape(4, 6);
    for (String operator :
        new String[] {
          "Neg",
          "Abs",
          "Exp",
          "Relu",
          "Tanh",
          "Sigmoid",
          "Softplus",
          "Erf",
          "Elu",
          "LeakyRelu",
          "Gelu",
          "Softmax",
          "LogSoftmax",
          "Identity",
          "Dropout",
          "Transpose",
          "Flatten"
        }) {
      agrees(operator, grid, with());
    }
    agrees("Gelu", grid, with(), attribute("approximate", "tanh"));
    agrees("Elu", grid, with(), attribute("alpha", 0.3f));
    agrees("LeakyRelu", grid, with(), attribute("alpha", 0.3f));
    agrees("Softmax", shape(2, 3, 4), with(), attribute("axis", 1));
    for (String operator : new String[] {"Add", "Sub", "Mul", "Div", "Min", "Max"}) {
      agrees(operator, grid, with(drawn(6)));
      agrees(operator, shape(4, 1), with(drawn(3, 1, 6)));
    }
    agrees("Max", grid, with(drawn(6), drawn(4, 1)));
    agrees("Clip", grid, with(reals(shape(), -1), reals(shape(), 0.5)));
    agrees("MatMul", grid, with(drawn(6, 3)));
    agrees("MatMul", shape(2, 4, 6), with(drawn(6, 3)));
    agrees("MatMul", grid, with(drawn(6)));
    agrees("Gemm", grid, with(drawn(6, 3), drawn(3)));
    agrees(
        "Gemm",
        grid,
        with(drawn(5, 4), drawn(6, 5)),
        attribute("transA", 1),
        attribute("transB", 1),
        attribute("alpha", 0.5f),
        attribute("beta", 2f));
    agrees("LayerNormalization", grid, with(drawn(6), drawn(6)), attribute("epsilon", 0.1f));
    agrees("Conv", shape(2, 3, 7, 6), with(drawn(4, 3, 3, 2), drawn(4)));
    agrees(
        "Conv",
        shape(1, 2, 8, 9),
        with(drawn(3, 2, 2, 3)),
        attribute("strides", 2L, 3L),
        attribute("pads", 1L, 0L, 0L, 2L),
        attribute("dilations", 2L, 1L));
    for (String operator : new String[] {"ReduceMean", "ReduceSum"}) {
      agrees(operator, shape(2, 3, 4), with(integers(0, -1)), attribute("keepdims", 0));
      agrees(operator, shape(2, 3, 4), with(integers(1)));
      agrees(operator, shape(2, 3, 4), with());
    }
    agrees("Reshape", grid, with(integers(0, 3, -1)));
    agrees("Flatten", shape(2, 3, 4), with(), attribute("axis", 2));
    agrees("Unsqueeze", grid, with(integers(0, -1)));
    agrees("Squeeze", shape(1, 4, 1), with(integers(-1)));
    agrees("Squeeze", shape(1, 4, 1), with());
    agrees("Transpose", shape(2, 3, 4), with(), attribute("perm", 1L, 2L, 0L));
    agrees("Concat", grid, with(drawn(4, 2), drawn(4, 1)), attribute("axis", 1));
    agrees("Concat", grid, with(drawn(2, 6)), attribute("axis", -2));
    agrees("Slice", grid, with(integers(1, -5), integers(9, -1), integers(0, 1), integers(2, 3)));
    agrees("Gather", grid, with(tensor(INT64, shape(2, 2), 1, -1, 0, 5)), attribute("axis", 1));
    agrees("Constant", grid, with(), attribute("value_float", 2.5f));
    least = 0.1;
    agrees("Sqrt", grid, with());
    agrees("Log", grid, with());
    agrees("Pow", grid, with(drawn(6)));
    least = -3;
    outType = BOOL;
    for (String operator : new String[] {"Equal", "Greater", "Less"}) {
      agrees(operator, grid, with(drawn(6)));
    }
    inType = BOOL;
    agrees("Not", grid, with());
    outType = FLOAT;
    agrees("Where", grid, with(drawn(6), drawn(4, 1)));
    inType = INT64;
    outType = INT64;
    agrees("Cast", grid, with(), attribute("to", INT64));
    agrees("Div", grid, with(integers(2, -2, 3, 1, -3, 5)));
    agrees("Mod", grid, with(integers(2, -2, 3, 1, -3, 5)));
    inType = FLOAT;
    agrees("Shape", grid, with());
    agrees("Cast", grid, with(), attribute("to", INT64));
    agrees("ArgMax", grid, with(), attribute("axis", 1), attribute("keepdims", 0));
    agrees("ArgMax", shape(2, 3, 4), with(), attribute("axis", 1));
    assertThat(tried).containsExactlyElementsOf(Operators.names());
  }
}
