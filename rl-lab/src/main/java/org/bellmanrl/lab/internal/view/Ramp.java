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

  /**
   * Of a relative luminance beyond that, black letters differ more from a colour than white ones;
   * the better of the two always by a contrast of 4.5, as WCAG 2.1 asks for.
   */
  private static final double BRIGHT = 0.179;

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
    int rgb = at(part);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb) > BRIGHT;
  }

  private static double linear(int component) {
    double value = (component & 255) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
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
