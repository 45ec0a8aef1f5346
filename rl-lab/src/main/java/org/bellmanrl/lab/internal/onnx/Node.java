package org.bellmanrl.lab.internal.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a model.
 *
 * @param operator what is done
 * @param name what the model calls it, for messages; may be empty
 * @param inputs names of values, empty where one is left out
 * @param outputs names of values
 * @param attributes what else decides the operation: Long, Float, String, Tensor, long[] or float[]
 */
record Node(
    String operator,
    String name,
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> attributes) {
  Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  long integer(String attribute, long otherwise) {
    return attributes.get(attribute) instanceof Long value ? value : otherwise;
  }

  double real(String attribute, double otherwise) {
    return attributes.get(attribute) instanceof Float value ? value : otherwise;
  }

  String text(String attribute, String otherwise) {
    return attributes.get(attribute) instanceof String value ? value : otherwise;
  }

  long @Nullable [] integers(String attribute) {
    return attributes.get(attribute) instanceof long[] values ? values : null;
  }

  float @Nullable [] reals(String attribute) {
    return attributes.get(attribute) instanceof float[] values ? values : null;
  }

  @Nullable Tensor tensor(String attribute) {
    return attributes.get(attribute) instanceof Tensor tensor ? tensor : null;
  }

  @Override
  public String toString() {
    return operator + (name.isEmpty() ? "" : " '" + name + "'");
  }
}
