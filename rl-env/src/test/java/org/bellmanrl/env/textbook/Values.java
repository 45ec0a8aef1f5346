package org.bellmanrl.env.textbook;

import org.bellmanrl.api.model.FiniteModel;

/** The best values of a small model, by plain sweeps. */
final class Values {
  private Values() {}

  static double[] best(FiniteModel model, double gamma) {
    double[] v = new double[model.states()];
    double change = 1;
    while (change > 1e-12) {
      change = 0;
      for (int s = 0; s < v.length; s++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < model.actions(); a++) {
          best = Math.max(best, action(model, gamma, v, s, a));
        }
        change = Math.max(change, Math.abs(best - v[s]));
        v[s] = best;
      }
    }
    return v;
  }

  /** The best reward per step of a model without ends, by relative value iteration. */
  static double gain(FiniteModel model) {
    double[] v = new double[model.states()];
    double gain = 0;
    double spread = 1;
    while (spread > 1e-10) {
      double[] next = new double[v.length];
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < v.length; s++) {
        next[s] = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < model.actions(); a++) {
          next[s] = Math.max(next[s], action(model, 1, v, s, a));
        }
        least = Math.min(least, next[s] - v[s]);
        most = Math.max(most, next[s] - v[s]);
      }
      for (int s = 0; s < v.length; s++) {
        v[s] = next[s] - next[0];
      }
      spread = most - least;
      gain = most;
    }
    return gain;
  }

  static double action(FiniteModel model, double gamma, double[] v, int state, int action) {
    double value = 0;
    for (int i = model.from(state, action); i < model.to(state, action); i++) {
      double next = model.terminated(i) ? 0 : v[model.next(i)];
      value += model.probability(i) * (model.reward(i) + gamma * next);
    }
    return value;
  }

  /** The best value of where episodes begin. */
  static double start(FiniteModel model, double gamma) {
    double[] v = best(model, gamma);
    double mean = 0;
    for (int s = 0; s < v.length; s++) {
      mean += model.initial(s) * v[s];
    }
    return mean;
  }
}
