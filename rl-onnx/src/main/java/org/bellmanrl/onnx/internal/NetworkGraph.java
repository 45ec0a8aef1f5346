package org.bellmanrl.onnx.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.BatchRenormalization;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dropout;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Embedding;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Gru;
import org.bellmanrl.deep.network.HypersphericalBlock;
import org.bellmanrl.deep.network.HypersphericalEmbedding;
import org.bellmanrl.deep.network.ImplicitQuantiles;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.ResidualBlock;
import org.bellmanrl.deep.network.StateDependentNoise;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.onnx.internal.OnnxGraph.Attributes;

/** Writes a network as a graph, with all that comes before it and after it. */
final class NetworkGraph {
  private final OnnxGraph graph;
  private final NetworkPolicy policy;
  private final Network network;
  private final PolicyGraph.Source source;

  /** Parts of the state after a step, in order. */
  private final List<String> states = new ArrayList<>();

  /** Numbers of the state that layers before the present one take. */
  private int stateAt;

  NetworkGraph(OnnxGraph graph, NetworkPolicy policy, PolicyGraph.Source source) {
    this.graph = graph;
    this.policy = policy;
    this.network = policy.network();
    this.source = source;
  }

  /**
   * Writes it.
   *
   * @param maskWidth elements of a mask; 0 for a task without one
   */
  PolicyGraph.Action write(int maskWidth) {
    Standardizer standardizer = policy.standardizer();
    String x =
        standardizer == null ? encoded(policy.observationSpace()) : standardized(standardizer);
    return action(layers(x), maskWidth);
  }

  /** As an encoder of observations turns them into inputs of networks. */
  private String encoded(Space space) {
    List<Leaf> leaves = space.layout().leaves();
    if (network.spec().input().extents().size() == 3) {
      String scaled =
          graph.node(
              "Mul",
              graph.cast(source.take(leaves.getFirst()), ElementType.FLOAT),
              graph.constant(new float[] {network.spec().input().scale()}));
      return channelsFirst(scaled);
    }
    String[] parts = new String[leaves.size()];
    for (int i = 0; i < parts.length; i++) {
      Leaf leaf = leaves.get(i);
      String flat = graph.flat(source.take(leaf));
      parts[i] =
          switch (leaf.dtype()) {
            case FLOAT32 -> flat;
            case UINT8 -> {
              String numbers = graph.cast(flat, ElementType.FLOAT);
              yield leaf.space() instanceof Box box
                  ? graph.node("Mul", numbers, graph.constant(new float[] {1f / box.high(0)}))
                  : numbers;
            }
            case INT32 -> PolicyGraph.oneHot(graph, flat, leaf);
          };
    }
    return graph.concat(parts);
  }

  private String standardized(Standardizer statistics) {
    Box space = statistics.takes();
    int size = space.size();
    String raw = source.take(space.layout().leaves().getFirst());
    String x = graph.cast(graph.flat(raw), ElementType.DOUBLE);
    x = graph.node("Sub", x, graph.constant(statistics.means(), 1, size));
    x = graph.node("Div", x, graph.constant(statistics.deviations(), 1, size));
    if (statistics.limit() < Double.POSITIVE_INFINITY) {
      x = graph.node("Min", x, graph.constant(new double[] {statistics.limit()}, 1));
      x = graph.node("Max", x, graph.constant(new double[] {-statistics.limit()}, 1));
    }
    return graph.cast(x, ElementType.FLOAT);
  }

  private String layers(String input) {
    String x = input;
    boolean image = network.spec().input().extents().size() == 3;
    List<LayerSpec> layers = network.spec().layers();
    if (network.stateSize() > 0) {
      graph.input(OnnxGraph.STATE_IN, ElementType.FLOAT, network.stateSize());
    }
    for (int i = 0; i < layers.size(); i++) {
      x = layer(layers.get(i), i, "", image, x);
      image &= !(layers.get(i) instanceof Flatten);
    }
    if (network.stateSize() > 0) {
      String after = graph.concat(states.toArray(String[]::new));
      graph.named(OnnxGraph.STATE_OUT, "Identity", new Attributes(), after);
      graph.output(OnnxGraph.STATE_OUT, ElementType.FLOAT, network.stateSize());
    }
    return graph.named(OnnxGraph.OUTPUTS, "Identity", new Attributes(), x);
  }

  /**
   * One layer.
   *
   * @param index of the outer layer that it is, or is in
   * @param prefix of the names of its parameters, for a layer inside of another
   * @param image whether it is an image that enters, channels first
   */
  private String layer(LayerSpec spec, int index, String prefix, boolean image, String x) {
    return switch (spec) {
      case Dense dense -> activated(dense.activation(), dense(index, prefix, x));
      case NoisyDense noisy -> activated(noisy.activation(), dense(index, prefix, x));
      case LayerNormalization norm ->
          activated(norm.activation(), normalized(index, prefix, norm, image, x));
      case BatchRenormalization norm ->
          activated(norm.activation(), normalized(index, prefix, norm, x));
      case Convolution2d convolution ->
          activated(convolution.activation(), convolved(index, prefix, convolution, x));
      // Ours go by rows, columns, channels; those of ONNX by channels first.
      case Flatten flatten -> graph.flat(image ? channelsLast(x) : x);
      case Embedding embedding -> graph.node("MatMul", x, matrix(index, prefix + "weights"));
      case HypersphericalEmbedding embedding -> embedded(index, prefix, embedding, x);
      case HypersphericalBlock block -> hyperspherical(index, prefix, block, x);
      case Dropout dropout -> x;
      case ResidualBlock block -> graph.node("Add", x, layers(block.layers(), index, prefix, x));
      case Dueling dueling -> dueling(dueling, x);
      case Expectation expectation -> expectation(expectation, x);
      case StateDependentNoise noise -> variances(index, prefix, noise, x);
      case ImplicitQuantiles quantiles -> implicitQuantiles(index, prefix, quantiles, x);
      case Parallel parallel -> parallel(index, parallel, x);
      case Lstm lstm -> lstm(index, prefix, lstm.units(), x);
      case Gru gru -> gru(index, prefix, gru.units(), x);
    };
  }

  /** Layers inside of another, behind each other. */
  private String layers(List<LayerSpec> layers, int index, String prefix, String input) {
    String x = input;
    for (int i = 0; i < layers.size(); i++) {
      x = layer(layers.get(i), index, prefix + i + "/", false, x);
    }
    return x;
  }

  /** The weights of the constant are a bias: times it, they are added to those of the inputs. */
  private String embedded(int layer, String prefix, HypersphericalEmbedding spec, String x) {
    ParameterBlock weights = block(layer, prefix + "weights");
    float[] all = values(weights);
    int inputs = weights.rows() - 1;
    float[] bias = new float[spec.units()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) (spec.shift() * all[inputs * bias.length + i]);
    }
    String product =
        graph.node(
            "Gemm",
            x,
            graph.constant(Arrays.copyOf(all, inputs * bias.length), inputs, bias.length),
            graph.constant(bias, bias.length));
    return unit(graph.node("Mul", product, vector(layer, prefix + "scale")));
  }

  private String hyperspherical(int layer, String prefix, HypersphericalBlock spec, String x) {
    String wider = graph.node("MatMul", x, matrix(layer, prefix + "wider_weights"));
    String scaled = graph.node("Mul", wider, vector(layer, prefix + "scale"));
    String between = activated(spec.activation(), scaled);
    String suggested =
        unit(graph.node("MatMul", between, matrix(layer, prefix + "narrower_weights")));
    float[] steps = values(block(layer, prefix + "alpha"));
    for (int i = 0; i < steps.length; i++) {
      steps[i] *= spec.alphaScale();
    }
    String way = graph.node("Sub", suggested, x);
    String step = graph.node("Mul", way, graph.constant(steps, steps.length));
    return unit(graph.node("Add", x, step));
  }

  private String unit(String x) {
    return graph.node("LpNormalization", new Attributes().with("axis", -1).with("p", 2), x);
  }

  private String lstm(int layer, String prefix, int units, String x) {
    String hidden = state(units);
    String cell = state(units);
    String forgotten =
        graph.node("Mul", graph.node("Sigmoid", gate(layer, prefix, "forget", x, hidden)), cell);
    String fresh =
        graph.node(
            "Mul",
            graph.node("Sigmoid", gate(layer, prefix, "input", x, hidden)),
            graph.node("Tanh", gate(layer, prefix, "cell", x, hidden)));
    String next = graph.node("Add", forgotten, fresh);
    String out =
        graph.node(
            "Mul",
            graph.node("Sigmoid", gate(layer, prefix, "output", x, hidden)),
            graph.node("Tanh", next));
    states.add(out);
    states.add(next);
    return out;
  }

  private String gru(int layer, String prefix, int units, String x) {
    String hidden = state(units);
    String reset = graph.node("Sigmoid", gate(layer, prefix, "reset", x, hidden));
    String update = graph.node("Sigmoid", gate(layer, prefix, "update", x, hidden));
    String remembered =
        graph.node(
            "Mul",
            reset,
            graph.node(
                "Gemm",
                hidden,
                matrix(layer, prefix + "state_weights/candidate"),
                vector(layer, prefix + "candidate_state_bias")));
    String candidate =
        graph.node(
            "Tanh",
            graph.node(
                "Add",
                remembered,
                graph.node(
                    "Gemm",
                    x,
                    matrix(layer, prefix + "input_weights/candidate"),
                    vector(layer, prefix + "bias/candidate"))));
    String out =
        graph.node(
            "Add", candidate, graph.node("Mul", update, graph.node("Sub", hidden, candidate)));
    states.add(out);
    return out;
  }

  /** The next numbers of the state before the step. */
  private String state(int units) {
    stateAt += units;
    return slice(OnnxGraph.STATE_IN, stateAt - units, stateAt);
  }

  /** The sums of a gate. */
  private String gate(int layer, String prefix, String name, String x, String hidden) {
    String fromInput =
        graph.node(
            "Gemm",
            x,
            matrix(layer, prefix + "input_weights/" + name),
            vector(layer, prefix + "bias/" + name));
    return graph.node("Gemm", hidden, matrix(layer, prefix + "state_weights/" + name), fromInput);
  }

  private String matrix(int layer, String name) {
    ParameterBlock weights = block(layer, name);
    return graph.constant(values(weights), weights.rows(), weights.columns());
  }

  private String expectation(Expectation spec, String x) {
    Attributes last = new Attributes().with("axes", new long[] {2}).with("keepdims", 0);
    int atoms = atoms(spec);
    String each = perAction(x, spec.actions(), atoms);
    if (!spec.softmax()) {
      return graph.node("ReduceMean", last, each);
    }
    float[] returns = new float[atoms];
    for (int i = 0; i < atoms; i++) {
      returns[i] = (float) (spec.low() + i * ((spec.high() - spec.low()) / (atoms - 1)));
    }
    String likely = graph.node("Softmax", new Attributes().with("axis", 2), each);
    String means = graph.node("MatMul", likely, graph.constant(returns, atoms, 1));
    return reshaped(means, 0, spec.actions());
  }

  /** How many numbers per action enter the last layer, behind the one with the last parameters. */
  private int atoms(Expectation spec) {
    List<LayerSpec> layers = network.spec().layers();
    return switch (layers.size() > 1 ? layers.get(layers.size() - 2) : spec) {
      case Dueling dueling -> dueling.outputs();
      case ImplicitQuantiles quantiles -> quantiles.fractions();
      default -> network.blocks().getLast().columns() / spec.actions();
    };
  }

  /** Variances, and noise of zero behind them. */
  private String variances(int index, String prefix, StateDependentNoise spec, String x) {
    ParameterBlock logDeviations = block(index, prefix + StateDependentNoise.LOG_DEVIATIONS);
    int columns = 2 * spec.size();
    float[] weights = new float[logDeviations.rows() * columns];
    float[] least = new float[columns];
    for (int d = 0; d < spec.size(); d++) {
      least[d] = StateDependentNoise.LEAST_VARIANCE;
      for (int k = 0; k < logDeviations.rows(); k++) {
        weights[k * columns + d] =
            (float) Math.exp(2 * network.parameters()[logDeviations.index(k, d)]);
      }
    }
    return graph.node(
        "Gemm",
        graph.node("Mul", x, x),
        graph.constant(weights, logDeviations.rows(), columns),
        graph.constant(least, columns));
  }

  /** The layers inside see a row for each fraction. */
  private String implicitQuantiles(int index, String prefix, ImplicitQuantiles spec, String x) {
    if (spec.drawn()) {
      throw new IllegalArgumentException("fractions that are drawn cannot be exported: " + spec);
    }
    int fractions = spec.fractions();
    ParameterBlock weights = block(index, prefix + "weights");
    float[] cosines = new float[fractions * spec.cosines()];
    for (int i = 0; i < fractions; i++) {
      double tau = spec.level() * (i + 0.5) / fractions;
      for (int k = 0; k < spec.cosines(); k++) {
        cosines[i * spec.cosines() + k] = (float) Math.cos(Math.PI * k * tau);
      }
    }
    String embedding =
        graph.node(
            "Relu",
            graph.node(
                "Gemm",
                graph.constant(cosines, fractions, spec.cosines()),
                matrix(index, prefix + "weights"),
                vector(index, prefix + "bias")));
    String joined = graph.node("Mul", perAction(x, 1, weights.columns()), embedding);
    String rows = reshaped(joined, -1, weights.columns());
    String inner = layers(spec.layers(), index, prefix, rows);
    String byFraction = reshaped(inner, -1, fractions, actions(spec));
    return graph.flat(
        graph.node("Transpose", new Attributes().with("perm", 0L, 2L, 1L), byFraction));
  }

  private static int actions(ImplicitQuantiles spec) {
    return switch (spec.layers().getLast()) {
      case Dueling dueling -> dueling.actions();
      case Dense dense -> dense.units();
      case NoisyDense noisy -> noisy.units();
      default -> throw new IllegalArgumentException("quantiles must leave a dense layer: " + spec);
    };
  }

  private String reshaped(String x, long... shape) {
    return graph.node("Reshape", x, graph.constant(shape, shape.length));
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
        part = reshaped(part, 0, extents.get(0), extents.get(1), extents.get(2));
        part = channelsFirst(part);
      }
      for (int i = 0; i < branch.layers().size(); i++) {
        LayerSpec inner = branch.layers().get(i);
        part = layer(inner, index, "%d/%d/".formatted(b, i), image, part);
        image &= !(inner instanceof Flatten);
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
    return graph.node("Gemm", x, matrix(layer, prefix + "weights"), vector(layer, prefix + "bias"));
  }

  private String normalized(
      int layer, String prefix, LayerNormalization norm, boolean image, String x) {
    if (!norm.learned()) {
      return standardized(norm, x);
    }
    String normalized =
        graph.node(
            "LayerNormalization",
            new Attributes().with("axis", -1).with("epsilon", (float) norm.epsilon()),
            image ? channelsLast(x) : x,
            vector(layer, prefix + "scale"),
            vector(layer, prefix + "bias"));
    return image ? channelsFirst(normalized) : normalized;
  }

  private String channelsFirst(String image) {
    return graph.node("Transpose", new Attributes().with("perm", 0L, 3L, 1L, 2L), image);
  }

  private String channelsLast(String image) {
    return graph.node("Transpose", new Attributes().with("perm", 0L, 2L, 3L, 1L), image);
  }

  /**
   * Over the second axis, an image's channels; the operator LayerNormalization demands a scale for
   * each number.
   */
  private String standardized(LayerNormalization norm, String x) {
    String centred = graph.node("Sub", x, rowMean(x));
    String variance = rowMean(graph.node("Mul", centred, centred));
    String epsilon = graph.constant(new float[] {(float) norm.epsilon()}, 1);
    return graph.node("Div", centred, graph.node("Sqrt", graph.node("Add", variance, epsilon)));
  }

  /** Means along the second axis, which remains with one element. */
  private String rowMean(String x) {
    return graph.node(
        "ReduceMean", new Attributes().with("axes", new long[] {1}).with("keepdims", 1), x);
  }

  /** By running statistics. */
  private String normalized(int layer, String prefix, BatchRenormalization norm, String x) {
    return graph.node(
        "BatchNormalization",
        new Attributes().with("epsilon", (float) norm.epsilon()),
        x,
        vector(layer, prefix + "scale"),
        vector(layer, prefix + "bias"),
        vector(layer, prefix + "mean"),
        vector(layer, prefix + "variance"));
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

  private String dueling(Dueling spec, String x) {
    int outputs = spec.outputs();
    String value = perAction(slice(x, 0, outputs), 1, outputs);
    String advantage = perAction(slice(x, outputs, spec.inputs()), spec.actions(), outputs);
    return graph.flat(graph.node("Add", value, graph.node("Sub", advantage, rowMean(advantage))));
  }

  /** Rows of numbers as rows × actions × outputs. */
  private String perAction(String x, long actions, long outputs) {
    return reshaped(x, 0, actions, outputs);
  }

  private String activated(Activation activation, String x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> graph.node("Relu", x);
      case LEAKY_RELU -> graph.node("LeakyRelu", x); // a slope of 0.01 unless it says another
      case TANH -> graph.node("Tanh", x);
      case SILU -> graph.node("Mul", x, graph.node("Sigmoid", x));
    };
  }

  private PolicyGraph.Action action(String outputs, int maskWidth) {
    graph.output(OnnxGraph.OUTPUTS, ElementType.FLOAT, network.outputSize());
    if (policy.actionSpace() instanceof Box box) {
      return numbers(
          policy.reading() == NetworkPolicy.Reading.SQUASHED ? squashed(outputs, box) : outputs,
          box);
    }
    String scores = outputs;
    if (maskWidth > 0) {
      String mask = graph.input(OnnxGraph.MASK, ElementType.BOOL, maskWidth);
      String never = graph.constant(new float[] {Float.NEGATIVE_INFINITY}, 1);
      scores = graph.node("Where", mask, outputs, never);
    }
    int[] choices = policy.choices();
    Attributes last = new Attributes().with("axis", 1).with("keepdims", 0);
    Leaf leaf = policy.actionSpace().layout().leaves().getFirst();
    if (policy.actionSpace() instanceof Discrete) {
      String best = graph.node("ArgMax", last, scores);
      return new PolicyGraph.Action(PolicyGraph.started(graph, best, leaf), ElementType.INT64);
    }
    String[] elements = new String[choices.length];
    long first = 0;
    for (int g = 0; g < choices.length; g++) {
      String part = slice(scores, first, first + choices[g]);
      elements[g] =
          graph.node("ArgMax", new Attributes().with("axis", 1).with("keepdims", 1), part);
      first += choices[g];
    }
    return new PolicyGraph.Action(
        PolicyGraph.started(graph, graph.concat(elements), leaf),
        ElementType.INT64,
        choices.length);
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
    String x = graph.cast(slice(outputs, 0, size), ElementType.DOUBLE);
    x = graph.node("Mul", graph.node("Tanh", x), graph.constant(half, 1, size));
    return graph.cast(graph.node("Add", x, graph.constant(middle, 1, size)), ElementType.FLOAT);
  }

  private String slice(String x, long from, long to) {
    return graph.node(
        "Slice",
        x,
        graph.constant(new long[] {from}, 1),
        graph.constant(new long[] {to}, 1),
        graph.constant(new long[] {1}, 1));
  }

  private PolicyGraph.Action numbers(String outputs, Box box) {
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
    return new PolicyGraph.Action(reshaped(x, shape), ElementType.FLOAT, box.shape());
  }
}
