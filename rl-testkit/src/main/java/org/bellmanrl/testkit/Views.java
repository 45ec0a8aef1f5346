package org.bellmanrl.testkit;

import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;

/** Looks at environments in the ways that there are, and checks what is seen. */
final class Views {
  /** Small, since there are many; prime numbers, so that lines and columns can't be confused. */
  private static final int PICTURE_WIDTH = 23;

  private static final int PICTURE_HEIGHT = 17;
  private static final int BEYOND_PICTURE = 0x00C0FFEE;

  private Views() {}

  static void look(String name, PictureView view) {
    if (!(view.aspect() > 0 && view.aspect() < Double.POSITIVE_INFINITY)) {
      throw Failure.of(name, "a picture's aspect is a size")
          .expected("a finite number above 0")
          .actual(view.aspect())
          .error();
    }
    int[] argb = new int[PICTURE_WIDTH * PICTURE_HEIGHT + 1];
    argb[argb.length - 1] = BEYOND_PICTURE;
    view.draw(argb, PICTURE_WIDTH, PICTURE_HEIGHT);
    for (int i = 0; i < argb.length - 1; i++) {
      if (argb[i] >>> 24 != 0xFF) {
        throw Failure.of(name, "a picture covers all of its pixels")
            .where("at %d, %d".formatted(i % PICTURE_WIDTH, i / PICTURE_WIDTH))
            .expected("an opaque pixel, 0xFFRRGGBB")
            .actual("0x%08X".formatted(argb[i]))
            .error();
      }
    }
    if (argb[argb.length - 1] != BEYOND_PICTURE) {
      throw Failure.of(name, "a picture stays within its size")
          .expected("the rest of the array as it was")
          .actual("changed behind the last pixel")
          .error();
    }
  }

  static void look(String name, TextView view) {
    view.text(true);
    String plain = view.text(false);
    if (!plain.endsWith("\n") || plain.indexOf('\u001B') >= 0) {
      throw Failure.of(name, "a drawing without colour is lines without escapes")
          .expected("text that ends with a newline and holds no escape character")
          .actual(plain.replace("\u001B", "\\u001B"))
          .error();
    }
  }

  static void look(GridView view) {
    for (int layer = 0; layer < view.layers(); layer++) {
      view.layer(layer);
      for (int y = 0; y < view.height(); y++) {
        for (int x = 0; x < view.width(); x++) {
          view.state(layer, y, x);
          view.tile(layer, y, x);
          view.terminal(layer, y, x);
        }
      }
    }
  }
}
