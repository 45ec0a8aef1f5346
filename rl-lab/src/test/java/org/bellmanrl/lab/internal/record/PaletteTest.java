package org.bellmanrl.lab.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaletteTest {

  private static int found(Palette palette, int colour) {
    return palette.model().getRGB(palette.index(colour) & 0xFF);
  }

  private static int shade(int red, int green) {
    return 0xFF000000 | (red << 16) | (green << 8) | 40;
  }

  @Test
  void fewColours_areKeptExactly() {
    int[] argb = new int[256];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xFF000000 | ((i * 65_793) ^ 0x5A);
    }
    Palette palette = new Palette(argb, 16, 0, 0, 16, 16);
    for (int colour : argb) {
      assertThat(found(palette, colour)).isEqualTo(colour);
    }
  }

  @Test
  void manyColours_keepTheCommonOnesAndStayNearTheOthers() {
    int[] argb = new int[100 * 100];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = i < 5000 ? 0xFF123456 : shade(i % 100 * 2, i / 100);
    }
    Palette palette = new Palette(argb, 100, 0, 0, 100, 100);
    assertThat(palette.model().getMapSize()).isEqualTo(256);
    assertThat(found(palette, 0xFF123456)).isEqualTo(0xFF123456);
    for (int colour : argb) {
      int found = found(palette, colour);
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(Math.abs((found >> shift & 0xFF) - (colour >> shift & 0xFF))).isLessThan(16);
      }
    }
  }

  @Test
  void rectangle_leavesOutWhatIsBesideIt() {
    int[] argb = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Palette palette = new Palette(argb, 3, 1, 1, 2, 2);
    assertThat(palette.model().getMapSize()).isEqualTo(4);
    assertThat(found(palette, 5)).isEqualTo(0xFF000005);
    assertThatThrownBy(() -> palette.index(1)).hasMessageContaining("0x000001");
  }
}
