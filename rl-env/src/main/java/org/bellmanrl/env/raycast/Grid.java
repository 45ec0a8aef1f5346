package org.bellmanrl.env.raycast;

/**
 * A map of square cells, each open or a wall, with what its surfaces look like. The border is all
 * wall. Immutable, and shared by all rows.
 */
final class Grid {
  private final int width;
  private final int height;

  /** Per cell 0 if it is open, or one more than its wall's texture. */
  private final byte[] cells;

  private final byte[][] walls;
  private final byte[] floor;
  private final byte[] ceiling;
  private final boolean sky;

  /**
   * A map.
   *
   * @param lines of equal length; {@code .} is open, {@code a} to {@code z} are walls with the
   *     texture of that number
   * @param walls textures
   * @param floor texture
   * @param ceiling texture of the ceiling, or of the sky
   * @param sky whether there is no ceiling
   */
  Grid(String[] lines, byte[][] walls, byte[] floor, byte[] ceiling, boolean sky) {
    this.width = lines[0].length();
    this.height = lines.length;
    this.cells = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char cell = lines[y].charAt(x);
        cells[y * width + x] = (byte) (cell == '.' ? 0 : cell - 'a' + 1);
      }
    }
    this.walls = walls;
    this.floor = floor;
    this.ceiling = ceiling;
    this.sky = sky;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 0 for an open cell, else one more than the number of its texture. */
  int cell(int x, int y) {
    return cells[y * width + x];
  }

  byte[] wall(int cell) {
    return walls[cell - 1];
  }

  byte[] floor() {
    return floor;
  }

  byte[] ceiling() {
    return ceiling;
  }

  boolean sky() {
    return sky;
  }

  /** Whether a square of that half side about a place is clear of walls; false outside the map. */
  boolean open(double x, double y, double radius) {
    if (!(x >= radius && y >= radius && x < width - radius && y < height - radius)) {
      return false;
    }
    int right = (int) (x + radius);
    int bottom = (int) (y + radius);
    for (int cellY = (int) (y - radius); cellY <= bottom; cellY++) {
      for (int cellX = (int) (x - radius); cellX <= right; cellX++) {
        if (cells[cellY * width + cellX] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** How often a vector fits between a place and the first wall in its direction. */
  double cast(double fromX, double fromY, double dx, double dy) {
    int x = (int) fromX;
    int y = (int) fromY;
    double perX = dx == 0 ? Double.MAX_VALUE : Math.abs(1 / dx);
    double perY = dy == 0 ? Double.MAX_VALUE : Math.abs(1 / dy);
    int stepX = dx < 0 ? -1 : 1;
    int stepY = dy < 0 ? -1 : 1;
    double nextX = (dx < 0 ? fromX - x : x + 1 - fromX) * perX;
    double nextY = (dy < 0 ? fromY - y : y + 1 - fromY) * perY;
    double reached = 0;
    while (cells[y * width + x] == 0) {
      if (nextX < nextY) {
        reached = nextX;
        nextX += perX;
        x += stepX;
      } else {
        reached = nextY;
        nextY += perY;
        y += stepY;
      }
    }
    return reached;
  }

  /** Whether nothing stands between two places. */
  boolean clear(double fromX, double fromY, double toX, double toY) {
    return cast(fromX, fromY, toX - fromX, toY - fromY) >= 1;
  }
}
