package org.bellmanrl.tabular.policy;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.ActionIndex;

/**
 * Takes each action with a fixed probability, whatever is observed; under a mask, in proportion
 * among the actions that are allowed.
 *
 * <p>Draws per row: one {@code random()}; the action is the first allowed one at which the
 * cumulated probabilities exceed it. Immutable and safe for threads.
 */
public final class FixedPolicy implements Policy.WithProbabilities {
  private static final double ROUNDING = 1e-9;

  private final ActionIndex index;
  private final double[] probabilities;

  /**
   * A policy over a finite action space.
   *
   * @param probabilities one per action, at least 0 and with the sum 1; none for all the same
   * @throws IllegalArgumentException if the space is not finite or these are not its probabilities
   */
  public FixedPolicy(Space actionSpace, List<Double> probabilities) {
    this.index = ActionIndex.of(actionSpace);
    this.probabilities = new double[index.size()];
    if (probabilities.isEmpty()) {
      Arrays.fill(this.probabilities, 1.0 / index.size());
      return;
    }
    if (probabilities.size() != index.size()) {
      throw new IllegalArgumentException(
          "a policy over %s needs %d probabilities, was given %s"
              .formatted(actionSpace, index.size(), probabilities));
    }
    double sum = 0;
    for (int a = 0; a < index.size(); a++) {
      double p = probabilities.get(a);
      if (!(p >= 0)) {
        throw new IllegalArgumentException(
            "probabilities must be at least 0, were " + probabilities);
      }
      this.probabilities[a] = p;
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException(
          "probabilities must have the sum 1, had " + sum + ": " + probabilities);
    }
  }

  /** The probability of an action where a row is; 0 if no allowed action has any. */
  @Override
  public double probability(Observations observations, int row, int action) {
    double allowed = allowed(observations, row);
    return allowed > 0 && index.allows(observations, row, action)
        ? probabilities[action] / allowed
        : 0;
  }

  private double allowed(Observations observations, int row) {
    if (observations.maskWidth() == 0) {
      return 1;
    }
    double sum = 0;
    for (int a = 0; a < probabilities.length; a++) {
      sum += index.allows(observations, row, a) ? probabilities[a] : 0;
    }
    return sum;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new FixedActor(this, rows, random);
  }

  @Override
  public FixedPolicy snapshot() {
    return this;
  }

  private static final class FixedActor extends Actor.Memoryless {
    private final FixedPolicy policy;

    FixedActor(FixedPolicy policy, int rows, RandomStreams random) {
      super(rows, random);
      this.policy = policy;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double allowed = policy.allowed(observations, row);
        if (!(allowed > 0)) {
          throw new IllegalStateException(
              "the mask of row " + row + " allows no action that this policy ever takes");
        }
        double point = random.row(row).random() * allowed;
        int action = -1;
        for (int a = 0; a < policy.probabilities.length && (action < 0 || point >= 0); a++) {
          if (policy.probabilities[a] > 0 && policy.index.allows(observations, row, a)) {
            action = a;
            point -= policy.probabilities[a];
          }
        }
        policy.index.set(action, actions.values(), row);
      }
    }
  }
}
