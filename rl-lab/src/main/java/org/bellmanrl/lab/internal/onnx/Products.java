package org.bellmanrl.lab.internal.onnx;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that multiply and add: layers and what normalises between them. */
final class Products {
  /** More multiplications than that are not begun. */
  private static final long MOST_WORK = 1L << 32;

  private Products() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Gemm", Products::gemm,
        "MatMul", Products::matMul,
        "Conv", Products::convolve,
        "LayerNormalization", Products::normalize);
  }

  private static void check(long... factors) {
    long work = 1;
    for (long factor : factors) {
      work = Math.multiplyExact(work, factor);
    }
    if (work > MOST_WORK) {
      throw new IllegalArgumentException(
          "it takes %d multiplications, at most %d are made".formatted(work, MOST_WORK));
    }
  }

  /** α A B + β C, where A and B may be turned. */
  private static Tensor gemm(Node node, Inputs in) {
    Tensor a = node.integer("transA", 0) == 0 ? matrix(in.get(0)) : turned(in.get(0));
    Tensor b = node.integer("transB", 0) == 0 ? matrix(in.get(1)) : turned(in.get(1));
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    Tensor product = product(a, b);
    if (alpha != 1) {
      product = product.map(x -> alpha * x);
    }
    Tensor c = in.optional(2);
    return c == null ? product : product.with(c, product.type(), (x, y) -> x + beta * y);
  }

  private static Tensor matrix(Tensor tensor) {
    if (tensor.rank() != 2) {
      throw new IllegalArgumentException("expected a matrix, was " + tensor);
    }
    return tensor;
  }

  private static Tensor turned(Tensor tensor) {
    int rows = matrix(tensor).extent(0);
    int columns = tensor.extent(1);
    double[] into = Tensor.room(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        into[j * rows + i] = tensor.at(i * columns + j);
      }
    }
    return new Tensor(tensor.type(), new int[] {columns, rows}, into);
  }

  private static Tensor product(Tensor a, Tensor b) {
    int rows = a.extent(0);
    int inner = a.extent(1);
    int columns = b.extent(1);
    if (inner != b.extent(0)) {
      throw new IllegalArgumentException("the inner extents differ");
    }
    check(rows, inner, columns);
    double[] into = Tensor.room(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a.at(i * inner + k);
        for (int j = 0; j < columns; j++) {
          into[i * columns + j] += factor * b.at(k * columns + j);
        }
      }
    }
    return new Tensor(a.type(), new int[] {rows, columns}, into);
  }

  /** Of vectors and matrices, and of stacks of rows by one matrix. */
  private static Tensor matMul(Node node, Inputs in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    if (a.rank() < 1 || b.rank() < 1 || b.rank() > 2) {
      throw new IllegalArgumentException("the right one must be a vector or a matrix");
    }
    int inner = a.extent(-1);
    int columns = b.rank() == 1 ? 1 : b.extent(1);
    Tensor left = a.reshaped(inner == 0 ? 0 : a.size() / inner, inner);
    Tensor product = product(left, b.reshaped(b.extent(0), columns));
    int[] shape = a.shape();
    shape[shape.length - 1] = columns;
    return product.reshaped(b.rank() == 1 ? Arrays.copyOf(shape, shape.length - 1) : shape);
  }

  /** Of pictures: batch, channels, rows, columns. */
  private static Tensor convolve(Node node, Inputs in) {
    Tensor x = in.get(0);
    Tensor filters = in.get(1);
    if (x.rank() != 4 || filters.rank() != 4 || node.integer("group", 1) != 1) {
      throw new IllegalArgumentException("only pictures can be convolved, in one group");
    }
    long[] strides = pair(node.integers("strides"), 1, 1);
    long[] dilations = pair(node.integers("dilations"), 1, 1);
    long[] pads = pair(node.integers("pads"), 0, 0, 0, 0);
    int channels = x.extent(1);
    int height = x.extent(2);
    int width = x.extent(3);
    int count = filters.extent(0);
    int rows = filters.extent(2);
    int columns = filters.extent(3);
    if (filters.extent(1) != channels) {
      throw new IllegalArgumentException("the channels differ");
    }
    int top = (int) pads[0];
    int left = (int) pads[1];
    int down = (int) strides[0];
    int across = (int) strides[1];
    int tall = (int) dilations[0];
    int wide = (int) dilations[1];
    int outHeight = (height + top + (int) pads[2] - tall * (rows - 1) - 1) / down + 1;
    int outWidth = (width + left + (int) pads[3] - wide * (columns - 1) - 1) / across + 1;
    int[] shape = {x.extent(0), count, outHeight, outWidth};
    double[] into = Tensor.room(shape);
    check(into.length, channels, rows, columns);
    Tensor bias = in.optional(2);
    int at = 0;
    for (int n = 0; n < shape[0]; n++) {
      for (int f = 0; f < count; f++) {
        for (int oy = 0; oy < outHeight; oy++) {
          for (int ox = 0; ox < outWidth; ox++) {
            double sum = bias == null ? 0 : bias.at(f);
            for (int c = 0; c < channels; c++) {
              for (int ky = 0; ky < rows; ky++) {
                int y = oy * down - top + ky * tall;
                for (int kx = 0; kx < columns; kx++) {
                  int column = ox * across - left + kx * wide;
                  if (y >= 0 && y < height && column >= 0 && column < width) {
                    sum +=
                        x.at(((n * channels + c) * height + y) * width + column)
                            * filters.at(((f * channels + c) * rows + ky) * columns + kx);
                  }
                }
              }
            }
            into[at++] = sum;
          }
        }
      }
    }
    return new Tensor(x.type(), shape, into);
  }

  private static long[] pair(long @Nullable [] given, long... otherwise) {
    long[] values = given == null ? otherwise : given;
    if (values.length != otherwise.length) {
      throw new IllegalArgumentException("expected numbers for rows and for columns");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] < otherwise[i] || values[i] > Tensor.MOST_NUMBERS) {
        throw new IllegalArgumentException("stride, dilation or padding out of range");
      }
    }
    return values;
  }

  private static Tensor normalize(Node node, Inputs in) {
    Tensor x = in.get(0);
    if (x.axis(node.integer("axis", -1)) != x.rank() - 1) {
      throw new IllegalArgumentException("only the last axis can be normalised");
    }
    double epsilon = node.real("epsilon", 1e-5);
    int size = x.extent(-1);
    double[] into = Tensor.room(x.shape());
    for (int from = 0; from < into.length; from += size) {
      double mean = 0;
      for (int i = 0; i < size; i++) {
        mean += x.at(from + i) / size;
      }
      double variance = 0;
      for (int i = 0; i < size; i++) {
        double distance = x.at(from + i) - mean;
        variance += distance * distance / size;
      }
      for (int i = 0; i < size; i++) {
        into[from + i] = (x.at(from + i) - mean) / Math.sqrt(variance + epsilon);
      }
    }
    Tensor normal = new Tensor(x.type(), x.shape(), into);
    Tensor scaled = normal.with(in.get(1), x.type(), (a, b) -> a * b);
    Tensor bias = in.optional(2);
    return bias == null ? scaled : scaled.with(bias, x.type(), Double::sum);
  }
}
