package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.tabular.table.QTable;

/** The update that plans by an exact model. */
final class ExpectedUpdate {
  private ExpectedUpdate() {}

  /** Q(s, a) ← Σ p(s', r | s, a) [r + γ max_a' Q(s', a')]. */
  static void apply(QTable q, FiniteModel model, double gamma, int state, int action) {
    double value = 0;
    for (int i = model.from(state, action); i < model.to(state, action); i++) {
      double next = model.terminated(i) ? 0 : q.max(model.next(i));
      value += model.probability(i) * (model.reward(i) + gamma * next);
    }
    q.set(state, action, value);
  }
}
