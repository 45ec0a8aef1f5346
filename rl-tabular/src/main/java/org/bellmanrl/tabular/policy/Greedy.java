package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.Choice;

/**
 * Takes an allowed action of the largest value.
 *
 * <p>Draws per row: one {@code integers(ties)} if several actions are best and ties are broken at
 * random, nothing otherwise. The policy is a view: it follows the values while they change.
 */
public final class Greedy implements Policy {
  private final ValueFunction values;
  private final Space actionSpace;
  private final TieBreak ties;
  private final Choice choice;

  /**
   * A policy that reads action values.
   *
   * @param values a value per action
   * @param actionSpace the finite space of these actions
   * @param ties what to do with several best actions
   * @throws IllegalArgumentException if the values are not one per action of the space
   */
  public Greedy(ValueFunction values, Space actionSpace, TieBreak ties) {
    this.values = values;
    this.actionSpace = actionSpace;
    this.ties = ties;
    this.choice = Choice.over(values, actionSpace, ties);
  }

  /** The values that it reads, which may still change. */
  public ValueFunction values() {
    return values;
  }

  /** What it does with several best actions. */
  public TieBreak ties() {
    return ties;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new GreedyActor(values, choice, rows, random);
  }

  @Override
  public Greedy snapshot() {
    return new Greedy(values.snapshot(), actionSpace, ties);
  }

  private static final class GreedyActor extends Actor.Memoryless {
    private final ValueFunction function;
    private final Choice choice;
    private final int width;
    private final double[] values;

    GreedyActor(ValueFunction function, Choice choice, int rows, RandomStreams random) {
      super(rows, random);
      this.function = function;
      this.choice = choice;
      this.width = choice.actions();
      this.values = new double[Math.multiplyExact(rows, width)];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      function.evaluate(rows, observations, values);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int action = choice.greedy(values, row * width, observations, row, random.row(row));
        choice.write(action, actions.values(), row);
      }
    }
  }
}
