package org.bellmanrl.deep.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.bellmanrl.api.random.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel against the definition, and against each other to the last bit. */
class KernelsTest {
  private static final RandomStream RANDOM = RandomStream.ofSeed(7);

  static Stream<Kernel> kernels() {
    return Kernels.available().stream();
  }

  @Test
  void available_holdsBothKernelsInTests() {
    assertThat(Kernels.available()).hasSize(2);
    assertThat(Kernels.available().get(0).id()).isEqualTo("plain");
    assertThat(Kernels.available().get(1).id()).startsWith("vector-");
  }

  private final List<String> logged = new ArrayList<>();

  private Kernel choose(@Nullable String forced, boolean readable) {
    System.Logger logger =
        new System.Logger() {
          @Override
          public String getName() {
            return "test";
          }

          @Override
          public boolean isLoggable(Level level) {
            return true;
          }

          @Override
          public void log(
              Level level,
              @Nullable ResourceBundle bundle,
              @Nullable String message,
              @Nullable Throwable thrown) {
            logged.add(level + ": " + message);
          }

          @Override
          public void log(
              Level level, @Nullable ResourceBundle bundle, String format, Object... values) {
            logged.add(level + ": " + MessageFormat.format(format, values));
          }
        };
    return Kernels.choose(forced, readable, logger);
  }

  @Test
  void choose_takesTheVectorKernelUnlessTold() {
    assertThat(choose(null, true).products()).isInstanceOf(VectorProducts.class);
    assertThat(choose("plain", true).products()).isInstanceOf(PlainProducts.class);
    assertThat(choose("vector", true).products()).isInstanceOf(VectorProducts.class);
    assertThat(choose("plain", false).products()).isInstanceOf(PlainProducts.class);
    assertThat(logged).isEmpty();
  }

  @Test
  void choose_withoutTheVectorApi_saysOnceWhatToAdd() {
    assertThat(choose(null, false).products()).isInstanceOf(PlainProducts.class);
    assertThat(logged)
        .singleElement(STRING)
        .startsWith("INFO: networks are computed without the Vector API")
        .contains("--add-modules jdk.incubator.vector", "-Dbellman.kernel=plain");
  }

  @Test
  void choose_refusesAnUnknownName() {
    assertThatThrownBy(() -> choose("gpu", true))
        .hasMessage("bellman.kernel must be 'plain' or 'vector', was 'gpu'");
    assertThatThrownBy(() -> choose("vector", false))
        .hasMessageContaining("start Java with --add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @CsvSource({"1,4", "2,4", "5,8", "8,8", "9,16", "16,16", "17,32", "33,48", "100,112"})
  void stride_isAMultipleOfFourOrSixteen(int columns, int stride) {
    assertThat(Kernel.stride(columns)).isEqualTo(stride);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,64,4",
    "1,2,64",
    "3,5,7",
    "4,16,1",
    "5,17,3",
    "8,32,9",
    "7,33,64",
    "64,64,64",
    "9,65,10",
    "13,80,31",
    "66,130,5",
    "2,300,40",
    "31,8,12",
    "5,20,1100",
    "11,64,515",
    "700,16,64",
    "4,96,16",
    "6,16,16",
    "10,48,20",
    "15,96,33"
  })
  void multiply_isTheDefinitionToTheLastBit(int rows, int columns, int inner) {
    int n = Kernel.stride(columns);
    float[] a = numbers(rows * inner + 5);
    float[] b = numbers(inner * n + 3);
    float[] bias = numbers(n);
    float[] start = numbers(rows * n);
    for (int form = 0; form < 8; form++) {
      boolean accumulate = (form & 1) != 0;
      int aRow = (form & 2) != 0 ? 1 : inner;
      int aInner = (form & 2) != 0 ? rows : 1;
      int bRow = (form & 4) != 0 ? 1 : n;
      int bColumn = (form & 4) != 0 ? inner : 1;
      float[] s = accumulate ? start : bias;
      int sRow = accumulate ? n : 0;
      float[] expected = new float[rows * n + 1];
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < n; j++) {
          float sum = s[r * sRow + j];
          for (int k = 0; k < inner; k++) {
            sum = Math.fma(a[5 + r * aRow + k * aInner], b[3 + k * bRow + j * bColumn], sum);
          }
          expected[1 + r * n + j] = accumulate ? sum : Math.max(sum, 0f);
        }
      }
      for (Kernel kernel : Kernels.available()) {
        float[] c = new float[rows * n + 1];
        if (accumulate) {
          // In place, as gradients are.
          System.arraycopy(start, 0, c, 1, start.length);
          kernel
              .products()
              .multiply(
                  rows, n, inner, a, 5, aRow, aInner, b, 3, bRow, bColumn, c, 1, n, c, 1, n, false);
        } else {
          kernel
              .products()
              .multiply(
                  rows, n, inner, a, 5, aRow, aInner, b, 3, bRow, bColumn, s, 0, 0, c, 1, n, true);
        }
        assertThat(bits(c)).as("%s, form %d", kernel.id(), form).isEqualTo(bits(expected));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"12,16,5", "13,48,31", "20,112,600", "30,256,1100"})
  void multiply_ofPackedColumns_equalsThatOfColumnsAsTheyLie(int rows, int columns, int inner) {
    float[] a = numbers(rows * inner);
    float[] b = numbers(inner * columns + 3);
    float[] s = numbers(columns);
    float[] expected = new float[rows * columns];
    new PlainProducts()
        .multiply(
            rows, columns, inner, a, 0, inner, 1, b, 3, columns, 1, s, 0, 0, expected, 0, columns,
            false);
    for (Kernel kernel : Kernels.available()) {
      float[] packed = new float[inner * columns];
      float[] c = new float[rows * columns];
      kernel.products().pack(inner, columns, b, 3, columns, packed);
      kernel
          .products()
          .multiply(
              rows, columns, inner, a, 0, inner, 1, packed, 0, columns, 0, s, 0, 0, c, 0, columns,
              false);
      assertThat(bits(c)).as(kernel.id()).isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,16", "3,2,64", "4,4,16", "7,3,48", "64,2,256"})
  void multiplyNarrow_isTheDefinitionToTheLastBit(int rows, int columns, int inner) {
    float[] a = numbers(rows * inner);
    float[] b = numbers(3 + columns * inner);
    float[] bias = numbers(columns + 2);
    for (boolean rectify : new boolean[] {false, true}) {
      float[] expected = new float[rows * 4];
      for (int r = 0; r < rows; r++) {
        for (int n = 0; n < columns; n++) {
          float[] partial = new float[16];
          for (int k = 0; k < inner; k++) {
            partial[k % 16] = Math.fma(a[r * inner + k], b[3 + n * inner + k], partial[k % 16]);
          }
          for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
              partial[i] += partial[i + half];
            }
          }
          float sum = bias[2 + n] + partial[0];
          expected[r * 4 + n] = rectify ? Math.max(sum, 0f) : sum;
        }
      }
      for (Kernel kernel : Kernels.available()) {
        float[] c = new float[rows * 4];
        kernel
            .products()
            .multiplyNarrow(rows, columns, inner, a, inner, b, 3, bias, 2, c, 4, rectify);
        assertThat(bits(c)).as(kernel.id()).isEqualTo(bits(expected));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void transpose_swapsRowsAndColumnsWithinPadding(Kernel kernel) {
    int rows = 35;
    int columns = 18;
    float[] w = numbers(2 + rows * 32);
    float[] t = new float[columns * 48];

    kernel.rows().transpose(rows, columns, w, 2, 32, t, 0, 48);

    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < 48; r++) {
        assertThat(t[c * 48 + r]).isEqualTo(r < rows ? w[2 + r * 32 + c] : 0f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "2,39", "5,64"})
  void rows_areCopiedAndAdded(int rows, int length) {
    float[] x = numbers(2 + rows * (length + 3));
    float[] y = numbers(1 + rows * (length + 5));
    for (Kernel kernel : Kernels.available()) {
      float[] copied = y.clone();
      float[] added = y.clone();
      kernel.rows().copyRows(rows, length, x, 2, length + 3, copied, 1, length + 5);
      kernel.rows().addRows(rows, length, x, 2, length + 3, added, 1, length + 5);

      float[] expectedCopy = y.clone();
      float[] expectedSum = y.clone();
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < length; i++) {
          expectedCopy[1 + r * (length + 5) + i] = x[2 + r * (length + 3) + i];
          expectedSum[1 + r * (length + 5) + i] += x[2 + r * (length + 3) + i];
        }
      }
      assertThat(bits(copied)).as(kernel.id()).isEqualTo(bits(expectedCopy));
      assertThat(bits(added)).as(kernel.id()).isEqualTo(bits(expectedSum));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void listNonZero_listsPlacesAndNumbersInOrder(Kernel kernel) {
    float[] x = new float[2 + 53];
    x[1] = 1f; // before the first
    x[2 + 20] = -0f;
    int[] at = {0, 15, 16, 17, 31, 47, 48, 52};
    float[] found = {1, -2, Float.NaN, Float.MIN_VALUE, 5, Float.NEGATIVE_INFINITY, 7, 8};
    for (int i = 0; i < at.length; i++) {
      x[2 + at[i]] = found[i];
    }
    int[] places = new int[12];
    float[] numbers = new float[12];

    assertThat(kernel.rows().listNonZero(53, x, 2, places, numbers, 3, 9)).isEqualTo(8);
    assertThat(Arrays.copyOfRange(places, 3, 11)).isEqualTo(at);
    assertThat(Arrays.copyOfRange(numbers, 3, 11)).isEqualTo(found);
    assertThat(kernel.rows().listNonZero(53, x, 2, places, numbers, 0, 8)).isEqualTo(8);
    assertThat(kernel.rows().listNonZero(52, x, 2, places, numbers, 0, 7)).isEqualTo(7);
    for (int room = 0; room < 8; room++) {
      assertThat(kernel.rows().listNonZero(53, x, 2, places, numbers, 0, room)).isEqualTo(-1);
    }
    assertThat(places[8]).as("beyond the room").isEqualTo(47);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 48, 64, 272})
  void multiplyListed_addsListedRows(int columns) {
    int[] ends = {2, 2, 5};
    int[] listed = {1, 3, 0, 2, 3};
    float[] factors = {0.5f, -2, 1, 3, 0.1f};
    float[] b = numbers(2 + 4 * columns);
    float[] s = numbers(3 + 3 * columns);
    float[] expected = numbers(1 + 3 * (columns + 4));
    float[] before = expected.clone();
    for (int r = 0; r < 3; r++) {
      for (int n = 0; n < columns; n++) {
        float sum = s[3 + r * columns + n];
        for (int i = r == 0 ? 0 : ends[r - 1]; i < ends[r]; i++) {
          sum = Math.fma(factors[i], b[2 + listed[i] * columns + n], sum);
        }
        expected[1 + r * (columns + 4) + n] = sum;
      }
    }
    for (Kernel kernel : Kernels.available()) {
      float[] c = before.clone();
      kernel
          .products()
          .multiplyListed(
              3, columns, ends, listed, factors, b, 2, columns, s, 3, columns, c, 1, columns + 4);
      assertThat(bits(c)).as(kernel.id()).isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tanh_isWithinThreeUnitsInTheLastPlace(Kernel kernel) {
    float[] x = sweep();
    float[] y = x.clone();

    kernel.activations().tanh(y.length, y);

    for (int i = 0; i < x.length; i++) {
      double exact = Math.tanh(x[i]);
      assertThat((double) y[i])
          .as("tanh(%s)", x[i])
          .isCloseTo(exact, within(3.0 * Math.ulp((float) exact)));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tanh_keepsNotANumberAndSaturates(Kernel kernel) {
    float[] x = new float[20];
    Arrays.fill(x, Float.NaN);
    x[1] = Float.POSITIVE_INFINITY;
    x[2] = Float.NEGATIVE_INFINITY;
    x[3] = 0f;
    x[17] = 1e30f;
    x[18] = -20f;

    kernel.activations().tanh(20, x);

    assertThat(x[0]).isNaN();
    assertThat(x[16]).isNaN();
    assertThat(new float[] {x[1], x[2], x[3], x[17], x[18]}).containsExactly(1, -1, 0, 1, -1);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void silu_isWithinFourUnitsInTheLastPlace(Kernel kernel) {
    float[] z = sweep();
    float[] y = new float[z.length];

    kernel.activations().silu(z.length, z, y);

    for (int i = 0; i < z.length; i++) {
      double exact = z[i] / (1 + Math.exp(-z[i]));
      assertThat((double) y[i])
          .as("silu(%s)", z[i])
          .isCloseTo(exact, within(4.0 * Math.ulp((float) exact)));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void leakyRectifier_belowZero_isAHundredth(Kernel kernel) {
    float[] x = new float[20];
    float[] dy = new float[20];
    float[] sums = new float[4];
    for (int i = 0; i < 20; i++) {
      x[i] = i - 10;
      dy[i] = 3;
    }
    x[19] = Float.NaN;

    kernel.activations().leakyRectifier(20, x);
    kernel.activations().leakyRectifierGradient(5, 4, x, dy, sums, 0);

    assertThat(x).startsWith(-10 * 0.01f, -9 * 0.01f).contains(0f, 1f, 8f).endsWith(Float.NaN);
    for (int i = 0; i < 20; i++) {
      assertThat(dy[i]).as("at %d", i).isEqualTo(x[i] > 0 ? 3f : 3 * 0.01f);
    }
    assertThat((double) sums[1]).isCloseTo(2 * 3 + 3 * 0.03, within(1e-6));
  }

  @Test
  void elementwise_agreesToTheLastBit() {
    for (int columns : new int[] {4, 8, 16, 48}) {
      for (int rows : new int[] {1, 3, 8}) {
        int n = rows * columns;
        float[] y = numbers(n);
        float[] d = numbers(n);
        float[][] results = new float[2][];
        for (int k = 0; k < 2; k++) {
          Kernel kernel = Kernels.available().get(k);
          float[] tanh = y.clone();
          float[] silu = new float[n];
          float[] leaky = y.clone();
          float[][] gradients = {d.clone(), d.clone(), d.clone(), d.clone(), d.clone()};
          float[][] sums = new float[5][columns + 1];
          kernel.activations().tanh(n, tanh);
          kernel.activations().silu(n, y, silu);
          kernel.activations().leakyRectifier(n, leaky);
          kernel.activations().sumColumns(rows, columns, gradients[0], sums[0], 1);
          kernel.activations().rectifierGradient(rows, columns, y, gradients[1], sums[1], 1);
          kernel.activations().tanhGradient(rows, columns, y, gradients[2], sums[2], 1);
          kernel.activations().siluGradient(rows, columns, y, gradients[3], sums[3], 1);
          kernel.activations().leakyRectifierGradient(rows, columns, y, gradients[4], sums[4], 1);
          results[k] = joined(tanh, silu, leaky, joined(gradients), joined(sums));
        }
        assertThat(bits(results[1])).isEqualTo(bits(results[0]));
      }
    }
  }

  @Test
  void power_agreesToTheLastBit() {
    for (int length : new int[] {1, 15, 16, 64, 77}) {
      float[] x = new float[length];
      for (int i = 0; i < length; i++) {
        x[i] = (float) Math.pow(2, RANDOM.uniform(-126, 127));
      }
      x[0] = 1f;
      for (float exponent : new float[] {0f, 0.4f, 0.6f, 1f, -1f}) {
        float[] plain = x.clone();
        float[] vector = x.clone();
        Kernels.available().get(0).activations().power(length, plain, exponent);
        Kernels.available().get(1).activations().power(length, vector, exponent);
        assertThat(bits(vector)).isEqualTo(bits(plain));
      }
    }
  }

  @Test
  void cells_agreeToTheLastBitAndAreRight() {
    for (int units : new int[] {4, 8, 16, 48}) {
      int rows = 5;
      int first = 2;
      int width = Kernel.stride(3 * units);
      float[] lstmSums = numbers((first + rows) * 4 * units);
      float[] gruSums = numbers((first + rows) * width);
      float[] fromState = numbers((first + rows) * width);
      float[] before = numbers((first + rows) * units);
      float[] gradients = numbers((first + rows) * units);
      float[][] results = new float[2][];
      for (int k = 0; k < 2; k++) {
        Kernel kernel = Kernels.available().get(k);
        float[] gates = lstmSums.clone();
        float[][] cells = new float[6][(first + rows) * units];
        float[] dGates = new float[gates.length];
        kernel.cells().lstm(first, rows, units, gates, before, cells[0], cells[1], cells[2]);
        cells[3] = before.clone();
        kernel
            .cells()
            .lstmGradient(
                first, rows, units, gates, before, cells[1], gradients, dGates, cells[3], cells[4]);
        float[] updates = gruSums.clone();
        float[] hidden = new float[rows * units];
        float[] dUpdates = new float[updates.length];
        float[] dFromState = new float[updates.length];
        kernel.cells().gru(first, rows, units, updates, fromState, before, cells[5]);
        kernel
            .cells()
            .gruGradient(
                first,
                rows,
                units,
                updates,
                fromState,
                before,
                gradients,
                dUpdates,
                dFromState,
                hidden);
        results[k] = joined(gates, joined(cells), dGates, updates, hidden, dUpdates, dFromState);
        int at = first * units + 1;
        double i = logistic(lstmSums[4 * first * units + 1]);
        double f = logistic(lstmSums[(4 * first + 1) * units + 1]);
        double o = logistic(lstmSums[(4 * first + 2) * units + 1]);
        double g = Math.tanh(lstmSums[(4 * first + 3) * units + 1]);
        double cell = f * before[at] + i * g;
        assertThat((double) cells[0][at]).isCloseTo(cell, within(1e-6));
        assertThat((double) cells[2][at]).isCloseTo(o * Math.tanh(cell), within(1e-6));
        int r = first * width + 1;
        double reset = logistic(gruSums[r] + fromState[r]);
        double update = logistic(gruSums[r + units] + fromState[r + units]);
        double candidate = Math.tanh(gruSums[r + 2 * units] + reset * fromState[r + 2 * units]);
        assertThat((double) cells[5][at])
            .isCloseTo(candidate + update * (before[at] - candidate), within(1e-6));
      }
      assertThat(bits(results[1])).as("%d units", units).isEqualTo(bits(results[0]));
    }
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void sumOfSquares_agreesToTheLastBitAndIsRight() {
    float[] x = numbers(64 * 37);
    double exact = 0;
    for (float v : x) {
      exact += (double) v * v;
    }

    float plain = new PlainUpdates().sumOfSquares(x.length, x, new float[64]);
    float vector = new VectorUpdates().sumOfSquares(x.length, x, new float[64]);

    assertThat(vector).isEqualTo(plain);
    assertThat((double) plain).isCloseTo(exact, within(exact * 1e-6));
  }

  @Test
  void adam_agreesToTheLastBit() {
    float[][] results = new float[2][];
    float[] start = numbers(192);
    float[] gradients = numbers(192);
    for (int k = 0; k < 2; k++) {
      float[] p = start.clone();
      float[] m = new float[192];
      float[] v = new float[192];
      for (int t = 0; t < 20; t++) {
        Kernels.available()
            .get(k)
            .updates()
            .adam(192, p, gradients, m, v, 0.7f, 0.9f, 0.999f, 1e-3f, 1e-8f, 0.99f);
      }
      results[k] = joined(p, m, v);
    }

    assertThat(bits(results[1])).isEqualTo(bits(results[0]));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void adam_leavesNoSubnormalMomentsOfADeadUnit(Kernel kernel) {
    float[] p = new float[64];
    float[] g = new float[64];
    float[] m = new float[64];
    float[] v = new float[64];
    Arrays.fill(m, 1e-3f);
    Arrays.fill(v, 1e-6f);
    for (int t = 0; t < 30_000; t++) {
      kernel.updates().adam(64, p, g, m, v, 1f, 0.9f, 0.99f, 1e-9f, 1e-8f, 1f);
      assertThat(m[t % 64] == 0f || Math.abs(m[t % 64]) >= Float.MIN_NORMAL).isTrue();
      assertThat(v[t % 64] == 0f || v[t % 64] >= Float.MIN_NORMAL).isTrue();
    }

    for (int i = 0; i < 64; i++) {
      assertThat(Math.abs(m[i])).isLessThan(1e-33f);
      assertThat(v[i]).isLessThan(1e-33f);
    }
  }

  private static float[] sweep() {
    float[] x = new float[40_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i < 20_000 ? (i - 10_000) * 2e-3f : (i - 30_000) * 1e-6f;
    }
    return x;
  }

  private static float[] numbers(int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) RANDOM.standardNormal();
    }
    return x;
  }

  private static float[] joined(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToRawIntBits(x[i]);
    }
    return bits;
  }
}
