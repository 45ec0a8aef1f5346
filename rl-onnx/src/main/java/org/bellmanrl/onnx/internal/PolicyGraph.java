package org.bellmanrl.onnx.internal;

import java.util.Arrays;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.transform.ActionScaling;
import org.bellmanrl.api.transform.GridCode;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.onnx.internal.OnnxGraph.Attributes;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.TablePolicy;
import org.bellmanrl.policy.WrappedPolicy;

/** Writes a whole policy as a graph. */
public final class PolicyGraph {
  private PolicyGraph() {}

  /** Where a policy gets its observations from: inputs of the model, or what is made of them. */
  @FunctionalInterface
  interface Source {
    /** The values of a part, of a batch of rows: the same for the same part. */
    String take(Leaf leaf);
  }

  /**
   * What a policy decides, of a batch of rows.
   *
   * @param value its name in the graph
   * @param type of its elements
   * @param shape of a row's
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Action(String value, ElementType type, int... shape) {}

  /** A policy as the content of a file. */
  public static byte[] write(ShippedPolicy policy) {
    OnnxGraph graph = new OnnxGraph();
    Action action = action(graph, policy.policy(), graph::observation, policy.spec().maskWidth());
    graph.named(OnnxGraph.ACTION, "Identity", new Attributes(), action.value);
    graph.output(OnnxGraph.ACTION, action.type, action.shape);
    return graph.toBytes(policy.about().getOrDefault("bellman", ""), policy.about());
  }

  private static Action action(OnnxGraph graph, Policy policy, Source source, int maskWidth) {
    return switch (policy) {
      case NetworkPolicy network -> new NetworkGraph(graph, network, source).write(maskWidth);
      case TablePolicy table -> new OnnxTable(graph, table).write(source, maskWidth);
      case WrappedPolicy wrapped -> {
        Source seen =
            wrapped.grid().<Source>map(grid -> leaf -> grid(graph, grid, source)).orElse(source);
        Action action = action(graph, wrapped.policy(), seen, maskWidth);
        yield wrapped.scaling().map(scaling -> scaled(graph, scaling, action)).orElse(action);
      }
      default ->
          throw new IllegalArgumentException(
              "only tables and networks can be written as ONNX, this policy is " + policy);
    };
  }

  /** The cells that observations are in, in double precision until they are numbers of cells. */
  private static String grid(OnnxGraph graph, GridCode grid, Source source) {
    int size = grid.takes().size();
    double[] parts = Arrays.stream(grid.divisions()).asDoubleStream().toArray();
    double[] widths = new double[size];
    Arrays.setAll(widths, i -> grid.high()[i] - grid.low()[i]);
    String low = graph.constant(grid.low(), 1, size);
    String leaf = source.take(grid.takes().layout().leaves().getFirst());
    String x = graph.cast(graph.flat(leaf), ElementType.DOUBLE);
    x = graph.node("Max", graph.node("Min", x, graph.constant(grid.high(), 1, size)), low);
    x = graph.node("Mul", graph.node("Sub", x, low), graph.constant(parts, 1, size));
    x = graph.node("Div", x, graph.constant(widths, 1, size));
    long[] last = new long[size];
    long[] weights = new long[size];
    long weight = 1;
    for (int i = size - 1; i >= 0; i--) {
      last[i] = grid.cells()[i] - 1L;
      weights[i] = weight;
      weight *= grid.cells()[i];
    }
    String[] numbers = new String[grid.grids()];
    for (int g = 0; g < numbers.length; g++) {
      // Casts cut fractions off, which are those of numbers of at least 0.
      String shifted = graph.node("Add", x, graph.constant(grid.shift(g), 1, size));
      String cells = graph.cast(shifted, ElementType.INT64);
      cells = graph.node("Min", cells, graph.constant(last, 1, size));
      numbers[g] =
          grid.apart()
              ? cells
              : graph.node(
                  "ReduceSum",
                  new Attributes().with("keepdims", 1),
                  graph.node("Mul", cells, graph.constant(weights, 1, size)),
                  graph.constant(new long[] {1}, 1));
    }
    return graph.concat(numbers);
  }

  private static Action scaled(OnnxGraph graph, ActionScaling scaling, Action action) {
    Box box = scaling.gives();
    long[] shape = new long[1 + box.dimensions()];
    shape[0] = 1;
    double[] low = new double[box.size()];
    for (int i = 0; i < box.dimensions(); i++) {
      shape[1 + i] = box.extent(i);
    }
    Arrays.setAll(low, i -> scaling.low()[i]);
    String x = graph.cast(action.value, ElementType.DOUBLE);
    x = graph.node("Sub", x, graph.constant(new double[] {scaling.takes().low(0)}, 1));
    x = graph.node("Mul", x, graph.constant(scaling.gradient(), shape));
    x = graph.cast(graph.node("Add", x, graph.constant(low, shape)), ElementType.FLOAT);
    x = graph.node("Min", x, graph.constant(scaling.high(), shape));
    x = graph.node("Max", x, graph.constant(scaling.low(), shape));
    return new Action(x, ElementType.FLOAT, action.shape);
  }

  /** Adds to each element of an action, counted from 0, what its choices start at. */
  static String started(OnnxGraph graph, String choices, Leaf leaf) {
    long[] starts = new long[leaf.width()];
    Arrays.setAll(starts, leaf::start);
    return Arrays.stream(starts).allMatch(start -> start == 0)
        ? choices
        : graph.node("Add", choices, graph.constant(starts, starts.length));
  }

  /** Each element compared with all values that it may have. */
  static String oneHot(OnnxGraph graph, String rows, Leaf leaf) {
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
      int start = leaf.start(i);
      int count = leaf.count(i);
      long[] values = new long[count];
      Arrays.setAll(values, k -> start + (long) k);
      parts[i] =
          graph.cast(
              graph.node("Equal", element, graph.constant(values, 1, count)), ElementType.FLOAT);
    }
    return graph.concat(parts);
  }
}
