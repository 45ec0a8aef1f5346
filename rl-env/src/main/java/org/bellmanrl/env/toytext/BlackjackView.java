package org.bellmanrl.env.toytext;

import java.util.function.BooleanSupplier;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.env.internal.grid.Terminal;

/** Shows the cards on the table, and the states as in Sutton &amp; Barto's figure 5.2. */
final class BlackjackView implements GridView, TextView {
  private static final int HIGHEST = 21;
  private static final int LOWEST = 4;
  private static final int INK = 16;
  private static final int PAPER = 255;
  private static final int BACK = 24;
  private static final int WIN = 77;
  private static final int LOSS = 203;

  private final Hand player;
  private final Hand dealer;
  private final BooleanSupplier stuck;

  BlackjackView(Hand player, Hand dealer, BooleanSupplier stuck) {
    this.player = player;
    this.dealer = dealer;
    this.stuck = stuck;
  }

  @Override
  public int height() {
    return HIGHEST - LOWEST + 1;
  }

  @Override
  public int width() {
    return 10;
  }

  @Override
  public int layers() {
    return 2;
  }

  @Override
  public String layer(int layer) {
    return (layer == 0 ? "no usable ace" : "usable ace")
        + "; rows: player's sum 21 to 4, columns: dealer's card ace to 10";
  }

  @Override
  public int state(int layer, int row, int column) {
    int sum = HIGHEST - row;
    boolean usableAce = layer == 1;
    return BlackjackModel.possible(sum, column + 1, usableAce)
        ? BlackjackModel.state(sum, column + 1, usableAce)
        : -1;
  }

  @Override
  public char glyph(int action) {
    return action == Blackjack.HIT ? 'H' : 'S';
  }

  /** The dealer's second card lies face down until the player sticks. */
  @Override
  public String text(boolean colour) {
    Terminal terminal = new Terminal(colour);
    terminal.add("dealer");
    for (int i = 0; i < dealer.count(); i++) {
      if (i == 0 || stuck.getAsBoolean()) {
        card(terminal, dealer.card(i));
      } else {
        terminal.add(" ").add("[??]", PAPER, BACK);
      }
    }
    if (stuck.getAsBoolean()) {
      sum(terminal, dealer);
    }
    terminal.endLine().add("player");
    for (int i = 0; i < player.count(); i++) {
      card(terminal, player.card(i));
    }
    sum(terminal, player);
    terminal.endLine();
    return terminal.toString();
  }

  private static void card(Terminal terminal, int card) {
    String rank = card == 1 ? " A" : card == 10 ? "10" : " " + card;
    terminal.add(" ").add("[" + rank + "]", INK, PAPER);
  }

  private static void sum(Terminal terminal, Hand hand) {
    terminal.add("  = ").add(Integer.toString(hand.sum()), hand.bust() ? LOSS : WIN);
    if (hand.bust()) {
      terminal.add(", bust");
    } else if (hand.usableAce()) {
      terminal.add(", an ace counts 11");
    }
  }
}
