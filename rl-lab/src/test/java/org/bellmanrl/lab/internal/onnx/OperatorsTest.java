package org.bellmanrl.lab.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators against values by hand; those of networks are tested with whole models. */
class OperatorsTest {
  private static Tensor reals(int[] shape, double... values) {
    return new Tensor(Tensor.Type.FLOAT, shape, values);
  }

  private static Tensor integers(double... values) {
    return new Tensor(Tensor.Type.INT64, new int[] {values.length}, values);
  }

  private static Tensor apply(String operator, Map<String, Object> attributes, Tensor... in) {
    Node node = new Node(operator, "", List.of(), List.of("out"), attributes);
    return Operators.apply(node, new Inputs(in));
  }

  private static void is(Tensor actual, int[] shape, double... values) {
    assertThat(actual.shape()).isEqualTo(shape);
    assertThat(actual.values()).containsExactly(values, within(1e-6));
  }

  private static int[] shape(int... extents) {
    return extents;
  }

  private final Tensor grid = reals(shape(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void pairs_areStretched() {
    is(
        apply("Add", Map.of(), grid, reals(shape(3), 10, 20, 30)),
        shape(2, 3),
        11,
        22,
        33,
        14,
        25,
        36);
    is(
        apply("Sub", Map.of(), reals(shape(2, 1), 1, 2), reals(shape(2), 1, 5)),
        shape(2, 2),
        0,
        -4,
        1,
        -3);
    is(apply("Mod", Map.of(), integers(-7, 7), integers(3, -3)), shape(2), 2, -2);
    is(apply("Div", Map.of(), integers(-7, 7), integers(2, 2)), shape(2), -3, 3);
    is(
        apply("Max", Map.of(), grid, reals(shape(1), 3), reals(shape(), 4)),
        shape(2, 3),
        4,
        4,
        4,
        4,
        5,
        6);
    is(apply("Pow", Map.of(), grid, reals(shape(1), 2)), shape(2, 3), 1, 4, 9, 16, 25, 36);
    assertThat(apply("Greater", Map.of(), grid, reals(shape(1), 3)).type())
        .isEqualTo(Tensor.Type.BOOL);
    is(apply("Less", Map.of(), grid, reals(shape(1), 3)), shape(2, 3), 1, 1, 0, 0, 0, 0);
  }

  @Test
  void activations_areWhatTheyAreCalled() {
    Tensor x = reals(shape(3), -1, 0, 2);
    is(apply("Relu", Map.of(), x), shape(3), 0, 0, 2);
    is(apply("Neg", Map.of(), x), shape(3), 1, 0, -2);
    is(apply("Abs", Map.of(), x), shape(3), 1, 0, 2);
    is(apply("LeakyRelu", Map.of("alpha", 0.5f), x), shape(3), -0.5, 0, 2);
    is(apply("Elu", Map.of(), x), shape(3), Math.exp(-1) - 1, 0, 2);
    is(
        apply("Softplus", Map.of(), x),
        shape(3),
        Math.log(1 + Math.exp(-1)),
        Math.log(2),
        Math.log(1 + Math.exp(2)));
    is(apply("Erf", Map.of(), x), shape(3), -0.842700793, 0, 0.995322265);
    is(apply("Gelu", Map.of("approximate", "tanh"), x), shape(3), -0.15880801, 0, 1.9545977);
    is(apply("Clip", Map.of("min", -0.5f, "max", 1f), x), shape(3), -0.5, 0, 1);
    is(apply("Sqrt", Map.of(), reals(shape(1), 9)), shape(1), 3);
    is(apply("Log", Map.of(), apply("Exp", Map.of(), x)), shape(3), -1, 0, 2);
    is(apply("Not", Map.of(), x), shape(3), 0, 1, 0);
  }

  @Test
  void shapes_change() {
    is(apply("Reshape", Map.of(), grid, integers(3, -1)), shape(3, 2), 1, 2, 3, 4, 5, 6);
    is(apply("Reshape", Map.of(), grid, integers(0, 1, -1)), shape(2, 1, 3), 1, 2, 3, 4, 5, 6);
    is(apply("Flatten", Map.of("axis", 0L), grid), shape(1, 6), 1, 2, 3, 4, 5, 6);
    is(apply("Transpose", Map.of(), grid), shape(3, 2), 1, 4, 2, 5, 3, 6);
    Tensor thick = apply("Unsqueeze", Map.of(), grid, integers(0, -1));
    is(thick, shape(1, 2, 3, 1), 1, 2, 3, 4, 5, 6);
    is(apply("Squeeze", Map.of(), thick, integers(0)), shape(2, 3, 1), 1, 2, 3, 4, 5, 6);
    is(apply("Squeeze", Map.of(), thick), shape(2, 3), 1, 2, 3, 4, 5, 6);
    is(apply("Shape", Map.of(), thick), shape(4), 1, 2, 3, 1);
    is(
        apply("Concat", Map.of("axis", 1L), grid, reals(shape(2, 1), 7, 8)),
        shape(2, 4),
        1,
        2,
        3,
        7,
        4,
        5,
        6,
        8);
    is(
        apply("Slice", Map.of(), grid, integers(-2), integers(1L << 62), integers(1)),
        shape(2, 2),
        2,
        3,
        5,
        6);
    is(
        apply("Slice", Map.of(), grid, integers(0), integers(3), integers(1), integers(2)),
        shape(2, 2),
        1,
        3,
        4,
        6);
    is(apply("Gather", Map.of("axis", 1L), grid, integers(2, -3)), shape(2, 2), 3, 1, 6, 4);
  }

  @Test
  void reductions_goAlongAxes() {
    is(apply("ReduceSum", Map.of("keepdims", 0L), grid, integers(0)), shape(3), 5, 7, 9);
    is(apply("ReduceMean", Map.of("axes", new long[] {-1}), grid), shape(2, 1), 2, 5);
    is(apply("ReduceSum", Map.of(), grid), shape(1, 1), 21);
    is(apply("ArgMax", Map.of("axis", 1L, "keepdims", 0L), grid), shape(2), 2, 2);
    Tensor ties = reals(shape(3), 4, 9, 9);
    is(apply("ArgMax", Map.of(), ties), shape(1), 1);
    is(apply("ArgMax", Map.of("select_last_index", 1L), ties), shape(1), 2);
    is(apply("Softmax", Map.of(), reals(shape(1, 2), 0, Math.log(3))), shape(1, 2), 0.25, 0.75);
  }

  @Test
  void products_multiply() {
    Tensor column = reals(shape(3, 1), 1, 0, -1);
    is(apply("MatMul", Map.of(), grid, column), shape(2, 1), -2, -2);
    is(apply("MatMul", Map.of(), grid, reals(shape(3), 1, 0, -1)), shape(2), -2, -2);
    is(
        apply(
            "Gemm",
            Map.of("transA", 1L, "alpha", 2f, "beta", 3f),
            grid,
            reals(shape(2, 1), 1, 1),
            reals(shape(1), 1)),
        shape(3, 1),
        13,
        17,
        21);
    is(
        apply(
            "Conv",
            Map.of("pads", new long[] {0, 1, 0, 0}, "strides", new long[] {1, 2}),
            reals(shape(1, 1, 2, 3), 1, 2, 3, 4, 5, 6),
            reals(shape(1, 1, 2, 2), 1, 10, 100, 1000)),
        shape(1, 1, 1, 2),
        4010,
        6532);
  }

  @Test
  void constants_areOfAnyKind() {
    is(apply("Constant", Map.of("value", grid)), shape(2, 3), 1, 2, 3, 4, 5, 6);
    is(apply("Constant", Map.of("value_ints", new long[] {3, 4})), shape(2), 3, 4);
    is(apply("Constant", Map.of("value_floats", new float[] {3, 4})), shape(2), 3, 4);
    is(apply("Constant", Map.of("value_int", 7L)), shape(), 7);
    is(apply("Constant", Map.of("value_float", 7.5f)), shape(), 7.5);
    is(apply("Cast", Map.of("to", 7L), reals(shape(2), -1.7, 2.9)), shape(2), -1, 2);
  }

  @Test
  void whatCantBe_isRefusedByName() {
    assertThatThrownBy(() -> apply("MatMul", Map.of(), grid, grid))
        .hasMessage("MatMul can't take [FLOAT[2, 3], FLOAT[2, 3]]: the inner extents differ");
    assertThatThrownBy(() -> apply("MatMul", Map.of(), grid))
        .hasMessageContaining("input 1 is missing");
    assertThatThrownBy(() -> apply("Reshape", Map.of(), grid, integers(1L << 40)))
        .hasMessageStartingWith("Reshape can't take [FLOAT[2, 3], INT64[1]]");
    assertThatThrownBy(() -> apply("Gather", Map.of(), grid, integers(2)))
        .hasMessageContaining("index 2 is not in [0, 2)");
    assertThatThrownBy(() -> apply("Div", Map.of(), integers(1), integers(0)))
        .hasMessageContaining("division by zero");
    Tensor wide = reals(shape(1, 1 << 13), new double[1 << 13]);
    assertThatThrownBy(() -> apply("Add", Map.of(), wide, wide.reshaped(1 << 13, 1)))
        .hasMessageContaining("at most 16777216 numbers");
  }
}
