package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.Choice;
import org.bellmanrl.tabular.table.QTable;
import org.jspecify.annotations.Nullable;

/**
 * Takes any allowed action with probability ε, each as likely, and otherwise one of the largest
 * value (Sutton &amp; Barto, 2nd ed., 2018, section 2.2).
 *
 * <p>Draws per row, in this order: one {@code random()}, to explore if it is below ε; then one
 * {@code integers(allowed actions)} if exploring, else one {@code integers(ties)} if several
 * actions are best and ties are broken at random. The policy is a view: it follows the values while
 * they change, and ε along the progress, read once per call.
 */
public final class EpsilonGreedy implements Policy {
  private final ValueFunction values;
  private final Space actionSpace;
  private final Schedule epsilon;
  private final Progress progress;
  private final TieBreak ties;
  private final Choice choice;

  /**
   * A policy that reads action values.
   *
   * @param values a value per action
   * @param actionSpace the finite space of these actions
   * @param epsilon the probability of exploring, in [0, 1]
   * @param progress where on the schedule the run is
   * @param ties what to do with several best actions
   * @throws IllegalArgumentException if ε is out of range, or the values are not one per action
   */
  public EpsilonGreedy(
      ValueFunction values, Space actionSpace, Schedule epsilon, Progress progress, TieBreak ties) {
    Require.unit("epsilon", epsilon);
    this.values = values;
    this.actionSpace = actionSpace;
    this.epsilon = epsilon;
    this.progress = progress;
    this.ties = ties;
    this.choice = Choice.over(values, actionSpace, ties);
  }

  /** The probability of exploring now. */
  public double epsilon() {
    return epsilon.at(epsilon.clock().of(progress));
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new EpsilonGreedyActor(values, new Scheduled(epsilon, progress), choice, rows, random);
  }

  /** Values and ε as they are now. */
  @Override
  public EpsilonGreedy snapshot() {
    return new EpsilonGreedy(
        values.snapshot(), actionSpace, Schedule.constant(epsilon()), progress, ties);
  }

  private static final class EpsilonGreedyActor extends Actor.Memoryless {
    private final ValueFunction function;
    private final @Nullable QTable table;
    private final Scheduled epsilon;
    private final Choice choice;
    private final int width;
    private final double[] values;

    EpsilonGreedyActor(
        ValueFunction function, Scheduled epsilon, Choice choice, int rows, RandomStreams random) {
      super(rows, random);
      this.function = function;
      this.table = function instanceof QTable q ? q : null;
      this.epsilon = epsilon;
      this.choice = choice;
      this.width = choice.actions();
      this.values = new double[Math.multiplyExact(rows, width)];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      double explore = epsilon.now();
      if (table == null) {
        function.evaluate(rows, observations, values);
      }
      if (rows.count() == 1) {
        act(rows.at(0), explore, observations, actions);
        return;
      }
      for (int i = 0; i < rows.count(); i++) {
        act(rows.at(i), explore, observations, actions);
      }
    }

    private void act(int row, double explore, Observations observations, Actions actions) {
      RandomStream stream = random.row(row);
      int action;
      if (stream.random() < explore) {
        action = choice.uniform(observations, row, stream);
      } else if (table != null) {
        action = table.best(choice, observations, row, stream);
      } else {
        action = choice.greedy(values, row * width, observations, row, stream);
      }
      choice.write(action, actions.values(), row);
    }
  }
}
