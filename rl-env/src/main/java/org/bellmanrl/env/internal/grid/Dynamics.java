package org.bellmanrl.env.internal.grid;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;

/**
 * Draws starts and outcomes from an exact model, with one random number each, certain ones
 * included: the first whose cumulative probability is above the draw, as Gymnasium does.
 *
 * <p>The sums are taken once, here, so that a step is a draw and a look into arrays. Immutable.
 */
public final class Dynamics {
  private final FiniteModel model;
  private final double[] cumulative;
  private final double[] cumulativeStart;

  public Dynamics(FiniteModel model) {
    this.model = model;
    this.cumulative = new double[model.outcomes()];
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions(); a++) {
        double sum = 0;
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          sum += model.probability(i);
          cumulative[i] = sum;
        }
      }
    }
    this.cumulativeStart = new double[model.states()];
    double sum = 0;
    for (int s = 0; s < model.states(); s++) {
      sum += model.initial(s);
      cumulativeStart[s] = sum;
    }
  }

  /** The model that is drawn from. */
  public FiniteModel model() {
    return model;
  }

  /** Draws the state that an episode begins in. */
  public int drawStart(RandomStream random) {
    double u = random.random();
    // Bisection, since there can be hundreds of starts and short episodes.
    int low = 0;
    int high = cumulativeStart.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulativeStart[middle] > u) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    // Rounding can leave the whole sum below the draw; NumPy's argmax then says 0.
    return low < cumulativeStart.length ? low : 0;
  }

  /** Draws the number of an outcome, for the model to be asked about. */
  public int drawOutcome(int state, int action, RandomStream random) {
    int from = model.from(state, action);
    int to = model.to(state, action);
    if (to - from == 1) {
      random.next64(); // Gymnasium draws here as well
      return from;
    }
    return random.firstAbove(cumulative, from, to);
  }
}
