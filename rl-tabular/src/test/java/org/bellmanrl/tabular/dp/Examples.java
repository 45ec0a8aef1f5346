package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.model.FiniteModel;

/** Models whose values are known by hand or from the book. */
final class Examples {
  private Examples() {}

  /**
   * One state: action 0 pays 1 and stays or, one time in two, pays 2 and ends; action 1 pays 1.2
   * and ends.
   */
  static FiniteModel geometric() {
    return FiniteModel.builder(1, 2)
        .initial(0, 1)
        .add(0, 0, 0.5, 0, 1, false)
        .add(0, 0, 0.5, 0, 2, true)
        .add(0, 1, 1, 0, 1.2, true)
        .build();
  }

  /**
   * Now or later: in state 0, action 0 ends with 1, action 1 goes to state 1, which ends with 3.
   */
  static FiniteModel patience() {
    return FiniteModel.builder(2, 2)
        .initial(0, 1)
        .add(0, 0, 1, 0, 1, true)
        .add(0, 1, 1, 1, 0, false)
        .add(1, 0, 1, 1, 3, true)
        .add(1, 1, 1, 1, 3, true)
        .build();
  }

  /**
   * The 4x4 grid of Sutton and Barto's example 4.1: −1 per step, the first and the last cell are
   * terminal.
   */
  static FiniteModel grid() {
    FiniteModel.Builder model = FiniteModel.builder(16, 4).initial(3, 1);
    for (int s = 0; s < 16; s++) {
      for (int a = 0; a < 4; a++) {
        int row = Math.clamp(s / 4 + new int[] {-1, 0, 1, 0}[a], 0, 3);
        int column = Math.clamp(s % 4 + new int[] {0, 1, 0, -1}[a], 0, 3);
        int next = s % 15 == 0 ? s : 4 * row + column;
        model.add(s, a, 1, next, s % 15 == 0 ? 0 : -1, next % 15 == 0);
      }
    }
    return model.build();
  }

  /** Example 4.3: stakes on heads of probability p, from a capital of 1 to 99; 100 pays 1. */
  static FiniteModel gambler(double p) {
    FiniteModel.Builder model = FiniteModel.builder(100, 50).initial(50, 1);
    for (int s = 0; s < 100; s++) {
      for (int a = 0; a < 50; a++) {
        int stake = Math.min(a + 1, Math.min(s, 100 - s));
        boolean won = s + stake == 100;
        model.add(s, a, p, won ? s : s + stake, won ? 1 : 0, won || s == 0);
        model.add(s, a, 1 - p, s - stake, 0, s - stake == 0);
      }
    }
    return model.build();
  }

  /** One action, which stays for ever at a price. */
  static FiniteModel endless() {
    return FiniteModel.builder(2, 1)
        .initial(0, 1)
        .add(0, 0, 1, 0, 0, true)
        .add(1, 0, 1, 1, -1, false)
        .build();
  }

  /** Action 0 stays and pays 1, action 1 ends: worth ever more without a discount. */
  static FiniteModel fountain() {
    return FiniteModel.builder(1, 2)
        .initial(0, 1)
        .add(0, 0, 1, 0, 1, false)
        .add(0, 1, 1, 0, 0, true)
        .build();
  }
}
