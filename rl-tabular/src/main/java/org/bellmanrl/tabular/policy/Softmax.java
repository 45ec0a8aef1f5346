package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Choice;

/**
 * Takes an allowed action with a probability in proportion to {@code exp(value / temperature)}: the
 * Boltzmann or softmax distribution (Sutton &amp; Barto, 2nd ed., 2018, section 2.8, there over
 * preferences and without a temperature).
 *
 * <p>Draws per row: one {@code random()}; the action is the first allowed one at which the
 * cumulated weights exceed it. The largest value is subtracted first, so no exponential overflows.
 * The policy is a view: it follows the values while they change, and the temperature along the
 * progress, read once per call.
 */
public final class Softmax implements Policy.WithProbabilities {
  private final ValueFunction values;
  private final Space actionSpace;
  private final Schedule temperature;
  private final Progress progress;
  private final Choice choice;

  /**
   * A policy that reads action values.
   *
   * @param values a value per action
   * @param actionSpace the finite space of these actions
   * @param temperature above 0: near 0 greedy, the larger the more uniform; in units of value
   * @param progress where on the schedule the run is
   * @throws IllegalArgumentException if the temperature is out of range, or the values are not one
   *     per action
   */
  public Softmax(ValueFunction values, Space actionSpace, Schedule temperature, Progress progress) {
    Require.positive("temperature", temperature);
    this.values = values;
    this.actionSpace = actionSpace;
    this.temperature = temperature;
    this.progress = progress;
    this.choice = Choice.over(values, actionSpace, TieBreak.RANDOM);
  }

  /** The temperature now. */
  public double temperature() {
    return temperature.at(temperature.clock().of(progress));
  }

  @Override
  public double probability(Observations observations, int row, int action) {
    if (!choice.index().allows(observations, row, action)) {
      return 0;
    }
    int width = choice.actions();
    double[] numbers = new double[Math.multiplyExact(row + 1, width)];
    Rows one = new Rows(row + 1);
    one.add(row);
    values.evaluate(one, observations, numbers);
    int from = row * width;
    double sum = 0;
    for (int a = 0; a < width; a++) {
      if (choice.index().allows(observations, row, a)) {
        sum += StrictMath.exp((numbers[from + a] - numbers[from + action]) / temperature());
      }
    }
    return 1 / sum;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new SoftmaxActor(
        values, new Scheduled(temperature, progress), choice.index(), rows, random);
  }

  /** Values and temperature as they are now. */
  @Override
  public Softmax snapshot() {
    return new Softmax(values.snapshot(), actionSpace, Schedule.constant(temperature()), progress);
  }

  private static final class SoftmaxActor extends Actor.Memoryless {
    private final ValueFunction function;
    private final Scheduled temperature;
    private final ActionIndex index;
    private final int width;
    private final double[] values;
    private final double[] cumulated;

    SoftmaxActor(
        ValueFunction function,
        Scheduled temperature,
        ActionIndex index,
        int rows,
        RandomStreams random) {
      super(rows, random);
      this.function = function;
      this.temperature = temperature;
      this.index = index;
      this.width = index.size();
      this.values = new double[Math.multiplyExact(rows, width)];
      this.cumulated = new double[width];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      double tau = temperature.now();
      function.evaluate(rows, observations, values);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double point = random.row(row).random() * cumulate(row * width, tau, observations, row);
        // The last sum exceeds the point: u * total rounds below total for every u < 1.
        int action = 0;
        while (cumulated[action] <= point) {
          action++;
        }
        index.set(action, actions.values(), row);
      }
    }

    /** Fills {@link #cumulated}, where a masked action adds nothing; the sum of all. */
    private double cumulate(int from, double tau, Observations observations, int row) {
      index.countAllowed(observations, row);
      double max = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < width; a++) {
        if (index.allows(observations, row, a)) {
          max = Math.max(max, values[from + a]);
        }
      }
      double sum = 0;
      for (int a = 0; a < width; a++) {
        if (index.allows(observations, row, a)) {
          // StrictMath: the same bits on every machine and at every level of compilation.
          sum += StrictMath.exp((values[from + a] - max) / tau);
        }
        cumulated[a] = sum;
      }
      return sum;
    }
  }
}
