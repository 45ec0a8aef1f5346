package org.bellmanrl.onnx.internal;

import java.util.Arrays;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.onnx.internal.OnnxGraph.Attributes;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.TablePolicy;

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
      default ->
          throw new IllegalArgumentException(
              "only tables and networks can be written as ONNX, this policy is " + policy);
    };
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
