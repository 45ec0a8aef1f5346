package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.transform.ObservationTransform;
import org.junit.jupiter.api.Test;

/** Expected pixels are what Gymnasium 1.3.0 gives, with OpenCV for resizing. */
class PixelWrappersTest {

  /** NumPy's {@code default_rng(5).integers(0, 256, 35, dtype=uint8)}. */
  private static final int[] RANDOM = {
    168, 229, 184, 171, 238, 171, 20, 206, 245, 153, 204, 5, 37, 53, 213, 206, 192, 173, 6, 120, 63,
    96, 236, 131, 118, 4, 87, 161, 124, 71, 42, 73, 237, 16, 194, 250
  };

  @Test
  void grayscale_colours_haveGymnasiumsWeights() {
    int[] picture = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 12, 200, 99, 7, 130, 251};
    ObservationTransform transform = new Grayscale().transform(Box.pixels(2, 3, 3));
    assertThat(transform.space()).isEqualTo(Box.pixels(2, 3));
    assertThat(apply(transform, Box.pixels(2, 3, 3), picture))
        .containsExactly(54, 182, 18, 255, 152, 112);
    assertThat(new Grayscale(true, Grayscale.Weights.BT709).transform(Box.pixels(2, 3, 3)).space())
        .isEqualTo(Box.pixels(2, 3, 1));
  }

  @Test
  void grayscale_bt601_isRounded() {
    int[] picture = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 12, 200, 99, 7, 130, 251};
    ObservationTransform transform =
        new Grayscale(false, Grayscale.Weights.BT601).transform(Box.pixels(2, 3, 3));
    // 76.245, 149.685, 29.07, 255, 132.274 and 107.017 before they are rounded.
    assertThat(apply(transform, Box.pixels(2, 3, 3), picture))
        .containsExactly(76, 150, 29, 255, 132, 107);
  }

  @Test
  void grayscale_notColours_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grayscale().transform(Box.pixels(2, 3)))
        .withMessage(
            "grayscale takes observations in a uint8 Box of height × width × 3, but they are in "
                + Box.pixels(2, 3));
  }

  @Test
  void resize_uneven_weighsByArea() {
    assertThat(resize(5, 7, 3, 4))
        .containsExactly(206, 184, 152, 69, 202, 178, 65, 88, 123, 90, 115, 122);
  }

  @Test
  void resize_bySmallWholeFactors_equalsOpenCv() {
    assertThat(resize(6, 6, 2, 2)).containsExactly(151, 168, 83, 142);
    assertThat(resize(6, 4, 3, 2)).as("halved").containsExactly(202, 145, 122, 157, 131, 123);
  }

  /**
   * Of ten lines each third has three and a third: of 100 parts an inner pixel has 9, an edge 3.
   */
  @Test
  void resize_exactHalves_goToTheEvenNumber() {
    int[] picture = new int[10 * 10];
    Box box = Box.pixels(10, 10);
    ObservationTransform transform = new Resize(3, 3).transform(box);
    for (int value = 1; value <= 255; value++) {
      Arrays.fill(picture, 0);
      picture[0] = value;
      int[] corner = apply(transform, box, picture);
      assertThat(corner[0]).isEqualTo(roundedHalfEven(9L * value, 100));
      Arrays.fill(picture, 0);
      picture[3] = value;
      picture[30] = value;
      int[] edges = apply(transform, box, picture);
      assertThat(edges[0]).isEqualTo(roundedHalfEven(6L * value, 100));
    }
  }

  private static int roundedHalfEven(long numerator, long denominator) {
    long whole = numerator / denominator;
    long twice = 2 * (numerator % denominator);
    return (int)
        (twice > denominator || (twice == denominator && whole % 2 == 1) ? whole + 1 : whole);
  }

  @Test
  void resize_channels_stayApart() {
    int[] colours = new int[5 * 7 * 2];
    for (int i = 0; i < 35; i++) {
      colours[2 * i] = RANDOM[i];
      colours[2 * i + 1] = 255 - RANDOM[i];
    }
    int[] resized =
        apply(new Resize(3, 4).transform(Box.pixels(5, 7, 2)), Box.pixels(5, 7, 2), colours);
    int[] alone = resize(5, 7, 3, 4);
    for (int i = 0; i < alone.length; i++) {
      assertThat(resized[2 * i]).isEqualTo(alone[i]);
      assertThat(resized[2 * i + 1]).isEqualTo(255 - alone[i]);
    }
  }

  @Test
  void resize_larger_keepsTheMean() {
    int[] larger = resize(3, 3, 6, 9);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 9; x++) {
        assertThat(larger[y * 9 + x]).isEqualTo(RANDOM[y / 2 * 3 + x / 3]);
      }
    }
  }

  @Test
  void resize_secondRow_looksAtItsOwn() {
    Box box = Box.pixels(4, 4);
    ObservationTransform transform = new Resize(2, 2).transform(box);
    Columns in = new Columns(box, 2);
    Columns out = new Columns(transform.space(), 2);
    RandomStream random = RandomStream.ofSeed(1);
    box.sample(random, in, 0);
    Arrays.fill(in.bytes(), 16, 32, (byte) 200);
    transform.next(new Rows(2).add(1), in, out);
    assertThat(out.bytes())
        .containsExactly(0, 0, 0, 0, (byte) 200, (byte) 200, (byte) 200, (byte) 200);
  }

  @Test
  void resize_badOptions_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resize(0, 5))
        .withMessage("height must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resize().transform(Box.of(0, 1, 4, 4)))
        .withMessageContaining(Box.of(0, 1, 4, 4).toString());
  }

  private static int[] resize(int height, int width, int toHeight, int toWidth) {
    Box box = Box.pixels(height, width);
    return apply(new Resize(toHeight, toWidth).transform(box), box, RANDOM);
  }

  private static int[] apply(ObservationTransform transform, Box box, int[] picture) {
    Columns in = new Columns(box, 1);
    for (int i = 0; i < box.size(); i++) {
      in.bytes()[i] = (byte) picture[i];
    }
    Columns out = new Columns(transform.space(), 1);
    transform.begin(Rows.all(1), in, out);
    int[] result = new int[out.bytes().length];
    for (int i = 0; i < result.length; i++) {
      result[i] = out.bytes()[i] & 0xFF;
    }
    return result;
  }
}
