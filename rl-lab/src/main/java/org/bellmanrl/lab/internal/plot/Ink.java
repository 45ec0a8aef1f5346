package org.bellmanrl.lab.internal.plot;

import java.util.Locale;

/**
 * A colour. An SVG shows the dark one where the reader's page is dark; a PNG has the light one.
 *
 * @param light as {@code 0xRRGGBB} on white
 * @param dark as {@code 0xRRGGBB} on near black
 */
public record Ink(int light, int dark) {
  /** The ground. */
  public static final Ink GROUND = new Ink(0xffffff, 0x0d1117);

  /** Text, axes. */
  public static final Ink TEXT = new Ink(0x24292f, 0xe6edf3);

  /** The lines of a grid behind what is shown. */
  public static final Ink FAINT = new Ink(0xdfe3e8, 0x2b323b);

  /** Colours to be told apart, by those with colour-blindness too (after Okabe and Ito, 2008). */
  private static final Ink[] SERIES = {
    new Ink(0x0072b2, 0x58a6ff),
    new Ink(0xd55e00, 0xff8c42),
    new Ink(0x009e73, 0x2fd3a3),
    new Ink(0xb0578d, 0xe39ac7),
    new Ink(0xb98400, 0xf2bd42),
    new Ink(0x3a9bd0, 0x9bdcff),
    new Ink(0x666666, 0xaaaaaa),
    new Ink(0x8c4a32, 0xcf9a86),
  };

  /** The colour of a series, by number from 0; they repeat after eight. */
  public static Ink series(int number) {
    return SERIES[number % SERIES.length];
  }

  /** The same on both grounds. */
  public static Ink same(int rgb) {
    return new Ink(rgb, rgb);
  }

  String lightHex() {
    return hex(light);
  }

  String darkHex() {
    return hex(dark);
  }

  private static String hex(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
