package org.bellmanrl.lab.internal.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the learned policy, and compares what the learner expected at the start of each episode
 * with what the episode brought.
 */
final class Judge implements Listener {
  private final double gamma;
  private final double[] discount;
  private final double[] discounted;
  private final boolean[] ended;
  private double valueSum;
  private long values;
  private double discountedSum;
  private double largest;
  private long episodes;

  private Judge(double gamma, int rows) {
    this.gamma = gamma;
    this.discount = new double[rows];
    this.discounted = new double[rows];
    this.ended = new boolean[rows];
    Arrays.fill(discount, 1);
  }

  /**
   * What was expected of the judged episodes, and what came.
   *
   * @param gamma the learner's discount factor
   * @param value mean of the values of the first observations, those of the best action where
   *     actions have values
   * @param discounted mean of the discounted returns
   * @param largest the largest size of a discounted return
   */
  record Outlook(double gamma, double value, double discounted, double largest) {}

  /**
   * A result.
   *
   * @param outlook null if the learner has no values, does not discount, or learns from other
   *     rewards than those that it is judged by
   */
  record Verdict(Judgement judgement, @Nullable Outlook outlook) {}

  /**
   * Judges the policy of a learner.
   *
   * @param assembler knows what the wrappers of the experiment do
   * @param experiment what the learner was trained by
   * @param listener takes the steps
   */
  static Verdict judge(
      Assembler assembler,
      VectorEnvironment environment,
      Learner learner,
      Experiment experiment,
      Evaluation.Plan plan,
      Listener listener) {
    Optional<ValueFunction> values = learner.values();
    if (values.isEmpty()
        || assembler.changesRewards(experiment)
        || !(experiment.learner().options().get("gamma") instanceof Number gamma)) {
      return new Verdict(
          Judgement.of(Evaluation.of(environment, learner.policy(), plan, List.of(listener))),
          null);
    }
    Judge judge = new Judge(gamma.doubleValue(), environment.rows());
    List<Listener> listeners = new ArrayList<>(List.of(judge, listener));
    Judgement judgement =
        Judgement.of(
            Evaluation.of(
                environment, judge.observing(learner.policy(), values.get()), plan, listeners));
    return new Verdict(judgement, judge.outlook());
  }

  private Outlook outlook() {
    return new Outlook(gamma, valueSum / values, discountedSum / episodes, largest);
  }

  /** Notes the end of an episode, which is reported before its last step. */
  @Override
  public void onEpisode(Episode episode, Progress progress) {
    ended[episode.row()] = true;
  }

  @Override
  public void onStep(Step step, Progress progress) {
    Rows rows = step.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      discounted[row] += discount[row] * step.reward(row);
      discount[row] *= gamma;
      if (ended[row]) {
        discountedSum += discounted[row];
        largest = Math.max(largest, Math.abs(discounted[row]));
        episodes++;
        ended[row] = false;
        discounted[row] = 0;
        discount[row] = 1;
      }
    }
  }

  private void expect(double value) {
    valueSum += value;
    values++;
  }

  /** The same policy, whose actors look up the value of the first observation of each episode. */
  private Policy observing(Policy policy, ValueFunction values) {
    return new Policy() {
      @Override
      public Actor actor(int rows, RandomStreams random) {
        return new Observing(policy.actor(rows, random), values, rows);
      }

      @Override
      public Policy snapshot() {
        return observing(policy.snapshot(), values.snapshot());
      }

      @Override
      public Dict extras() {
        return policy.extras();
      }
    };
  }

  private final class Observing implements Actor {
    private final Actor actor;
    private final ValueFunction values;
    private final boolean[] begins;
    private final double[] numbers;
    private final Rows one;

    Observing(Actor actor, ValueFunction values, int rows) {
      this.actor = actor;
      this.values = values;
      this.begins = new boolean[rows];
      this.numbers = new double[rows * values.width()];
      this.one = new Rows(rows);
    }

    @Override
    public void begin(Rows rows) {
      for (int i = 0; i < rows.count(); i++) {
        begins[rows.at(i)] = true;
      }
      actor.begin(rows);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (begins[row]) {
          begins[row] = false;
          one.clear();
          one.add(row);
          values.evaluate(one, observations, numbers);
          expect(best(observations, row));
        }
      }
      actor.act(rows, observations, actions);
    }

    private double best(Observations observations, int row) {
      int width = values.width();
      double best = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < width; a++) {
        if (observations.maskWidth() != width || observations.allows(row, a)) {
          best = Math.max(best, numbers[row * width + a]);
        }
      }
      return best;
    }

    @Override
    public int rows() {
      return actor.rows();
    }

    @Override
    public void carryShared(State state) {
      actor.carryShared(state);
    }

    @Override
    public void carry(State state, int row) {
      actor.carry(state, row);
    }
  }
}
