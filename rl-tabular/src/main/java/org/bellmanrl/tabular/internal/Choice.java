package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.policy.TieBreak;

/** Chooses among the actions that a row allows. Immutable. */
public final class Choice {
  private final ActionIndex index;
  private final int actions;
  private final boolean first;

  /** Choices in a finite action space. */
  public Choice(Space actionSpace, TieBreak ties) {
    this.index = ActionIndex.of(actionSpace);
    this.actions = index.size();
    this.first = ties == TieBreak.FIRST;
  }

  /**
   * Choices by value.
   *
   * @throws IllegalArgumentException if the values are not one per action of the space
   */
  public static Choice over(ValueFunction values, Space actionSpace, TieBreak ties) {
    Choice choice = new Choice(actionSpace, ties);
    if (values.width() != choice.actions) {
      throw new IllegalArgumentException(
          "a policy over %s needs %d values per observation, one per action, was given %d"
              .formatted(actionSpace, choice.actions, values.width()));
    }
    return choice;
  }

  /** Number of actions, allowed or not. */
  public int actions() {
    return actions;
  }

  /** The numbering of the actions. */
  public ActionIndex index() {
    return index;
  }

  /** Writes the action with a number into a row. */
  public void write(int action, Columns columns, int row) {
    index.set(action, columns, row);
  }

  /** Any allowed action, each as likely: one {@code integers(allowed)}. */
  public int uniform(Observations observations, int row, RandomStream random) {
    if (observations.maskWidth() == 0) {
      return random.integers(actions);
    }
    int allowed = index.countAllowed(observations, row);
    return index.allowed(observations, row, random.integers(allowed));
  }

  /**
   * The allowed action of the largest value; of several, the first, or one drawn by {@code
   * integers(ties)}.
   *
   * @param values holds the actions' values from {@code from} on
   */
  public int greedy(
      double[] values, int from, Observations observations, int row, RandomStream random) {
    if (observations.maskWidth() != 0) {
      return maskedGreedy(values, from, observations, row, random);
    }
    int best = 0;
    int ties = 1;
    double max = values[from];
    for (int a = 1; a < actions; a++) {
      double value = values[from + a];
      if (value > max) {
        max = value;
        best = a;
        ties = 1;
      } else if (value == max) {
        ties++;
      }
    }
    if (first || ties == 1) {
      return best;
    }
    int skip = random.integers(ties);
    while (skip > 0) {
      best++;
      skip -= values[from + best] == max ? 1 : 0;
    }
    return best;
  }

  private int maskedGreedy(
      double[] values, int from, Observations observations, int row, RandomStream random) {
    int best = -1;
    int ties = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < actions; a++) {
      if (index.allows(observations, row, a)) {
        double value = values[from + a];
        if (best < 0 || value > max) {
          max = value;
          best = a;
          ties = 1;
        } else if (value == max) {
          ties++;
        }
      }
    }
    if (ties == 0) {
      throw index.noneAllowed(row);
    }
    if (first || ties == 1) {
      return best;
    }
    int skip = random.integers(ties);
    while (skip > 0) {
      best++;
      skip -= values[from + best] == max && index.allows(observations, row, best) ? 1 : 0;
    }
    return best;
  }
}
