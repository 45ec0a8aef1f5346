package org.bellmanrl.env.raycast;

import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.grid.Terminal;
import org.bellmanrl.env.internal.picture.Pixels;

/** What people see of an episode: the player's view in colours, or made of letters. */
final class Views {
  private static final int TEXT_WIDTH = 72;
  private static final int TEXT_HEIGHT = 24;

  /** From dark to bright. */
  private static final String RAMP = " .:-=+*#%@";

  private Views() {}

  private static byte[] screen(Game game, int width, int height) {
    byte[] screen = new byte[width * height];
    Renderer renderer = new Renderer(new Lens(width, height), game.kind.length);
    renderer.look(game);
    renderer.colours(game, Palette.LIT, screen, 0, 1);
    return screen;
  }

  static String text(Game game, boolean colour) {
    Terminal terminal = new Terminal(colour);
    terminal.add("health %d, ammo %d, kills %d".formatted(game.health, game.ammo, game.kills));
    terminal.endLine();
    byte[] screen = screen(game, TEXT_WIDTH, TEXT_HEIGHT);
    for (int i = 0; i < screen.length; i++) {
      int rgb = Palette.RGB[screen[i] & 0xFF];
      char letter = RAMP.charAt(Palette.grey(rgb) * RAMP.length() / 256);
      terminal.add(String.valueOf(letter), Terminal.palette(rgb));
      if (i % TEXT_WIDTH == TEXT_WIDTH - 1) {
        terminal.endLine();
      }
    }
    return terminal.toString();
  }

  /** The player's view. */
  record Picture(Game game) implements PictureView {
    @Override
    public double aspect() {
      return 4.0 / 3;
    }

    @Override
    public void draw(int[] argb, int width, int height) {
      Pixels.requireFit(argb, width, height);
      byte[] screen = screen(game, width, height);
      for (int i = 0; i < screen.length; i++) {
        argb[i] = 0xFF000000 | Palette.RGB[screen[i] & 0xFF];
      }
    }
  }
}
