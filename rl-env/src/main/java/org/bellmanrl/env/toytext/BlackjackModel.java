package org.bellmanrl.env.toytext;

import org.bellmanrl.api.model.FiniteModel;

/**
 * The exact model of {@link Blackjack} with an infinite deck, where a natural is a 21 like any
 * other.
 *
 * <p>A state is the number of an observation, {@code (sum * 11 + dealer) * 2 + usableAce}. States
 * that no game visits, and those after a bust, stay where they are and end the episode.
 */
final class BlackjackModel {
  private static final int SUMS = 32;
  private static final int DEALER_CARDS = 11;
  private static final int STATES = SUMS * DEALER_CARDS * 2;
  private static final int DEALER_STANDS = 17;

  /** The model, made when it is first asked for. */
  static final FiniteModel MODEL = new BlackjackModel().all();

  private final FiniteModel.Builder model = FiniteModel.builder(STATES, 2);

  private BlackjackModel() {}

  /** The number of an observation. */
  static int state(int sum, int dealer, boolean usableAce) {
    return (sum * DEALER_CARDS + dealer) * 2 + (usableAce ? 1 : 0);
  }

  /** Whether there is a game in which the player still has to choose at such a hand. */
  static boolean possible(int sum, int dealer, boolean usableAce) {
    return sum >= (usableAce ? 12 : 4) && sum <= 21 && dealer >= 1;
  }

  private static double chance(int card) {
    return card == 10 ? 4.0 / 13 : 1.0 / 13;
  }

  private FiniteModel all() {
    for (int dealer = 0; dealer < DEALER_CARDS; dealer++) {
      double[] results = dealerResults(dealer);
      for (int sum = 0; sum < SUMS; sum++) {
        addHand(sum, dealer, false, results);
        addHand(sum, dealer, true, results);
      }
      if (dealer > 0) {
        addStarts(dealer);
      }
    }
    return model.build();
  }

  private void addHand(int sum, int dealer, boolean usableAce, double[] results) {
    int s = state(sum, dealer, usableAce);
    if (!possible(sum, dealer, usableAce)) {
      model.add(s, Blackjack.STICK, 1, s, 0, true);
      model.add(s, Blackjack.HIT, 1, s, 0, true);
      return;
    }
    addStick(s, sum, results);
    for (int card = 1; card <= 10; card++) {
      int hardSum = (usableAce ? sum - 10 : sum) + card;
      boolean usable = (usableAce || card == 1) && hardSum + 10 <= 21;
      int next = state(usable ? hardSum + 10 : hardSum, dealer, usable);
      boolean bust = hardSum > 21;
      model.add(s, Blackjack.HIT, chance(card), next, bust ? -1 : 0, bust);
    }
  }

  private void addStick(int s, int sum, double[] results) {
    double win = results[0];
    double draw = 0;
    double loss = 0;
    for (int theirs = DEALER_STANDS; theirs <= 21; theirs++) {
      if (theirs < sum) {
        win += results[theirs];
      } else if (theirs == sum) {
        draw += results[theirs];
      } else {
        loss += results[theirs];
      }
    }
    model.add(s, Blackjack.STICK, loss, s, -1, true);
    model.add(s, Blackjack.STICK, draw, s, 0, true);
    model.add(s, Blackjack.STICK, win, s, 1, true);
  }

  private void addStarts(int dealer) {
    double[] chances = new double[STATES];
    for (int first = 1; first <= 10; first++) {
      for (int second = 1; second <= 10; second++) {
        boolean usable = first == 1 || second == 1;
        int sum = first + second + (usable ? 10 : 0);
        chances[state(sum, dealer, usable)] += chance(dealer) * chance(first) * chance(second);
      }
    }
    for (int s = 0; s < STATES; s++) {
      if (chances[s] > 0) {
        model.initial(s, chances[s]);
      }
    }
  }

  /** Probabilities of the dealer's last sum by the card shown; 0 stands for a bust. */
  private static double[] dealerResults(int shown) {
    double[] results = new double[22];
    if (shown > 0) {
      addResults(shown, shown == 1, 1, results);
    }
    return results;
  }

  private static void addResults(int hardSum, boolean ace, double chance, double[] results) {
    int sum = ace && hardSum + 10 <= 21 ? hardSum + 10 : hardSum;
    if (sum >= DEALER_STANDS) {
      results[sum > 21 ? 0 : sum] += chance;
      return;
    }
    for (int card = 1; card <= 10; card++) {
      addResults(hardSum + card, ace || card == 1, chance * chance(card), results);
    }
  }
}
