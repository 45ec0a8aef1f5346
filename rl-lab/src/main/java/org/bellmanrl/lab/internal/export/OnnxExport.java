package org.bellmanrl.lab.internal.export;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.deep.policy.TablePolicy;
import org.bellmanrl.deep.policy.WritablePolicy;
import org.bellmanrl.lab.internal.export.OnnxGraph.Attributes;
import org.bellmanrl.lab.internal.export.OnnxGraph.ElementType;

/**
 * Writes a policy as an ONNX model with all that it needs inside.
 *
 * <p>Inputs, each with a batch of rows: {@code observation} in the shape of its space, or one input
 * for each part of a nested one, {@code observation/part}; integers as int64, bits and pixels as
 * uint8; and for tasks with a mask {@code mask}, of truth values. Outputs: {@code outputs}, those
 * of the network (values of actions, or preferences, or means), and {@code action} in the shape of
 * its space: choices as int64, numbers clipped to their bounds, or squashed into them.
 *
 * <p>A {@link Standardizer} is computed in double precision, as it is in training. Noise of noisy
 * layers is left out, as in evaluation, and nothing is drawn: a policy that draws its actions
 * becomes one that takes the likeliest.
 *
 * <p>Of a table, {@code outputs} are the numbers of the actions in double precision, and {@code
 * action} is the one of the largest, the first of several: where a table draws among its best
 * actions, or by probabilities, the model takes the first of the likeliest.
 */
public final class OnnxExport {
  private static final String OBSERVATION = "observation";
  static final String OUTPUTS = "outputs";
  static final String ACTION = "action";
  static final String MASK = "mask";
  private static final Attributes NONE = new Attributes();

  private final OnnxGraph graph;
  private final NetworkPolicy policy;
  private final Network network;

  private OnnxExport(OnnxGraph graph, NetworkPolicy policy) {
    this.graph = graph;
    this.policy = policy;
    this.network = policy.network();
  }

  /**
   * Writes a policy.
   *
   * @param policy which
   * @param maskWidth elements of a mask; 0 for a task without one
   * @param version of the program that writes
   * @param metadata what is known of the policy, by name
   * @return the content of a file
   * @throws IllegalArgumentException if the policy is a table with nested actions
   */
  public static byte[] write(
      WritablePolicy policy, int maskWidth, String version, Map<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph();
    switch (policy) {
      case NetworkPolicy network -> new OnnxExport(graph, network).write(maskWidth);
      case TablePolicy table -> new OnnxTable(graph, table).write(maskWidth);
    }
    return graph.toBytes(version, metadata);
  }

  private void write(int maskWidth) {
    Standardizer standardizer = policy.standardizer();
    String x =
        standardizer == null ? encoded(policy.observationSpace()) : standardized(standardizer);
    action(layers(x), maskWidth);
  }

  /** As an encoder of observations turns them into inputs of networks. */
  private String encoded(Space space) {
    if (network.spec().input().extents().size() == 3) {
      String pixels = graph.input(OBSERVATION, ElementType.UINT8, ((Box) space).shape());
      String scaled =
          graph.node(
              "Mul",
              cast(pixels, ElementType.FLOAT),
              graph.constant(new float[] {network.spec().input().scale()}));
      return graph.node("Transpose", new Attributes().with("perm", 0L, 3L, 1L, 2L), scaled);
    }
    List<Leaf> leaves = space.layout().leaves();
    String[] parts = new String[leaves.size()];
    for (int i = 0; i < parts.length; i++) {
      Leaf leaf = leaves.get(i);
      String name = input(leaf);
      parts[i] =
          switch (leaf.dtype()) {
            case FLOAT32 -> flat(graph.input(name, ElementType.FLOAT, shape(leaf.space())));
            case UINT8 -> {
              String bytes = flat(graph.input(name, ElementType.UINT8, shape(leaf.space())));
              String numbers = cast(bytes, ElementType.FLOAT);
              yield leaf.space() instanceof Box box
                  ? graph.node("Mul", numbers, graph.constant(new float[] {1f / box.high(0)}))
                  : numbers;
            }
            case INT32 -> oneHot(graph.input(name, ElementType.INT64, shape(leaf.space())), leaf);
          };
    }
    return parts.length == 1
        ? parts[0]
        : graph.node("Concat", new Attributes().with("axis", 1), parts);
  }

  /** What the input for a part of observations is called. */
  static String input(Leaf leaf) {
    return leaf.path().isEmpty() ? OBSERVATION : OBSERVATION + "/" + leaf.path();
  }

  /** The shape of an elementary space in a graph. */
  static int[] shape(Space space) {
    return switch (space) {
      case Box box -> box.shape();
      case Discrete discrete -> new int[0];
      default -> new int[] {space.layout().leaves().getFirst().width()};
    };
  }

  private String flat(String x) {
    return graph.node("Flatten", new Attributes().with("axis", 1), x);
  }

  private String cast(String x, ElementType type) {
    return graph.node("Cast", new Attributes().with("to", type.number()), x);
  }

  /** Each element compared with all values that it may have. */
  private String oneHot(String integers, Leaf leaf) {
    String rows = flat(integers);
    String[] parts = new String[leaf.width()];
    for (int i = 0; i < parts.length; i++) {
      String element =
          parts.length == 1
              ? rows
              : graph.node(
                  "Gather",
                  new Attributes().with("axis", 1),
                  rows,
                  graph.constant(new long[] {i}, 1));
      int start = leaf.space() instanceof Discrete discrete ? discrete.start() : 0;
      int count =
          leaf.space() instanceof Discrete discrete
              ? discrete.n()
              : ((MultiDiscrete) leaf.space()).n(i);
      long[] values = new long[count];
      Arrays.setAll(values, k -> start + (long) k);
      parts[i] =
          cast(graph.node("Equal", element, graph.constant(values, 1, count)), ElementType.FLOAT);
    }
    return parts.length == 1
        ? parts[0]
        : graph.node("Concat", new Attributes().with("axis", 1), parts);
  }

  private String standardized(Standardizer statistics) {
    Box space = statistics.takes();
    int size = space.size();
    ElementType type = space.dtype() == DType.UINT8 ? ElementType.UINT8 : ElementType.FLOAT;
    String x = cast(flat(graph.input(OBSERVATION, type, space.shape())), ElementType.DOUBLE);
    x = graph.node("Sub", x, graph.constant(statistics.means(), 1, size));
    x = graph.node("Div", x, graph.constant(statistics.deviations(), 1, size));
    if (statistics.limit() < Double.POSITIVE_INFINITY) {
      x = graph.node("Min", x, graph.constant(new double[] {statistics.limit()}, 1));
      x = graph.node("Max", x, graph.constant(new double[] {-statistics.limit()}, 1));
    }
    return cast(x, ElementType.FLOAT);
  }

  private String layers(String input) {
    String x = input;
    boolean image = network.spec().input().extents().size() == 3;
    List<LayerSpec> layers = network.spec().layers();
    for (int i = 0; i < layers.size(); i++) {
      x = layer(layers.get(i), i, "", image, x);
    }
    return graph.named(OUTPUTS, "Identity", NONE, x);
  }

  /**
   * One layer.
   *
   * @param index of the outer layer that it is, or is in
   * @param prefix of the names of its parameters, for a layer inside of another
   * @param image whether it is an image that enters the stack of layers
   */
  private String layer(LayerSpec spec, int index, String prefix, boolean image, String x) {
    return switch (spec) {
      case Dense dense -> activated(dense.activation(), dense(index, prefix, x));
      case NoisyDense noisy -> activated(noisy.activation(), dense(index, prefix, x));
      case LayerNormalization norm ->
          activated(norm.activation(), normalized(index, prefix, norm, x));
      case Convolution2d convolution ->
          activated(convolution.activation(), convolved(index, prefix, convolution, x));
      // Ours go by rows, columns, channels; those of ONNX by channels first.
      case Flatten flatten ->
          flat(
              image
                  ? graph.node("Transpose", new Attributes().with("perm", 0L, 2L, 3L, 1L), x)
                  : x);
      case Dueling dueling -> dueling(index, prefix, dueling, x);
      case Expectation expectation -> expectation(expectation, x);
      case Parallel parallel -> parallel(index, parallel, x);
    };
  }

  private String expectation(Expectation spec, String x) {
    Attributes last = new Attributes().with("axes", new long[] {2}).with("keepdims", 0);
    // It is the last layer, behind the one with the last parameters.
    int atoms = network.blocks().getLast().columns() / spec.actions();
    String each =
        graph.node("Reshape", x, graph.constant(new long[] {0, spec.actions(), atoms}, 3));
    if (!spec.softmax()) {
      return graph.node("ReduceMean", last, each);
    }
    float[] returns = new float[atoms];
    for (int i = 0; i < atoms; i++) {
      returns[i] = (float) (spec.low() + i * ((spec.high() - spec.low()) / (atoms - 1)));
    }
    String likely = graph.node("Softmax", new Attributes().with("axis", 2), each);
    String means = graph.node("MatMul", likely, graph.constant(returns, atoms, 1));
    return graph.node("Reshape", means, graph.constant(new long[] {0, spec.actions()}, 2));
  }

  private String parallel(int index, Parallel spec, String x) {
    String[] joined = new String[spec.branches().size()];
    for (int b = 0; b < joined.length; b++) {
      Parallel.Branch branch = spec.branches().get(b);
      List<Integer> extents = branch.extents();
      boolean image = extents.size() == 3;
      int size = extents.stream().reduce(1, Math::multiplyExact);
      String part = slice(x, branch.from(), (long) branch.from() + size);
      if (image) {
        long[] shape = {0, extents.get(0), extents.get(1), extents.get(2)};
        part = graph.node("Reshape", part, graph.constant(shape, shape.length));
        part = graph.node("Transpose", new Attributes().with("perm", 0L, 3L, 1L, 2L), part);
      }
      for (int i = 0; i < branch.layers().size(); i++) {
        part = layer(branch.layers().get(i), index, "%d/%d/".formatted(b, i), image, part);
      }
      joined[b] = part;
    }
    return graph.node("Concat", new Attributes().with("axis", 1), joined);
  }

  private ParameterBlock block(int layer, String name) {
    for (ParameterBlock block : network.blocks()) {
      if (block.layer() == layer && block.name().equals(name)) {
        return block;
      }
    }
    throw new IllegalStateException("layer " + layer + " has no block '" + name + "'");
  }

  /** Without the padding between its rows. */
  private float[] values(ParameterBlock block) {
    float[] values = new float[block.size()];
    for (int row = 0; row < block.rows(); row++) {
      for (int column = 0; column < block.columns(); column++) {
        values[row * block.columns() + column] = network.parameters()[block.index(row, column)];
      }
    }
    return values;
  }

  private String vector(int layer, String name) {
    ParameterBlock block = block(layer, name);
    return graph.constant(values(block), block.columns());
  }

  private String dense(int layer, String prefix, String x) {
    ParameterBlock weights = block(layer, prefix + "weights");
    String matrix = graph.constant(values(weights), weights.rows(), weights.columns());
    return graph.node("Gemm", x, matrix, vector(layer, prefix + "bias"));
  }

  private String normalized(int layer, String prefix, LayerNormalization norm, String x) {
    return graph.node(
        "LayerNormalization",
        new Attributes().with("axis", -1).with("epsilon", (float) norm.epsilon()),
        x,
        vector(layer, prefix + "scale"),
        vector(layer, prefix + "bias"));
  }

  private String convolved(int layer, String prefix, Convolution2d spec, String x) {
    ParameterBlock weights = block(layer, prefix + "weights");
    int side = spec.kernel();
    int channels = weights.rows() / (side * side);
    float[] filters = new float[weights.size()];
    for (int f = 0; f < spec.filters(); f++) {
      for (int c = 0; c < channels; c++) {
        for (int place = 0; place < side * side; place++) {
          filters[(f * channels + c) * side * side + place] =
              network.parameters()[weights.index(place * channels + c, f)];
        }
      }
    }
    long padding = spec.padding();
    return graph.node(
        "Conv",
        new Attributes()
            .with("kernel_shape", new long[] {side, side})
            .with("strides", new long[] {spec.stride(), spec.stride()})
            .with("pads", new long[] {padding, padding, padding, padding}),
        x,
        graph.constant(filters, spec.filters(), channels, side, side),
        vector(layer, prefix + "bias"));
  }

  private String dueling(int layer, String prefix, Dueling spec, String x) {
    String value = stream(layer, spec, prefix + "value-", x);
    String advantage = stream(layer, spec, prefix + "advantage-", x);
    String mean =
        graph.node(
            "ReduceMean",
            new Attributes().with("axes", new long[] {1}).with("keepdims", 1),
            advantage);
    return graph.node("Add", value, graph.node("Sub", advantage, mean));
  }

  private String stream(int layer, Dueling spec, String prefix, String x) {
    String hidden =
        spec.hidden() == 0 ? x : activated(spec.activation(), dense(layer, prefix + "hidden-", x));
    return dense(layer, prefix, hidden);
  }

  private String activated(Activation activation, String x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> graph.node("Relu", x);
      case TANH -> graph.node("Tanh", x);
      case SILU -> graph.node("Mul", x, graph.node("Sigmoid", x));
    };
  }

  private void action(String outputs, int maskWidth) {
    graph.output(OUTPUTS, ElementType.FLOAT, network.outputSize());
    if (policy.actionSpace() instanceof Box box) {
      numbers(
          policy.reading() == NetworkPolicy.Reading.SQUASHED ? squashed(outputs, box) : outputs,
          box);
      return;
    }
    String scores = outputs;
    if (maskWidth > 0) {
      String mask = graph.input(MASK, ElementType.BOOL, maskWidth);
      String never = graph.constant(new float[] {Float.NEGATIVE_INFINITY}, 1);
      scores = graph.node("Where", mask, outputs, never);
    }
    int[] choices = policy.choices();
    Attributes last = new Attributes().with("axis", 1).with("keepdims", 0);
    if (policy.actionSpace() instanceof Discrete discrete) {
      String best = graph.node("ArgMax", last, scores);
      graph.named(ACTION, "Add", NONE, best, graph.constant(new long[] {discrete.start()}, 1));
      graph.output(ACTION, ElementType.INT64);
      return;
    }
    String[] elements = new String[choices.length];
    long first = 0;
    for (int g = 0; g < choices.length; g++) {
      String part = slice(scores, first, first + choices[g]);
      elements[g] =
          graph.node("ArgMax", new Attributes().with("axis", 1).with("keepdims", 1), part);
      first += choices[g];
    }
    graph.named(ACTION, "Concat", new Attributes().with("axis", 1), elements);
    graph.output(ACTION, ElementType.INT64, choices.length);
  }

  /** The first half of the outputs, squeezed and stretched to the bounds, as it is in training. */
  private String squashed(String outputs, Box box) {
    int size = box.size();
    double[] middle = new double[size];
    double[] half = new double[size];
    for (int i = 0; i < size; i++) {
      middle[i] = 0.5 * ((double) box.high(i) + box.low(i));
      half[i] = 0.5 * ((double) box.high(i) - box.low(i));
    }
    String x = cast(slice(outputs, 0, size), ElementType.DOUBLE);
    x = graph.node("Mul", graph.node("Tanh", x), graph.constant(half, 1, size));
    return cast(graph.node("Add", x, graph.constant(middle, 1, size)), ElementType.FLOAT);
  }

  private String slice(String x, long from, long to) {
    return graph.node(
        "Slice",
        x,
        graph.constant(new long[] {from}, 1),
        graph.constant(new long[] {to}, 1),
        graph.constant(new long[] {1}, 1));
  }

  private void numbers(String outputs, Box box) {
    int size = box.size();
    float[] low = new float[size];
    float[] high = new float[size];
    for (int i = 0; i < size; i++) {
      low[i] = box.low(i);
      high[i] = box.high(i);
    }
    String x = graph.node("Min", outputs, graph.constant(high, 1, size));
    x = graph.node("Max", x, graph.constant(low, 1, size));
    long[] shape = new long[1 + box.dimensions()];
    for (int i = 0; i < box.dimensions(); i++) {
      shape[1 + i] = box.extent(i);
    }
    // An extent of 0 is that of what comes in: the batch's.
    graph.named(ACTION, "Reshape", NONE, x, graph.constant(shape, shape.length));
    graph.output(ACTION, ElementType.FLOAT, box.shape());
  }
}
