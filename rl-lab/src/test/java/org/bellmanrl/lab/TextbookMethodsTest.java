package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.textbook.CarRental;
import org.bellmanrl.env.textbook.CarRentalOptions;
import org.bellmanrl.env.textbook.Gambler;
import org.bellmanrl.env.textbook.GamblerOptions;
import org.bellmanrl.env.textbook.ModelTask;
import org.bellmanrl.env.textbook.RandomWalk;
import org.bellmanrl.env.textbook.RandomWalkOptions;
import org.bellmanrl.env.toytext.Blackjack;
import org.bellmanrl.env.toytext.BlackjackOptions;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.env.toytext.Maze;
import org.bellmanrl.env.toytext.MazeOptions;
import org.bellmanrl.tabular.dp.PolicyEvaluation;
import org.bellmanrl.tabular.dp.PolicyIteration;
import org.bellmanrl.tabular.dp.PolicyTable;
import org.bellmanrl.tabular.dp.StatePolicy;
import org.bellmanrl.tabular.dp.SweepOrder;
import org.bellmanrl.tabular.dp.Termination;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.bellmanrl.tabular.montecarlo.MonteCarloConfig;
import org.bellmanrl.tabular.montecarlo.MonteCarloExploringStarts;
import org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloPrediction;
import org.bellmanrl.tabular.montecarlo.Weighting;
import org.bellmanrl.tabular.planning.Uct;
import org.bellmanrl.tabular.policy.FixedPolicy;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.td.AfterstateTd;
import org.bellmanrl.tabular.td.AfterstateValues;
import org.bellmanrl.tabular.td.BatchTd;
import org.junit.jupiter.api.Test;

/** Methods of the textbook on its tasks, checked against exact values. */
class TextbookMethodsTest {
  private static final int STICK = 0;
  private static final int HIT = 1;

  /** The dealer shows a 2, the player has 13 with a usable ace (example 5.4). */
  private static final int STATE = state(13, 2, true);

  private static int state(int sum, int dealer, boolean usableAce) {
    return (sum * 11 + dealer) * 2 + (usableAce ? 1 : 0);
  }

  private static FiniteModel blackjack() {
    return new Blackjack(new BlackjackOptions(false, false))
        .capability(Modelled.class)
        .orElseThrow()
        .model();
  }

  /** Sticks on 20 and 21. */
  private static PolicyTable stickOnTwenty(FiniteModel model) {
    int[] action = new int[model.states()];
    for (int s = 0; s < action.length; s++) {
      action[s] = s / 22 >= 20 ? STICK : HIT;
    }
    return PolicyTable.deterministic(action, 2);
  }

  /** The value of example 5.4, as dynamic programming has it. */
  @Test
  void blackjackState_exactly_isWorthWhatTheBookSays() {
    FiniteModel model = blackjack();
    PolicyEvaluation exact =
        new PolicyEvaluation(model, stickOnTwenty(model), PolicyEvaluation.Config.of(1));
    exact.run();

    assertThat(exact.value(STATE)).isCloseTo(-0.27726, within(2e-4));
  }

  /**
   * Example 5.4 and figure 5.3: the mean square errors of 100 runs, against the exact value. The
   * ordinary estimate errs by the variance of ρ G over n, and the weighted one far less at first.
   */
  @Test
  void blackjackState_importanceSampling_weightedErrsLessAtFirst() {
    FiniteModel model = blackjack();
    PolicyTable target = stickOnTwenty(model);
    PolicyEvaluation exact = new PolicyEvaluation(model, target, PolicyEvaluation.Config.of(1));
    exact.run();
    ModelTask task = new ModelTask("Blackjack state", model, 0).from(STATE);

    double[] ordinary = errors(task, target, Weighting.ORDINARY, exact.value(STATE));
    double[] weighted = errors(task, target, Weighting.WEIGHTED, exact.value(STATE));

    double variance = secondMoment(model, target) - exact.value(STATE) * exact.value(STATE);
    assertThat(ordinary[0]).isBetween(0.5 * variance / 10, 2 * variance / 10);
    assertThat(ordinary[1]).isBetween(0.5 * variance / 1000, 2 * variance / 1000);
    assertThat(weighted[0]).isLessThan(0.5 * ordinary[0]);
    assertThat(weighted[1]).isLessThan(0.01);
  }

  /** E[(ρ G)²] under the random behaviour, by sweeps: rewards come at the end only. */
  private static double secondMoment(FiniteModel model, PolicyTable target) {
    double[] m = new double[model.states()];
    for (int sweep = 0; sweep < 100; sweep++) {
      for (int s = 0; s < m.length; s++) {
        int a = target.likeliest(s);
        double sum = 0;
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          double rest = model.terminated(i) ? model.reward(i) * model.reward(i) : m[model.next(i)];
          sum += model.probability(i) * rest;
        }
        // Half of the steps take the target's action, and the square of their ratio is 4.
        m[s] = 2 * sum;
      }
    }
    return m[STATE];
  }

  /** Mean square errors of 100 runs after 10 and after 1000 episodes. */
  private static double[] errors(
      ModelTask task, PolicyTable target, Weighting weighting, double exact) {
    double[] errors = new double[2];
    int runs = 100;
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < 2; i++) {
        try (Trainer<?> trainer =
            Trainer.on(task)
                .seed(run)
                .budget(Budget.episodes(i == 0 ? 10 : 1000))
                .build(context ->
                    new OffPolicyMonteCarloPrediction(
                        context,
                        OffPolicyMonteCarloPrediction.Config.defaults()
                            .withWeighting(weighting)
                            .withReturns(MonteCarloConfig.defaults().withGamma(1)),
                        new StatePolicy(task.spec(), target),
                        new FixedPolicy(task.spec().actionSpace(), List.of())))) {
          trainer.run();
          double v = ((OffPolicyMonteCarloPrediction) trainer.learner()).table().get(STATE);
          errors[i] += (v - exact) * (v - exact) / runs;
        }
      }
    }
    return errors;
  }

  /**
   * Figure 5.2: Monte Carlo ES finds the best blackjack strategy. Wherever the better action is
   * worth 0.1 more than the other, in hands of 12 and more, it is the one found; and the whole
   * strategy loses less than 0.002 of the best return, −0.046556.
   */
  @Test
  void exploringStarts_blackjack_findTheStrategyOfTheFigure() {
    FiniteModel model = blackjack();
    ValueIteration best = new ValueIteration(model, ValueIteration.Config.defaults().withGamma(1));
    best.run();
    assertThat(best.startValue()).isCloseTo(-0.046556, within(1e-6));
    ModelTask task = new ModelTask("Blackjack", model, 0).fromAnywhere();
    try (Trainer<?> trainer =
        Trainer.on(task)
            .seed(1)
            .budget(Budget.episodes(4_000_000))
            .build(context ->
                new MonteCarloExploringStarts(
                    context, MonteCarloExploringStarts.Config.defaults()))) {
      trainer.run();
      QTable q = ((MonteCarloExploringStarts) trainer.learner()).table();
      int[] learned = new int[model.states()];
      for (int s = 0; s < learned.length; s++) {
        learned[s] = q.get(s, STICK) >= q.get(s, HIT) ? STICK : HIT;
      }
      int clear = 0;
      for (int sum = 12; sum <= 21; sum++) {
        for (int dealer = 1; dealer <= 10; dealer++) {
          for (boolean ace : new boolean[] {false, true}) {
            int s = state(sum, dealer, ace);
            double advantage = best.value(s, HIT) - best.value(s, STICK);
            if (Math.abs(advantage) > 0.1) {
              clear++;
              assertThat(learned[s])
                  .as("%d, %d, %s", sum, dealer, ace)
                  .isEqualTo(advantage > 0 ? HIT : STICK);
            }
          }
        }
      }
      assertThat(clear).isGreaterThan(100);
      PolicyEvaluation found =
          new PolicyEvaluation(
              model, PolicyTable.deterministic(learned, 2), PolicyEvaluation.Config.of(1));
      found.run();
      assertThat(found.startValue()).isBetween(best.startValue() - 0.002, best.startValue());
    }
  }

  /**
   * Figure 6.2: RMS errors of batch TD on the walk of five states after 25 and 100 episodes, 100
   * runs; independent simulations have .078 and .041.
   */
  @Test
  void batchTd_randomWalk_errsAsInTheFigure() {
    assertThat(batchError(25)).isCloseTo(0.078, within(0.008));
    assertThat(batchError(100)).isCloseTo(0.041, within(0.005));
  }

  private static double batchError(int episodes) {
    int runs = 100;
    double sum = 0;
    for (int run = 0; run < runs; run++) {
      try (Trainer<?> trainer =
          Trainer.on(new RandomWalk(RandomWalkOptions.five()))
              .seed(run)
              .budget(Budget.episodes(episodes))
              .build(context ->
                  new BatchTd(
                      context,
                      new BatchTd.Config(1, 1e-6, 10_000, 0.5),
                      new RandomPolicy(context.spec().actionSpace())))) {
        trainer.run();
        BatchTd learner = (BatchTd) trainer.learner();
        double squares = 0;
        for (int s = 0; s < 5; s++) {
          double error = learner.table().get(s) - (s + 1) / 6.0;
          squares += error * error;
        }
        sum += Math.sqrt(squares / 5);
      }
    }
    return sum / runs;
  }

  /** Jack's mornings: the greedy policy over learned afterstates is nearly the best there is. */
  @Test
  void afterstates_carRental_areLearnedNearlyOptimally() {
    CarRental rental = new CarRental(CarRentalOptions.defaults());
    FiniteModel model = rental.capability(Modelled.class).orElseThrow().model();
    ValueIteration best =
        new ValueIteration(model, ValueIteration.Config.defaults().withGamma(0.9));
    best.run();
    try (Trainer<?> trainer =
        Trainer.on(rental)
            .seed(1)
            .budget(Budget.steps(400_000))
            .build(context ->
                new AfterstateTd(
                    context,
                    new AfterstateTd.Config(
                        Schedule.parse("linear:0.2:0.005:100%"),
                        0.9,
                        Schedule.constant(0.2),
                        TieBreak.FIRST,
                        600)))) {
      trainer.run();
      AfterstateValues values = ((AfterstateTd) trainer.learner()).table();
      int start = 10 * 21 + 10;
      double mostThere = Double.NEGATIVE_INFINITY;
      int[] greedy = new int[model.states()];
      for (int s = 0; s < greedy.length; s++) {
        for (int a = 0; a < model.actions(); a++) {
          greedy[s] = values.value(s, a) > values.value(s, greedy[s]) ? a : greedy[s];
        }
        mostThere = s == start ? values.value(s, greedy[s]) : mostThere;
      }
      assertThat(mostThere).isCloseTo(best.value(start), within(0.02 * best.value(start)));
      PolicyEvaluation found =
          new PolicyEvaluation(
              model,
              PolicyTable.deterministic(greedy, model.actions()),
              PolicyEvaluation.Config.of(0.9));
      found.run();
      assertThat(found.value(start)).isGreaterThan(0.98 * best.value(start));
      int[] never = new int[model.states()];
      Arrays.fill(never, CarRental.MOST_MOVED);
      PolicyEvaluation idle =
          new PolicyEvaluation(
              model,
              PolicyTable.deterministic(never, model.actions()),
              PolicyEvaluation.Config.of(0.9));
      idle.run();
      assertThat(idle.value(start)).isLessThan(0.98 * best.value(start));
    }
  }

  /**
   * Without discounting, circles over the ice look as good as the way to the goal: the policies of
   * dynamic programming take the way, by exact evaluation, and earn what they promise.
   */
  @Test
  void dynamicProgramming_withoutDiscount_earnsTheOptimum() {
    FiniteModel lake = new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false)).model();
    assertEarned(lake, 1);
    assertEarned(new CliffWalking(CliffWalkingOptions.defaults()).model(), -13);
    assertEarned(new Gambler(new GamblerOptions(0.4, 100, Optional.of(50))).model(), 0.4);
    // 14 steps, of which all but the last cost 0.01.
    assertEarned(new Maze(MazeOptions.defaults().withMapName("dyna")).model(), 1 - 13 * 0.01);
  }

  private static void assertEarned(FiniteModel model, double optimum) {
    for (SweepOrder order : SweepOrder.values()) {
      ValueIteration iteration =
          new ValueIteration(model, ValueIteration.Config.defaults().withGamma(1).withOrder(order));
      iteration.run();
      assertThat(earned(model, iteration.policy())).isCloseTo(optimum, within(1e-8));
    }
    PolicyIteration iteration =
        new PolicyIteration(model, PolicyIteration.Config.defaults().withGamma(1));
    iteration.run();
    assertThat(earned(model, iteration.policy())).isCloseTo(optimum, within(1e-8));
  }

  private static double earned(FiniteModel model, PolicyTable policy) {
    PolicyEvaluation evaluation =
        new PolicyEvaluation(model, policy, PolicyEvaluation.Config.of(1));
    evaluation.run();
    return evaluation.startValue();
  }

  /**
   * The crumb of the course's maze is there again at every visit: walking to and fro pays for ever.
   */
  @Test
  void termination_mazeOfTheCourse_hasNoFiniteValues() {
    FiniteModel model = new Maze(MazeOptions.defaults().withMapName("course")).model();

    assertThatThrownBy(() -> Termination.check("value-iteration", model, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is paid for ever; use gamma < 1");
  }

  /** UCT in an environment that is saved and restored finds the shortest way across the lake. */
  @Test
  void uct_firmFrozenLake_takesTheShortestWay() {
    FrozenLakeOptions firm =
        FrozenLakeOptions.defaults().withMap(List.of("SFF", "FHF", "FFG")).withSlippery(false);
    FrozenLake lake = new FrozenLake(firm);
    Uct planner =
        new Uct(new FrozenLake(firm), new Uct.Config(1000, 30, 0.9, 1), RandomStream.ofSeed(7));
    try (Simulation simulation = new Simulation(lake)) {
      for (int episode = 0; episode < 10; episode++) {
        simulation.reset(episode);
        while (!simulation.ended()) {
          simulation.step(planner.plan(lake, simulation.observations()));
        }
        assertThat(simulation.episodeReturn()).isEqualTo(1);
        assertThat(simulation.length()).isEqualTo(4);
      }
    }
  }

  /**
   * The gambler with 2 who wants 8 stakes it all: that wins with probability 0.16, 1 at a time .14.
   */
  @Test
  void uct_gambler_valueComesToThatOfBoldPlay() {
    GamblerOptions options = new GamblerOptions(0.4, 8, Optional.of(2));
    Gambler game = new Gambler(options);
    Uct planner =
        new Uct(new Gambler(options), new Uct.Config(30_000, 50, 1, 0.5), RandomStream.ofSeed(1));
    try (Simulation simulation = new Simulation(game)) {
      simulation.reset(1);

      assertThat(planner.plan(game, simulation.observations())).isEqualTo(2);
      assertThat(planner.value(1)).isCloseTo(0.16, within(0.02));
      assertThat(planner.tries(2)).isZero();
    }
  }
}
