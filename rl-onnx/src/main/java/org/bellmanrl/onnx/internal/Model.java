package org.bellmanrl.onnx.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bellmanrl.onnx.protobuf.MessageReader;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a model say of themselves, before a native library sees them: inputs, outputs,
 * and which operation computes what from what.
 *
 * <p>Source: ONNX, {@code onnx.proto} of IR version 8 to 13. Models that refer to other files, that
 * loop, or that are nested too deep are refused by an {@link IllegalArgumentException}.
 *
 * @param producer the program that wrote it; may be empty
 * @param metadata what that program notes of it, by name
 * @param nodes its operations
 * @param inputs what must be given, constants left out
 * @param outputs what comes out
 */
record Model(
    String producer,
    Map<String, String> metadata,
    List<Node> nodes,
    List<Value> inputs,
    List<Value> outputs) {
  private static final int MOST_DEPTH = 16;
  private static final Set<String> LOOPS = Set.of("Loop", "Scan", "SequenceMap");

  /** Operations that pass on the numbers of their first input, in another shape or type. */
  private static final Set<String> PASSING =
      Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Clip");

  /** What a value is. */
  enum Kind {
    TENSOR,
    MAPS,
    OTHER
  }

  /**
   * An input or an output.
   *
   * @param name what it is called
   * @param kind a tensor, or a map per row, as scikit-learn's classifiers give probabilities
   * @param elements ONNX's number for the type of elements; 0 if it is no tensor
   * @param shape its extents, −1 for open ones; null if it does not say
   */
  record Value(String name, Kind kind, long elements, @Nullable List<Long> shape) {

    /** The type of its elements. */
    ElementType type() {
      return ElementType.of(name, elements);
    }

    String described() {
      return "'" + name + "'" + (shape == null ? " without a shape" : " of shape " + shape);
    }
  }

  /**
   * An operation.
   *
   * @param operator what is done
   * @param inputs names of values
   * @param outputs names of values
   */
  record Node(String operator, List<String> inputs, List<String> outputs) {}

  /** Reads the content of a file. */
  static Model read(byte[] content) {
    String producer = "";
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    boolean found = false;
    MessageReader in = new MessageReader(content);
    while (in.next()) {
      switch (in.field()) {
        case 2 -> producer = in.text();
        case 7 -> {
          found = true;
          graph(in.message(), 0, nodes, inputs, outputs);
        }
        case 14 -> fact(in.message(), metadata);
        case 25 -> function(in.message());
        default -> {}
      }
    }
    if (!found || inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          found
              ? "it has %d inputs and %d outputs".formatted(inputs.size(), outputs.size())
              : "it holds no graph");
    }
    return new Model(producer, metadata, nodes, inputs, outputs);
  }

  private static void fact(MessageReader in, Map<String, String> into) {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> {}
      }
    }
    into.put(key, value);
  }

  private static void function(MessageReader in) {
    while (in.next()) {
      if (in.field() == 7) {
        node(in.message(), 1);
      }
    }
  }

  private static void graph(
      MessageReader in, int depth, List<Node> nodes, List<Value> inputs, List<Value> outputs) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("its graphs are nested more than " + MOST_DEPTH + " deep");
    }
    Set<String> constants = new HashSet<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(node(in.message(), depth));
        case 5 -> constants.add(constant(in.message()));
        case 11 -> inputs.add(value(in.message()));
        case 12 -> outputs.add(value(in.message()));
        case 15 -> sparse(in.message(), constants);
        default -> {}
      }
    }
    inputs.removeIf(input -> constants.contains(input.name));
  }

  private static void sparse(MessageReader in, Set<String> constants) {
    while (in.next()) {
      if (in.field() == 1) {
        constants.add(constant(in.message()));
      }
    }
  }

  private static Node node(MessageReader in, int depth) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    String operator = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 4 -> operator = in.text();
        case 5 -> attribute(in.message(), depth);
        default -> {}
      }
    }
    if (LOOPS.contains(operator)) {
      throw new IllegalArgumentException(
          "it has the operator " + operator + ", whose work has no bound that can be checked");
    }
    return new Node(operator, inputs, outputs);
  }

  /** Checks the constants and graphs in an attribute. */
  private static void attribute(MessageReader in, int depth) {
    Consumer<MessageReader> inside =
        graph -> graph(graph, depth + 1, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    while (in.next()) {
      switch (in.field()) {
        case 5, 10 -> constant(in.message());
        case 6, 11 -> inside.accept(in.message());
        default -> {}
      }
    }
  }

  /** The name of a constant, whose numbers must be here. */
  private static String constant(MessageReader in) {
    String name = "";
    boolean elsewhere = false;
    while (in.next()) {
      switch (in.field()) {
        case 8 -> name = in.text();
        case 13 -> elsewhere = true;
        case 14 -> elsewhere |= in.integer() == 1;
        default -> {}
      }
    }
    if (elsewhere) {
      throw new IllegalArgumentException(
          "the numbers of '%s' are in another file; write the model with all of them inside (PyTorch: external_data=False)"
              .formatted(name));
    }
    return name;
  }

  private static Value value(MessageReader in) {
    String name = "";
    Value value = new Value("", Kind.OTHER, 0, null);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> value = type(in.message());
        default -> {}
      }
    }
    return new Value(name, value.kind, value.elements, value.shape);
  }

  private static Value type(MessageReader in) {
    Value value = new Value("", Kind.OTHER, 0, null);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> value = tensor(in.message());
        case 4 -> value = new Value("", maps(in.message()), 0, null);
        default -> {}
      }
    }
    return value;
  }

  /** What a sequence is of. */
  private static Kind maps(MessageReader in) {
    Kind kind = Kind.OTHER;
    while (in.next()) {
      if (in.field() == 1) {
        MessageReader element = in.message();
        while (element.next()) {
          kind = element.field() == 5 ? Kind.MAPS : kind;
        }
      }
    }
    return kind;
  }

  private static Value tensor(MessageReader in) {
    long elements = 0;
    List<Long> shape = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> elements = in.integer();
        case 2 -> {
          shape = new ArrayList<>();
          MessageReader extents = in.message();
          while (extents.next()) {
            if (extents.field() == 1) {
              shape.add(extent(extents.message()));
            }
          }
        }
        default -> {}
      }
    }
    return new Value("", Kind.TENSOR, elements, shape);
  }

  /** An extent, or −1 for an open one. */
  private static long extent(MessageReader in) {
    long extent = -1;
    while (in.next()) {
      if (in.field() == 1) {
        extent = in.integer();
      }
    }
    return extent < 1 ? -1 : extent;
  }

  /**
   * Finds the output from which others are computed: of an action and a value, only the action is
   * an ingredient of the action's log-probability.
   *
   * @param candidates names of outputs
   * @param others names of outputs that may be computed from one of them
   * @return the only one of them; null if there is none, or more than one
   */
  @Nullable String ingredient(List<String> candidates, List<String> others) {
    Map<String, Node> makers = new HashMap<>();
    for (Node node : nodes) {
      node.outputs.forEach(output -> makers.put(output, node));
    }
    List<String> used =
        candidates.stream()
            .filter(candidate ->
                others.stream()
                    .anyMatch(other ->
                        !other.equals(candidate)
                            && ancestors(other, makers).contains(source(candidate, makers))))
            .toList();
    return used.size() == 1 ? used.getFirst() : null;
  }

  /** Where the numbers of a value come from, before they were reshaped or clipped. */
  private static String source(String value, Map<String, Node> makers) {
    String at = value;
    for (int i = 0; i < makers.size(); i++) {
      Node maker = makers.get(at);
      if (maker == null || !PASSING.contains(maker.operator) || maker.inputs.isEmpty()) {
        return at;
      }
      at = maker.inputs.getFirst();
    }
    return at;
  }

  private static Set<String> ancestors(String value, Map<String, Node> makers) {
    Set<String> seen = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(value));
    while (!left.isEmpty()) {
      Node maker = makers.get(left.pop());
      if (maker != null) {
        maker.inputs.stream().filter(seen::add).forEach(left::push);
      }
    }
    return seen;
  }
}
