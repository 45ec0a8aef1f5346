package org.bellmanrl.env.toytext;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/** Cards in the order in which they came; an ace is 1, jack, queen and king are 10. */
final class Hand implements Stateful {
  /** The values of the thirteen ranks; with an infinite deck each is as likely at any time. */
  private static final int[] DECK = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10};

  /** Twenty-one aces make 21, so no hand grows beyond the card after these. */
  private static final int MOST = 22;

  private final int[] cards = new int[MOST];
  private int count;
  private int hardSum;
  private boolean ace;

  /** Throws all cards away and draws two. */
  void deal(RandomStream random) {
    clear();
    draw(random);
    draw(random);
  }

  void draw(RandomStream random) {
    put(DECK[random.choice(DECK.length)]);
  }

  private void put(int card) {
    cards[count++] = card;
    hardSum += card;
    ace |= card == 1;
  }

  int count() {
    return count;
  }

  int card(int i) {
    return cards[i];
  }

  /** Whether an ace can count 11. */
  boolean usableAce() {
    return ace && hardSum + 10 <= 21;
  }

  int sum() {
    return usableAce() ? hardSum + 10 : hardSum;
  }

  boolean bust() {
    return sum() > 21;
  }

  /** The sum, or 0 for a hand above 21. */
  int score() {
    return bust() ? 0 : sum();
  }

  /** Whether this is an ace and a card of 10, as dealt. */
  boolean natural() {
    return count == 2 && sum() == 21;
  }

  @Override
  public void carry(State state) {
    state.begin("hand", 1);
    int[] saved = state.carryUpTo("cards", cards, count, MOST);
    state.end();
    if (state.restoring()) {
      clear();
      for (int card : saved) {
        if (card < 1 || card > 10) {
          throw new StateException("a card must be in [1, 10], was " + card);
        }
        put(card);
      }
    }
  }

  private void clear() {
    count = 0;
    hardSum = 0;
    ace = false;
  }
}
