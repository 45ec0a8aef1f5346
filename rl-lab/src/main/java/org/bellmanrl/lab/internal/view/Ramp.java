package org.bellmanrl.lab.internal.view;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The colours of values, the same in pictures, on the page and, as near as 256 colours come, in
 * terminals: violet over blue and green to yellow, evenly brighter, so that those with
 * colour-blindness and prints in grey show the same order.
 */
public final class Ramp {
  private static final int[] STOPS = {
    0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d, 0xa0da39, 0xfde725
  };

  /** Below that part, what is written on a colour is white. */
  private static final double BRIGHT = 0.55;

  private Ramp() {}

  /** The stops, evenly spaced, as {@code #rrggbb}. */
  public static List<String> colours() {
    return Arrays.stream(STOPS).mapToObj(rgb -> String.format(Locale.ROOT, "#%06x", rgb)).toList();
  }

  /**
   * A colour as {@code 0xRRGGBB}.
   *
   * @param part from 0, the lowest, to 1, the highest
   */
  static int at(double part) {
    double at = part * (STOPS.length - 1);
    int below = Math.clamp((int) at, 0, STOPS.length - 2);
    return mix(STOPS[below], STOPS[below + 1], at - below);
  }

  /** Whether dark letters show better on a colour than light ones. */
  static boolean isBright(double part) {
    return part >= BRIGHT;
  }

  private static int mix(int a, int b, double part) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = a >> shift & 255;
      int to = b >> shift & 255;
      mixed |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return mixed;
  }
}
