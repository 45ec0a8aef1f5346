package org.bellmanrl.onnx.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.onnx.internal.OnnxGraph.Attributes;
import org.bellmanrl.policy.TablePolicy;

/** Writes a table as a graph that looks up a row of it and takes the largest number. */
final class OnnxTable {
  private final OnnxGraph graph;
  private final TablePolicy table;

  OnnxTable(OnnxGraph graph, TablePolicy table) {
    this.graph = graph;
    this.table = table;
  }

  /**
   * Writes it.
   *
   * @param source gives the parts of observations
   * @param maskWidth elements of a mask; 0 for a task without one
   */
  PolicyGraph.Action write(PolicyGraph.Source source, int maskWidth) {
    Space actions = table.actionSpace();
    if (actions.layout().leaves().size() != 1) {
      throw new IllegalArgumentException("nested actions can't be written, were " + actions);
    }
    int count = table.actions();
    String numbers = graph.constant(table.numbers(), table.states(), count);
    // [batch], the number of each row's state, chooses rows of [states, actions].
    String row =
        graph.named(
            OnnxGraph.OUTPUTS, "Gather", new Attributes().with("axis", 0), numbers, state(source));
    graph.output(OnnxGraph.OUTPUTS, ElementType.DOUBLE, count);
    if (maskWidth > 0) {
      String mask = graph.input(OnnxGraph.MASK, ElementType.BOOL, maskWidth);
      String never = graph.constant(new double[] {Double.NEGATIVE_INFINITY}, 1);
      row = graph.node("Where", mask, row, never);
    }
    boolean single = actions instanceof Discrete;
    Attributes last = new Attributes().with("axis", 1).with("keepdims", single ? 0 : 1);
    String best = graph.node("ArgMax", last, row);
    Leaf leaf = actions.layout().leaves().getFirst();
    if (single) {
      return new PolicyGraph.Action(PolicyGraph.started(graph, best, leaf), ElementType.INT64);
    }
    int width = leaf.width();
    String digits = graph.node("Div", best, graph.constant(weights(actions), 1, width));
    String choices = graph.node("Mod", digits, graph.constant(counts(actions), 1, width));
    return new PolicyGraph.Action(
        PolicyGraph.started(graph, choices, leaf), ElementType.INT64, width);
  }

  /** The sum of all elements of an observation, each times its weight. */
  private String state(PolicyGraph.Source source) {
    long[] weights = weights(table.observationSpace());
    List<String> parts = new ArrayList<>();
    int next = 0;
    for (Leaf leaf : table.observationSpace().layout().leaves()) {
      long[] own = Arrays.copyOfRange(weights, next, next + leaf.width());
      next += own.length;
      String x = source.take(leaf);
      if (leaf.dtype() == DType.UINT8) {
        x = graph.cast(x, ElementType.INT64);
      }
      x = graph.flat(x);
      long[] starts = new long[leaf.width()];
      Arrays.setAll(starts, leaf::start);
      if (Arrays.stream(starts).anyMatch(start -> start != 0)) {
        x = graph.node("Sub", x, graph.constant(starts, 1, starts.length));
      }
      parts.add(graph.node("Mul", x, graph.constant(own, 1, own.length)));
    }
    return graph.node(
        "ReduceSum",
        new Attributes().with("keepdims", 0),
        graph.concat(parts.toArray(String[]::new)),
        graph.constant(new long[] {1}, 1));
  }

  /** How many values each element can have. */
  private static long[] counts(Space space) {
    return space.layout().leaves().stream()
        .flatMapToLong(leaf -> LongStream.range(0, leaf.width()).map(i -> leaf.count((int) i)))
        .toArray();
  }

  /** What each element counts in the number of a value: the last one 1. */
  private static long[] weights(Space space) {
    long[] counts = counts(space);
    long[] weights = new long[counts.length];
    long weight = 1;
    for (int i = counts.length - 1; i >= 0; i--) {
      weights[i] = weight;
      weight *= counts[i];
    }
    return weights;
  }
}
