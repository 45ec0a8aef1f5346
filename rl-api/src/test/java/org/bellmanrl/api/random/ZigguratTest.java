package org.bellmanrl.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The stored layers are those of the method: edges under the curve, all layers of one area. A
 * typing error anywhere in the tables would show.
 */
final class ZigguratTest {
  private static final double CLOSE = 1e-12;

  @Test
  void normalLayers_areTheMethods() {
    assertLayers(
        Ziggurat.NORMAL_INSIDE,
        Ziggurat.NORMAL_WIDTH,
        Ziggurat.NORMAL_HEIGHT,
        Ziggurat.NORMAL_TAIL,
        0x1p52,
        x -> Math.exp(-0.5 * x * x));
    assertThat(Ziggurat.NORMAL_TAIL_INVERSE)
        .isCloseTo(1 / Ziggurat.NORMAL_TAIL, within(Math.ulp(Ziggurat.NORMAL_TAIL_INVERSE)));
  }

  @Test
  void exponentialLayers_areTheMethods() {
    assertLayers(
        Ziggurat.EXPONENTIAL_INSIDE,
        Ziggurat.EXPONENTIAL_WIDTH,
        Ziggurat.EXPONENTIAL_HEIGHT,
        Ziggurat.EXPONENTIAL_TAIL,
        0x1p53,
        x -> Math.exp(-x));
  }

  private static void assertLayers(
      long[] inside,
      double[] width,
      double[] height,
      double tail,
      double steps,
      DoubleUnaryOperator density) {
    assertThat(new int[] {inside.length, width.length, height.length})
        .containsExactly(256, 256, 256);
    assertThat(width[255] * steps).isEqualTo(tail);
    assertThat(height[0]).isEqualTo(1);
    // Layer 0 is drawn as a rectangle as high as the tail's beginning.
    double area = width[0] * steps * height[255];
    assertThat(inside[0] / steps).isCloseTo(tail / (width[0] * steps), within(CLOSE));
    assertThat(inside[1]).isZero();
    for (int i = 1; i < 256; i++) {
      double edge = width[i] * steps;
      assertThat(height[i])
          .as("height %d", i)
          .isCloseTo(density.applyAsDouble(edge), within(CLOSE));
      assertThat(edge * (height[i - 1] - height[i]))
          .as("area of layer %d", i)
          .isCloseTo(area, within(CLOSE));
      if (i > 1) {
        assertThat(inside[i] / steps)
            .as("inside %d", i)
            .isCloseTo(width[i - 1] / width[i], within(CLOSE));
      }
    }
  }
}
