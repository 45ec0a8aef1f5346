package org.bellmanrl.deep.network;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparseRowsTest {
  private static final int ROWS = 13;
  private static final int INPUTS = 100;

  private final RandomStream random = RandomStream.ofSeed(3);

  static List<Arguments> layers() {
    List<Arguments> layers = new ArrayList<>();
    for (Kernel kernel : Kernels.available()) {
      for (Activation activation : Activation.values()) {
        layers.add(Arguments.of(kernel, activation, 33));
        layers.add(Arguments.of(kernel, activation, 128));
      }
    }
    return layers;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void products_equalThoseOverAllInputs(Kernel kernel, Activation activation, int units) {
    Signal in = sparseInputs();
    Signal all = Signal.padded(Extent.vector(units), ROWS, true);
    Signal listed = Signal.padded(Extent.vector(units), ROWS, true);
    float[] parameters = numbers(INPUTS * all.stride + all.stride);
    int biasAt = INPUTS * all.stride;
    DenseProduct product = new DenseProduct(kernel, in, all);
    SparseRows sparse = requireNonNull(SparseRows.of(kernel, in, listed));

    product.forward(
        parameters, 0, parameters, biasAt, new Activator(kernel, activation, all), ROWS);
    assertThat(sparse.list(ROWS)).isTrue();
    sparse.forward(parameters, 0, biasAt, new Activator(kernel, activation, listed), ROWS);

    assertThat(listed.values).isEqualTo(all.values);

    float[] gradients = numbers(ROWS * all.stride);
    System.arraycopy(gradients, 0, all.gradients(), 0, gradients.length);
    System.arraycopy(gradients, 0, listed.gradients(), 0, gradients.length);
    float[] ofAll = numbers(INPUTS * all.stride);
    float[] ofListed = ofAll.clone();
    product.weightGradients(ofAll, 0, ROWS);
    sparse.weightGradients(ofListed, 0, ROWS);

    assertThat(ofListed).isEqualTo(ofAll);
  }

  @Test
  void list_isRefusedForOneInputTooMany() {
    Signal in = sparseInputs();
    Signal out = Signal.padded(Extent.vector(16), ROWS, false);
    Kernel kernel = Kernels.available().getFirst();
    for (int row = 0; row < ROWS; row++) {
      Arrays.fill(in.values, row * INPUTS, row * INPUTS + INPUTS / 8, 1f);
      Arrays.fill(in.values, row * INPUTS + INPUTS / 8, (row + 1) * INPUTS, 0f);
    }
    assertThat(requireNonNull(SparseRows.of(kernel, in, out)).list(ROWS)).isTrue();

    in.values[(ROWS - 1) * INPUTS + INPUTS / 8] = 1f;
    SparseRows sparse = requireNonNull(SparseRows.of(kernel, in, out));
    assertThat(sparse.list(ROWS)).isFalse();
    for (int i = 0; i < 100; i++) {
      assertThat(sparse.list(1)).as("a pause before it looks again").isFalse();
    }
    assertThat(sparse.list(1)).isTrue();
  }

  @Test
  void of_fewInputsOrFewOutputs_isNotWorthIt() {
    Kernel kernel = Kernels.available().getFirst();
    Signal few = Signal.input(Extent.vector(63), ROWS, false);
    Signal wide = Signal.padded(Extent.vector(128), ROWS, false);
    Signal narrow = Signal.padded(Extent.vector(4), ROWS, false);

    assertThat(SparseRows.of(kernel, few, wide)).isNull();
    assertThat(SparseRows.of(kernel, wide, narrow)).isNull();
  }

  /** Rows with none to eight numbers that are not zero, and with both zeros. */
  private Signal sparseInputs() {
    Signal in = Signal.input(Extent.vector(INPUTS), ROWS, false);
    for (int row = 0; row < ROWS; row++) {
      in.values[row * INPUTS + 7] = -0f;
      for (int i = 0; i < row % 9; i++) {
        in.values[row * INPUTS + random.integers(INPUTS)] = i % 2 == 0 ? 1f : -0.3f * i;
      }
    }
    return in;
  }

  private float[] numbers(int length) {
    float[] numbers = new float[length];
    random.fillRandom(numbers, 0, length);
    for (int i = 0; i < length; i++) {
      numbers[i] = 2 * numbers[i] - 1;
    }
    return numbers;
  }
}
