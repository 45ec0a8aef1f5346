package org.bellmanrl.lab.internal.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A {@link Model} that can be carried out. Immutable. */
final class Program {
  /** The newest version of the operators whose meaning is known here. */
  private static final int NEWEST_OPERATORS = 25;

  private final Model model;

  /**
   * A program.
   *
   * @throws IllegalArgumentException naming what is unknown
   */
  Program(Model model) {
    this.model = model;
    if (model.operators() > NEWEST_OPERATORS) {
      throw new IllegalArgumentException(
          "its operators are of version %d, those up to %d are known"
              .formatted(model.operators(), NEWEST_OPERATORS));
    }
    TreeSet<String> unknown = new TreeSet<>();
    for (Node node : model.nodes()) {
      if (!Operators.known(node.operator())) {
        unknown.add(node.operator());
      }
      if (node.outputs().isEmpty()) {
        throw new IllegalArgumentException(node + " has no output");
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown operators %s; known are %s"
              .formatted(String.join(", ", unknown), String.join(", ", Operators.names())));
    }
  }

  Model model() {
    return model;
  }

  /**
   * Carries it out.
   *
   * @param inputs a tensor for each input, by name
   * @param output what is wanted
   * @throws IllegalArgumentException naming the operation that can't be carried out
   */
  Tensor run(Map<String, Tensor> inputs, String output) {
    Map<String, Tensor> values = new HashMap<>(model.constants());
    values.putAll(inputs);
    for (Node node : model.nodes()) {
      @Nullable Tensor[] in = new @Nullable Tensor[node.inputs().size()];
      for (int i = 0; i < in.length; i++) {
        in[i] = input(node, node.inputs().get(i), values);
      }
      values.put(node.outputs().getFirst(), Operators.apply(node, new Inputs(in)));
    }
    Tensor result = values.get(output);
    if (result == null) {
      throw new IllegalArgumentException("nothing gives output '" + output + "'");
    }
    return result;
  }

  private static @Nullable Tensor input(Node node, String name, Map<String, Tensor> values) {
    if (name.isEmpty()) {
      return null;
    }
    Tensor tensor = values.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "%s takes '%s', which nothing before it gives".formatted(node, name));
    }
    return tensor;
  }

  /** The names of what it gives. */
  List<String> outputs() {
    return model.outputNames();
  }
}
