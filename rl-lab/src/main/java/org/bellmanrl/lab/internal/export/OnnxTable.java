package org.bellmanrl.lab.internal.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.policy.TablePolicy;
import org.bellmanrl.lab.internal.export.OnnxGraph.Attributes;
import org.bellmanrl.lab.internal.export.OnnxGraph.ElementType;

/** Writes a table as a graph that looks up a row of it and takes the largest number. */
final class OnnxTable {
  private final OnnxGraph graph;
  private final TablePolicy table;

  OnnxTable(OnnxGraph graph, TablePolicy table) {
    this.graph = graph;
    this.table = table;
  }

  void write(int maskWidth) {
    Space actions = table.actionSpace();
    if (actions.layout().leaves().size() != 1) {
      throw new IllegalArgumentException("nested actions can't be written, were " + actions);
    }
    int count = table.actions();
    String numbers = graph.constant(table.numbers(), table.states(), count);
    // [batch], the number of each row's state, chooses rows of [states, actions].
    String row =
        graph.named(
            OnnxExport.OUTPUTS, "Gather", new Attributes().with("axis", 0), numbers, state());
    graph.output(OnnxExport.OUTPUTS, ElementType.DOUBLE, count);
    if (maskWidth > 0) {
      String mask = graph.input(OnnxExport.MASK, ElementType.BOOL, maskWidth);
      String never = graph.constant(new double[] {Double.NEGATIVE_INFINITY}, 1);
      row = graph.node("Where", mask, row, never);
    }
    boolean single = actions instanceof Discrete;
    Attributes last = new Attributes().with("axis", 1).with("keepdims", single ? 0 : 1);
    String best = graph.node("ArgMax", last, row);
    if (actions instanceof Discrete discrete) {
      String start = graph.constant(new long[] {discrete.start()}, 1);
      graph.named(OnnxExport.ACTION, "Add", new Attributes(), best, start);
      graph.output(OnnxExport.ACTION, ElementType.INT64);
      return;
    }
    int width = actions.layout().leaves().getFirst().width();
    long[] weights = weights(actions);
    long[] counts = counts(actions);
    String digits = graph.node("Div", best, graph.constant(weights, 1, width));
    graph.named(
        OnnxExport.ACTION, "Mod", new Attributes(), digits, graph.constant(counts, 1, width));
    graph.output(OnnxExport.ACTION, ElementType.INT64, width);
  }

  /** The sum of all elements of an observation, each times its weight. */
  private String state() {
    List<Leaf> leaves = table.observationSpace().layout().leaves();
    long[] weights = weights(table.observationSpace());
    List<String> parts = new ArrayList<>();
    int next = 0;
    for (Leaf leaf : leaves) {
      long[] own = new long[leaf.width()];
      System.arraycopy(weights, next, own, 0, own.length);
      next += own.length;
      boolean bits = leaf.dtype() == DType.UINT8;
      String x =
          graph.input(
              OnnxExport.input(leaf),
              bits ? ElementType.UINT8 : ElementType.INT64,
              OnnxExport.shape(leaf.space()));
      if (bits) {
        x = graph.node("Cast", new Attributes().with("to", ElementType.INT64.number()), x);
      }
      x = graph.node("Flatten", new Attributes().with("axis", 1), x);
      if (leaf.space() instanceof Discrete discrete && discrete.start() != 0) {
        x = graph.node("Sub", x, graph.constant(new long[] {discrete.start()}, 1));
      }
      parts.add(graph.node("Mul", x, graph.constant(own, 1, own.length)));
    }
    String all =
        parts.size() == 1
            ? parts.getFirst()
            : graph.node("Concat", new Attributes().with("axis", 1), parts.toArray(new String[0]));
    return graph.node(
        "ReduceSum", new Attributes().with("keepdims", 0), all, graph.constant(new long[] {1}, 1));
  }

  /** How many values each element can have. */
  private static long[] counts(Space space) {
    return space.layout().leaves().stream()
        .flatMapToLong(leaf ->
            LongStream.range(0, leaf.width())
                .map(i ->
                    switch (leaf.space()) {
                      case Discrete discrete -> discrete.n();
                      case MultiDiscrete multi -> multi.n((int) i);
                      case MultiBinary binary -> 2;
                      default -> throw new IllegalArgumentException("not finite: " + leaf.space());
                    }))
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
