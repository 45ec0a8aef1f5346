package org.bellmanrl.env.raycast;

/** A map seen from above, as grey values. Immutable. */
final class Automap {
  private static final byte WALL = (byte) 150;
  private static final byte OPEN = 50;
  private static final byte ITEM = (byte) 190;
  private static final byte MONSTER = (byte) 220;
  private static final byte PLAYER = (byte) 255;

  private final int width;
  private final int height;
  private final double scale;
  private final int left;
  private final int top;

  /** The map with nobody in it. */
  private final byte[] plan;

  Automap(Grid grid, int width, int height) {
    this.width = width;
    this.height = height;
    this.scale = Math.min((double) width / grid.width(), (double) height / grid.height());
    this.left = (int) ((width - scale * grid.width()) / 2);
    this.top = (int) ((height - scale * grid.height()) / 2);
    this.plan = new byte[width * height];
    for (int i = 0; i < plan.length; i++) {
      int x = (int) StrictMath.floor((i % width - left + 0.5) / scale);
      int y = (int) StrictMath.floor((i / width - top + 0.5) / scale);
      if (x >= 0 && x < grid.width() && y >= 0 && y < grid.height()) {
        plan[i] = grid.cell(x, y) == 0 ? OPEN : WALL;
      }
    }
  }

  /** Draws into every {@code stride}-th byte. */
  void draw(Game game, byte[] into, int at, int stride) {
    for (int i = 0; i < plan.length; i++) {
      into[at + i * stride] = plan[i];
    }
    for (int i = 0; i < game.kind.length; i++) {
      ThingKind kind = ThingKind.of(game.kind[i]);
      if (kind != ThingKind.NONE) {
        dot(game.thingX[i], game.thingY[i], kind.monster ? MONSTER : ITEM, into, at, stride);
      }
    }
    double cos = Circle.cos(game.angle);
    double sin = Circle.sin(game.angle);
    for (double ahead = 0; ahead <= 1; ahead += 0.25) {
      dot(game.x + ahead * cos, game.y + ahead * sin, PLAYER, into, at, stride);
    }
  }

  private void dot(double x, double y, byte grey, byte[] into, int at, int stride) {
    int u = left + (int) (x * scale);
    int v = top + (int) (y * scale);
    if (u >= 0 && u < width && v >= 0 && v < height) {
      into[at + (v * width + u) * stride] = grey;
    }
  }
}
