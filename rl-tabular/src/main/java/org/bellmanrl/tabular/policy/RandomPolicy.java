package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.Choice;

/**
 * Takes every allowed action with the same probability: the equiprobable random policy.
 *
 * <p>Draws per row: one {@code integers(allowed actions)}. Immutable and safe for threads.
 */
public final class RandomPolicy implements Policy {
  private final Choice choice;

  /**
   * A policy over a finite action space.
   *
   * @throws IllegalArgumentException if the space is not finite
   */
  public RandomPolicy(Space actionSpace) {
    this.choice = new Choice(actionSpace, TieBreak.RANDOM);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new RandomPolicyActor(choice, rows, random);
  }

  @Override
  public RandomPolicy snapshot() {
    return this;
  }

  private static final class RandomPolicyActor extends Actor.Memoryless {
    private final Choice choice;

    RandomPolicyActor(Choice choice, int rows, RandomStreams random) {
      super(rows, random);
      this.choice = choice;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        choice.write(choice.uniform(observations, row, random.row(row)), actions.values(), row);
      }
    }
  }
}
