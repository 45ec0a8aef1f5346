package org.bellmanrl.deep.network;

/** Shape of what flows between two layers; a vector is one pixel of many channels. */
record Extent(int height, int width, int channels) {
  Extent {
    // Nothing of that shape can be held by an array otherwise.
    Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  static Extent vector(int size) {
    return new Extent(1, 1, size);
  }

  int positions() {
    return height * width;
  }

  int size() {
    return height * width * channels;
  }

  boolean isVector() {
    return height == 1 && width == 1;
  }

  @Override
  public String toString() {
    return isVector() ? Integer.toString(channels) : height + "x" + width + "x" + channels;
  }
}
