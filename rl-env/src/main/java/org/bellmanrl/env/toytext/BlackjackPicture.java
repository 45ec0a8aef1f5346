package org.bellmanrl.env.toytext;

import java.util.function.BooleanSupplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Drawing;
import org.bellmanrl.env.internal.picture.Ink;

/** The dealer's cards above, the player's below, each with their sum. */
final class BlackjackPicture {
  private static final double ASPECT = 1.4;
  private static final double WIDTH = ASPECT * Canvas.HEIGHT;
  private static final double CARD_WIDTH = 25;
  private static final double CARD_HEIGHT = 35;
  private static final double SPACE = 29;
  private static final double MOST_BETWEEN = 68;
  private static final int FELT = 0x2E8B74;

  private BlackjackPicture() {}

  static PictureView of(Hand player, Hand dealer, BooleanSupplier stuck) {
    return new Drawing(ASPECT, canvas -> paint(canvas, player, dealer, stuck.getAsBoolean()));
  }

  private static void paint(Canvas canvas, Hand player, Hand dealer, boolean stuck) {
    canvas.flood(FELT);
    canvas.disc(WIDTH / 2, -70, 134, 0x34967E);
    canvas.ring(WIDTH / 2, -70, 120, 1, 0x55AE98);
    canvas.ring(WIDTH / 2, -70, 117, 0.5, 0x55AE98);
    hand(canvas, dealer, 8, stuck ? dealer.count() : 1);
    hand(canvas, player, 57, player.count());
    sum(canvas, stuck ? dealer.sum() : dealer.card(0) == 1 ? 11 : dealer.card(0), 8, stuck);
    sum(canvas, player.sum(), 57, true);
  }

  private static void hand(Canvas canvas, Hand hand, double top, int open) {
    int count = hand.count();
    double step = count < 2 ? 0 : Math.min(SPACE, MOST_BETWEEN / (count - 1));
    double left = WIDTH / 2 + 14 - (step * (count - 1) + CARD_WIDTH) / 2;
    for (int i = 0; i < count; i++) {
      int card = hand.card(i);
      int suit = (card * 7 + i * 3) % 4;
      boolean shown = i < open;
      canvas.at(
          left + i * step,
          top,
          0,
          1,
          place -> {
            place.veil(0.8, 1.2, CARD_WIDTH, CARD_HEIGHT, 3);
            if (shown) {
              face(place, card, suit);
            } else {
              back(place);
            }
          });
    }
  }

  private static void face(Canvas canvas, int card, int suit) {
    canvas.box(0, 0, CARD_WIDTH, CARD_HEIGHT, 3, 0xD5DCE6);
    canvas.box(0.4, 0.4, CARD_WIDTH - 0.8, CARD_HEIGHT - 0.8, 2.7, Ink.WHITE);
    int colour = suit < 2 ? Ink.BRICK : Ink.NIGHT;
    String rank = card == 1 ? "A" : Integer.toString(card);
    canvas.text(rank, rank.length() == 1 ? 5 : 6.6, 3.4, 7, colour);
    canvas.at(5, 15.2, 0, 0.42, pip -> pip(pip, suit, colour));
    canvas.at(CARD_WIDTH / 2 + 2, CARD_HEIGHT / 2 + 5, 0, 1.25, pip -> pip(pip, suit, colour));
  }

  private static void back(Canvas canvas) {
    canvas.box(0, 0, CARD_WIDTH, CARD_HEIGHT, 3, Ink.WHITE);
    canvas.box(1.6, 1.6, CARD_WIDTH - 3.2, CARD_HEIGHT - 3.2, 2, Ink.BLUE);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 3; column++) {
        double x = CARD_WIDTH / 2 + (column - 1) * 6.4;
        double y = CARD_HEIGHT / 2 + (row - 2) * 6;
        canvas.polygon(0x7FABE8, x, y - 2.4, x + 2.4, y, x, y + 2.4, x - 2.4, y);
      }
    }
  }

  /** About its middle, some ten high. Suits mean nothing here and are for the eye only. */
  private static void pip(Canvas canvas, int suit, int colour) {
    switch (suit) {
      case 0 -> {
        canvas.disc(-2.3, -1.6, 2.7, colour).disc(2.3, -1.6, 2.7, colour);
        canvas.polygon(colour, -4.7, -0.5, 4.7, -0.5, 0, 5);
      }
      case 1 -> canvas.polygon(colour, 0, -5, 3.8, 0, 0, 5, -3.8, 0);
      case 2 -> {
        canvas.disc(-2.3, 0.8, 2.6, colour).disc(2.3, 0.8, 2.6, colour);
        canvas.polygon(colour, -4.6, -0.2, 0, -5, 4.6, -0.2);
        canvas.polygon(colour, 0, 0, 1.7, 5, -1.7, 5);
      }
      default -> {
        canvas.disc(0, -2.4, 2.4, colour).disc(-2.5, 1, 2.4, colour).disc(2.5, 1, 2.4, colour);
        canvas.polygon(colour, 0, -1, 1.7, 5, -1.7, 5);
      }
    }
  }

  private static void sum(Canvas canvas, int sum, double top, boolean known) {
    int colour = sum > 21 ? Ink.BRICK : sum == 21 ? Ink.GOLD : known ? 0x1F6B59 : 0x2A7F6A;
    int ink = sum == 21 ? Ink.NIGHT : Ink.WHITE;
    canvas.box(7, top + 10, 24, 15, 7.5, colour);
    canvas.text(Integer.toString(sum), 19, top + 14, 7, ink);
  }
}
