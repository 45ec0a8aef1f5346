package org.bellmanrl.env.internal.picture;

/** Letters as lines in a cell one high, for pictures that must look alike on every machine. */
final class Glyphs {
  /** From one letter to the next, in heights. */
  static final double ADVANCE = 0.8;

  /** Space between two letters, in heights. */
  static final double GAP = 0.25;

  private static final double[][] NONE = {};

  private Glyphs() {}

  /** Polylines, x and y in turns; none for what has no drawing. */
  static double[][] of(char letter) {
    return switch (letter) {
      case '0' ->
          new double[][] {
            {.1, 0, .45, 0, .55, .12, .55, .88, .45, 1, .1, 1, 0, .88, 0, .12, .1, 0}
          };
      case '1' -> new double[][] {{.08, .2, .32, 0, .32, 1}};
      case '2' -> new double[][] {{0, .15, .12, 0, .43, 0, .55, .13, .55, .36, 0, 1, .55, 1}};
      case '3' ->
          new double[][] {
            {
              0, .1, .12, 0, .43, 0, .54, .12, .54, .36, .42, .47, .25, .47, .42, .47, .55, .6, .55,
              .88, .43, 1, .12, 1, 0, .9
            }
          };
      case '4' -> new double[][] {{.42, 1, .42, 0, 0, .68, .58, .68}};
      case '5' ->
          new double[][] {
            {.5, 0, .06, 0, .03, .44, .4, .4, .55, .54, .55, .86, .42, 1, .12, 1, 0, .9}
          };
      case '6' ->
          new double[][] {
            {
              .5, .06, .42, 0, .12, 0, 0, .14, 0, .86, .12, 1, .43, 1, .55, .86, .55, .58, .43, .44,
              .12, .44, 0, .56
            }
          };
      case '7' -> new double[][] {{0, 0, .55, 0, .2, 1}};
      case '8' ->
          new double[][] {
            {
              .12, .47, .02, .36, .02, .12, .13, 0, .42, 0, .53, .12, .53, .36, .43, .47, .12, .47,
              0, .6, 0, .88, .12, 1, .43, 1, .55, .88, .55, .6, .43, .47
            }
          };
      case '9' ->
          new double[][] {
            {
              .05, .94, .13, 1, .43, 1, .55, .86, .55, .14, .43, 0, .12, 0, 0, .14, 0, .42, .12,
              .56, .43, .56, .55, .44
            }
          };
      case 'A' -> new double[][] {{0, 1, .28, 0, .56, 1}, {.1, .68, .46, .68}};
      case '-' -> new double[][] {{.08, .5, .47, .5}};
      case '.' -> new double[][] {{.27, 1, .27, .99}};
      default -> NONE;
    };
  }
}
