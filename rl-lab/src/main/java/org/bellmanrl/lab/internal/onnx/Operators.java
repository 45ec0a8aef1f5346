package org.bellmanrl.lab.internal.onnx;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The operators that policies are made of, by their names in ONNX: layers without convolutions and
 * with them, the usual activations, scaling before and choosing after.
 *
 * <p>Source: ONNX, "Operators", versions 7 to 23.
 */
final class Operators {
  private static final Map<String, Operator> ALL = all();

  private Operators() {}

  private static Map<String, Operator> all() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("Add", binary(Double::sum));
    all.put("Sub", binary((a, b) -> a - b));
    all.put("Mul", binary((a, b) -> a * b));
    all.put("Div", Operators::divide);
    all.put("Mod", Operators::modulo);
    all.put("Pow", binary(StrictMath::pow));
    all.put("Min", folded(Math::min));
    all.put("Max", folded(Math::max));
    all.put("Equal", comparison((a, b) -> a == b ? 1 : 0));
    all.put("Greater", comparison((a, b) -> a > b ? 1 : 0));
    all.put("Less", comparison((a, b) -> a < b ? 1 : 0));
    all.put("Not", unary(a -> a == 0 ? 1 : 0));
    all.put("Neg", unary(a -> -a));
    all.put("Abs", unary(Math::abs));
    all.put("Sqrt", unary(Math::sqrt));
    all.put("Exp", unary(StrictMath::exp));
    all.put("Log", unary(StrictMath::log));
    all.put("Relu", unary(a -> Math.max(a, 0)));
    all.put("Tanh", unary(StrictMath::tanh));
    all.put("Sigmoid", unary(a -> 1 / (1 + StrictMath.exp(-a))));
    all.put(
        "Softplus", unary(a -> Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)))));
    all.put("Erf", unary(Operators::erf));
    all.put("Gelu", Operators::gelu);
    all.put("Elu", (node, in) -> elu(node.real("alpha", 1), in.get(0)));
    all.put("LeakyRelu", (node, in) -> leaky(node.real("alpha", 0.01), in.get(0)));
    all.put("Clip", Operators::clip);
    all.put("Where", Operators::where);
    all.put("Cast", (node, in) -> in.get(0).cast(Tensor.Type.of(node.integer("to", 0))));
    all.put("Identity", (node, in) -> in.get(0));
    all.put("Dropout", (node, in) -> in.get(0));
    all.put("Constant", Operators::constant);
    all.putAll(Products.all());
    all.putAll(Shapes.all());
    all.putAll(Reductions.all());
    return all;
  }

  /** The names of all that are known, in their order. */
  static List<String> names() {
    return ALL.keySet().stream().sorted(Comparator.naturalOrder()).toList();
  }

  static boolean known(String name) {
    return ALL.containsKey(name);
  }

  /**
   * Computes what a node says.
   *
   * @throws IllegalArgumentException if that can't be, naming the node
   */
  static Tensor apply(Node node, Inputs in) {
    Operator operator = ALL.get(node.operator());
    if (operator == null) {
      throw new IllegalArgumentException("unknown operator " + node.operator());
    }
    try {
      return operator.apply(node, in);
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "%s can't take %s: %s".formatted(node, in, e.getMessage()), e);
    }
  }

  private static Operator unary(DoubleUnaryOperator function) {
    return (node, in) -> in.get(0).map(function);
  }

  private static Operator binary(DoubleBinaryOperator function) {
    return (node, in) -> in.get(0).with(in.get(1), in.get(0).type(), function);
  }

  private static Operator comparison(DoubleBinaryOperator function) {
    return (node, in) -> in.get(0).with(in.get(1), Tensor.Type.BOOL, function);
  }

  private static Operator folded(DoubleBinaryOperator function) {
    return (node, in) -> {
      Tensor all = in.get(0);
      for (int i = 1; i < in.count(); i++) {
        all = all.with(in.get(i), all.type(), function);
      }
      return all;
    };
  }

  private static Tensor divide(Node node, Inputs in) {
    if (!in.get(0).type().real()) {
      for (double divisor : in.get(1).values()) {
        if (divisor == 0) {
          throw new ArithmeticException("division by zero");
        }
      }
    }
    return in.get(0).with(in.get(1), in.get(0).type(), (a, b) -> a / b);
  }

  /** Of the sign of the divisor, or with fmod of the dividend. */
  private static Tensor modulo(Node node, Inputs in) {
    boolean ofDividend = node.integer("fmod", 0) == 1;
    return in.get(0)
        .with(
            in.get(1), in.get(0).type(), (a, b) -> ofDividend ? a % b : a - b * Math.floor(a / b));
  }

  private static Tensor gelu(Node node, Inputs in) {
    if (node.text("approximate", "none").equals("tanh")) {
      double scale = Math.sqrt(2 / Math.PI);
      return in.get(0)
          .map(a -> 0.5 * a * (1 + StrictMath.tanh(scale * (a + 0.044715 * a * a * a))));
    }
    return in.get(0).map(a -> 0.5 * a * (1 + erf(a / Math.sqrt(2))));
  }

  private static Tensor elu(double alpha, Tensor x) {
    return x.map(a -> a > 0 ? a : alpha * StrictMath.expm1(a));
  }

  private static Tensor leaky(double alpha, Tensor x) {
    return x.map(a -> a > 0 ? a : alpha * a);
  }

  /** By the series of 2/√π Σ, or 1 beyond what a float can tell: within 1e-12. */
  private static double erf(double x) {
    double size = Math.abs(x);
    if (size > 6) {
      return Math.signum(x);
    }
    double term = size;
    double sum = size;
    for (int n = 1; n < 200 && Math.abs(term) > 1e-17 * sum; n++) {
      // All terms are positive: erf x = 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)).
      term *= 2 * size * size / (2 * n + 1);
      sum += term;
    }
    return Math.signum(x)
        * Math.min(1, 2 / Math.sqrt(Math.PI) * StrictMath.exp(-size * size) * sum);
  }

  /** Bounds are attributes up to version 6, inputs since 11. */
  private static Tensor clip(Node node, Inputs in) {
    Tensor least = in.optional(1);
    Tensor most = in.optional(2);
    double low = least == null ? node.real("min", Double.NEGATIVE_INFINITY) : least.at(0);
    double high = most == null ? node.real("max", Double.POSITIVE_INFINITY) : most.at(0);
    return in.get(0).map(a -> Math.min(Math.max(a, low), high));
  }

  private static Tensor where(Node node, Inputs in) {
    Tensor condition = in.get(0);
    Tensor yes = in.get(1);
    Tensor no = in.get(2);
    int[] common = Tensor.broadcast(condition.shape(), Tensor.broadcast(yes.shape(), no.shape()));
    double[] chosen = condition.stretched(common).values();
    double[] left = yes.stretched(common).values();
    double[] right = no.stretched(common).values();
    double[] into = Tensor.room(common);
    for (int i = 0; i < into.length; i++) {
      into[i] = chosen[i] != 0 ? left[i] : right[i];
    }
    return new Tensor(yes.type(), common, into);
  }

  private static Tensor constant(Node node, Inputs in) {
    Tensor value = node.tensor("value");
    if (value != null) {
      return value;
    }
    long[] integers = node.integers("value_ints");
    if (integers != null) {
      double[] values = new double[integers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = integers[i];
      }
      return new Tensor(Tensor.Type.INT64, new int[] {values.length}, values);
    }
    float[] reals = node.reals("value_floats");
    if (reals != null) {
      double[] values = new double[reals.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = reals[i];
      }
      return new Tensor(Tensor.Type.FLOAT, new int[] {values.length}, values);
    }
    return switch (node.attributes().get("value_int")) {
      case Long integer -> new Tensor(Tensor.Type.INT64, new int[0], new double[] {integer});
      case null, default ->
          new Tensor(
              Tensor.Type.FLOAT, new int[0], new double[] {node.real("value_float", Double.NaN)});
    };
  }
}
