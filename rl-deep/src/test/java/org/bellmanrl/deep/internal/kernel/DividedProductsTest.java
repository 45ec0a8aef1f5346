package org.bellmanrl.deep.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products in parts have the bits of products in one. */
class DividedProductsTest {
  /** As many as are divided at first, to find out whether that is faster, and some more. */
  private static final int TIMES = 50;

  private final Products alone = new VectorProducts();
  private final Products divided = new DividedProducts(alone);

  @ParameterizedTest
  @CsvSource({
    "128,256,256",
    "259,256,130",
    "17,1024,500",
    "33,528,260",
    "16,64,8000",
    "15,1024,600",
    "64,64,64"
  })
  void multiply_hasTheBitsOfOneThread(int rows, int columns, int inner) {
    for (boolean transposed : new boolean[] {false, true}) {
      for (boolean accumulate : new boolean[] {false, true}) {
        for (B b : B.values()) {
          Product product = new Product(rows, columns, inner, transposed, accumulate, b);
          float[] expected = product.by(alone);
          for (int i = 0; i < TIMES; i++) {
            assertThat(product.by(divided)).isEqualTo(expected);
          }
        }
      }
    }
  }

  /** How the second operand lies. */
  private enum B {
    BY_ROW,
    BY_COLUMN,
    PACKED
  }

  @Test
  void severalThreads_haveTheBitsOfOne() throws Exception {
    List<Future<Boolean>> equal = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        Product product = new Product(128 + 8 * i, 256, 256, false, false, B.BY_ROW);
        float[] expected = product.by(alone);
        equal.add(
            threads.submit(() -> {
              boolean same = true;
              for (int k = 0; k < TIMES; k++) {
                same &= Arrays.equals(product.by(divided), expected);
              }
              return same;
            }));
      }
      for (Future<Boolean> same : equal) {
        assertThat(same.get()).isTrue();
      }
    }
  }

  /** A product and its operands. */
  private record Product(
      int rows,
      int columns,
      int inner,
      boolean transposed,
      boolean accumulate,
      B form,
      List<float[]> operands) {
    Product(int rows, int columns, int inner, boolean transposed, boolean accumulate, B form) {
      this(
          rows,
          columns,
          inner,
          transposed,
          accumulate,
          form,
          List.of(
              numbers(5 + rows * inner), numbers(3 + inner * columns), numbers(rows * columns)));
    }

    private static float[] numbers(int count) {
      float[] numbers = new float[count];
      RandomStream.ofSeed(count).fillRandom(numbers, 0, count);
      return numbers;
    }

    float[] by(Products products) {
      float[] c = new float[1 + rows * columns];
      float[] b = operands.get(1);
      if (form == B.PACKED) {
        b = new float[3 + inner * columns];
        float[] packed = new float[inner * columns];
        products.pack(inner, columns, operands.get(1), 3, columns, packed);
        System.arraycopy(packed, 0, b, 3, packed.length);
      }
      products.multiply(
          rows,
          columns,
          inner,
          operands.get(0),
          5,
          transposed ? 1 : inner,
          transposed ? rows : 1,
          b,
          3,
          form == B.BY_COLUMN ? 1 : columns,
          form == B.BY_ROW ? 1 : form == B.BY_COLUMN ? inner : 0,
          operands.get(2),
          0,
          accumulate ? columns : 0,
          c,
          1,
          columns,
          !accumulate);
      return c;
    }
  }
}
