package org.bellmanrl.env.raycast;

/** What the renderer needs to know of a size of picture, computed once; immutable. */
final class Lens {
  /** Height of a wall one cell away, as a part of the picture's height. */
  private static final double FOCUS = 2.0 / 3;

  final int width;
  final int height;
  final double focus;

  /** Per column, how far to the right its ray goes for each cell ahead; 90° are seen. */
  final double[] aside;

  /** Per column, its column of the sky's texture when one looks along angle 0. */
  final int[] sky;

  Lens(int width, int height) {
    this.width = width;
    this.height = height;
    this.focus = FOCUS * height;
    this.aside = new double[width];
    this.sky = new int[width];
    for (int i = 0; i < width; i++) {
      aside[i] = (2 * i + 1.0) / width - 1;
      sky[i] = (int) StrictMath.floor(StrictMath.atan(aside[i]) / (Math.PI / 2) * Textures.SIZE);
    }
  }
}
