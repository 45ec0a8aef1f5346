package org.bellmanrl.tabular.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.policy.TieBreak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BanditsTest {
  private static final EnvironmentSpec ARMS =
      EnvironmentSpec.of("Arms", new Discrete(1), new Discrete(3)).continuing();
  private static final EnvironmentSpec CONTEXTS =
      EnvironmentSpec.of("Contexts", Box.of(-10, 10, 2), new Discrete(2)).continuing();

  private final Steps steps = new Steps(ARMS, 1);

  private static ActionValueBandit values(Optional<Schedule> stepSize, double initial) {
    return new ActionValueBandit(
        Tasks.context(ARMS, 1),
        new ActionValueBandit.Config(stepSize, Schedule.constant(0), initial, TieBreak.FIRST));
  }

  /** Which arm a policy takes where nothing but one value is observed. */
  private static int act(Policy policy, EnvironmentSpec spec, Observations observations) {
    Actor actor = policy.actor(1, RandomStreams.ofSeeds(0));
    Actions actions = new Actions(spec.actionSpace(), policy.extras(), 1);
    actor.act(Rows.all(1), observations, actions);
    return actions.values().ints()[0];
  }

  @Test
  void actionValues_samples_areAveraged() {
    ActionValueBandit learner = values(Optional.empty(), 100);

    steps.step(0, 0, 1, 3, 0).to(learner);
    assertThat(learner.table().get(0, 1)).isEqualTo(3);
    steps.step(0, 0, 1, 6, 0).to(learner);
    steps.step(0, 0, 1, 0, 0).to(learner);

    assertThat(learner.table().get(0, 1)).isEqualTo(3, within(1e-15));
    assertThat(learner.table().get(0, 0)).isEqualTo(100);
  }

  @Test
  void actionValues_constantStep_forgetsTheInitialValueSlowly() {
    ActionValueBandit learner = values(Optional.of(Schedule.constant(0.25)), 8);

    steps.step(0, 0, 1, 4, 0).to(learner);

    assertThat(learner.table().get(0, 1)).isEqualTo(7);
  }

  @Test
  void actionValues_nextObservation_isIgnored() {
    ActionValueBandit learner = values(Optional.empty(), 5);

    steps.step(0, 0, 0, 1, 0).truncated(0).to(learner);

    assertThat(learner.table().get(0, 0)).isEqualTo(1);
  }

  @Test
  void ucb_choice_weighsEstimateAndDoubt() {
    UpperConfidenceBound learner =
        new UpperConfidenceBound(
            Tasks.context(ARMS, 1),
            new UpperConfidenceBound.Config(2, Optional.empty(), TieBreak.FIRST));
    Observations seen = new Observations(ARMS, 1);
    assertThat(act(learner.behaviour(), ARMS, seen)).isZero();
    // Arms not pulled yet come first, whatever the others pay.
    steps.step(0, 0, 0, 100, 0).to(learner);
    assertThat(act(learner.behaviour(), ARMS, seen)).isEqualTo(1);
    steps.step(0, 0, 1, 98, 0).to(learner);
    steps.step(0, 0, 2, 0, 0).to(learner);
    assertThat(act(learner.behaviour(), ARMS, seen)).isZero();
    for (int i = 0; i < 12; i++) {
      steps.step(0, 0, 0, 100, 0).to(learner);
    }

    // t = 16: 100 + 2 √(2.77 / 13) = 100.92 and 98 + 2 √(2.77 / 1) = 101.33
    assertThat(act(learner.behaviour(), ARMS, seen)).isEqualTo(1);
    assertThat(act(learner.policy(), ARMS, seen)).isZero();
  }

  @Test
  void ucb_snapshot_keepsItsBounds() {
    UpperConfidenceBound learner =
        new UpperConfidenceBound(
            Tasks.context(ARMS, 1),
            new UpperConfidenceBound.Config(2, Optional.empty(), TieBreak.FIRST));
    Policy before = learner.behaviour().snapshot();

    steps.step(0, 0, 0, 100, 0).to(learner);

    assertThat(act(before, ARMS, new Observations(ARMS, 1))).isZero();
  }

  @Test
  void gradient_step_movesAllPreferences() {
    GradientBandit learner =
        new GradientBandit(
            Tasks.context(ARMS, 1), new GradientBandit.Config(Schedule.constant(0.5), true));

    // The baseline begins as the first reward, so that reward moves nothing.
    steps.step(0, 0, 1, 4, 0).to(learner);
    assertThat(learner.preferences().get(0, 1)).isZero();
    steps.step(0, 0, 1, 10, 0).to(learner);

    // α (R − R̄) = 3, times 1 − 1/3 and −1/3
    assertThat(learner.preferences().get(0, 1)).isEqualTo(2, within(1e-14));
    assertThat(learner.preferences().get(0, 0)).isEqualTo(-1, within(1e-14));
    assertThat(learner.preferences().get(0, 2)).isEqualTo(-1, within(1e-14));
  }

  @Test
  void gradient_noBaseline_movesByTheWholeReward() {
    GradientBandit learner =
        new GradientBandit(
            Tasks.context(ARMS, 1), new GradientBandit.Config(Schedule.constant(0.5), false));

    steps.step(0, 0, 2, 6, 0).to(learner);

    assertThat(learner.preferences().get(0, 2)).isEqualTo(2, within(1e-14));
  }

  @Test
  void thompsonBernoulli_means_areThoseOfTheBetaPosterior() {
    ThompsonBernoulli learner =
        new ThompsonBernoulli(Tasks.context(ARMS, 1), new ThompsonBernoulli.Config(1, 1, 0, 1));

    steps.step(0, 0, 1, 1, 0).to(learner);
    steps.step(0, 0, 1, 1, 0).to(learner);
    steps.step(0, 0, 1, 0, 0).to(learner);

    assertThat(learner.means().get(0, 1)).isEqualTo(3.0 / 5, within(1e-15));
    assertThat(learner.means().get(0, 0)).isEqualTo(0.5);
    assertThatThrownBy(() -> steps.step(0, 0, 1, 1.5, 0).to(learner))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rewards in [0.0, 1.0], was given 1.5");
  }

  @Test
  void thompsonGaussian_means_areThoseOfTheNormalPosterior() {
    ThompsonGaussian learner =
        new ThompsonGaussian(Tasks.context(ARMS, 1), new ThompsonGaussian.Config(2, 0.5, 2));

    steps.step(0, 0, 1, 10, 0).to(learner);
    steps.step(0, 0, 1, 6, 0).to(learner);

    // (2 / 0.25 + 16 / 4) / (1 / 0.25 + 2 / 4)
    assertThat(learner.means().get(0, 1)).isEqualTo(12 / 4.5, within(1e-14));
    assertThat(learner.means().get(0, 0)).isEqualTo(2);
  }

  /** Beta(a, b) has mean a / (a + b) and variance ab / ((a + b)² (a + b + 1)). */
  @Test
  void beta_draws_haveItsMeanAndVariance() {
    double[][] parameters = {{1, 1}, {0.5, 0.5}, {3, 7}, {40, 2}};
    for (double[] p : parameters) {
      RandomStream random = RandomStream.ofSeed(1);
      double sum = 0;
      double squares = 0;
      int n = 40_000;
      for (int i = 0; i < n; i++) {
        double x = BetaDistribution.draw(p[0], p[1], random);
        assertThat(x).isBetween(0.0, 1.0);
        sum += x;
        squares += x * x;
      }
      double total = p[0] + p[1];
      double variance = p[0] * p[1] / (total * total * (total + 1));
      double mean = sum / n;
      // Five standard errors of the mean; the variance of a variance is at most its fourth power.
      assertThat(mean).isCloseTo(p[0] / total, within(5 * Math.sqrt(variance / n)));
      assertThat(squares / n - mean * mean).isCloseTo(variance, within(0.06 * variance));
    }
  }

  @Test
  void exp3_step_weighsByTheProbability() {
    Exp3 learner = new Exp3(Tasks.context(ARMS, 1), new Exp3.Config(0.3, 0, 2));
    Actions actions = new Actions(ARMS.actionSpace(), learner.behaviour().extras(), 1);
    Outcomes outcomes = new Outcomes(ARMS, 1);
    Observations seen = new Observations(ARMS, 1);
    learner.behaviour().actor(1, RandomStreams.ofSeeds(0)).act(Rows.all(1), seen, actions);
    int arm = actions.values().ints()[0];
    assertThat(actions.extras().floats()[0]).isCloseTo(1 / 3f, within(1e-6f));
    outcomes.reward()[0] = 1;
    learner.observe(new Transitions(Rows.all(1), seen, actions, outcomes, null));

    // γ x / (K p) = 0.3 · 0.5 / (3 · 1/3)
    assertThat(learner.logWeights().get(0, arm)).isCloseTo(0.15, within(1e-7));
    assertThat(learner.logWeights().get(0, (arm + 1) % 3)).isZero();
  }

  @Test
  void exp3_probabilities_areTheMixture() {
    Exp3 learner = new Exp3(Tasks.context(ARMS, 1), new Exp3.Config(0.4, 0, 1));
    learner.logWeights().set(0, 1, Math.log(8));
    Actor actor = learner.behaviour().actor(1, RandomStreams.ofSeeds(3));
    Actions actions = new Actions(ARMS.actionSpace(), learner.behaviour().extras(), 1);
    double[] expected = {0.6 * 0.1 + 0.4 / 3, 0.6 * 0.8 + 0.4 / 3, 0.6 * 0.1 + 0.4 / 3};
    int[] counts = new int[3];
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      actor.act(Rows.all(1), new Observations(ARMS, 1), actions);
      int arm = actions.values().ints()[0];
      counts[arm]++;
      assertThat(actions.extras().floats()[0]).isCloseTo((float) expected[arm], within(1e-6f));
    }
    for (int arm = 0; arm < 3; arm++) {
      double p = expected[arm];
      assertThat((double) counts[arm] / n).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / n)));
    }
  }

  @Test
  void linUcb_theta_isTheRidgeRegression() {
    LinUcb learner = new LinUcb(Tasks.context(CONTEXTS, 1), new LinearBanditConfig(1, 1));
    Steps contexts = new Steps(CONTEXTS, 1);

    contexts.step(0, new float[] {1, 0}, 1, 4, new float[2]).to(learner);
    contexts.step(0, new float[] {1, 2}, 1, 6, new float[2]).to(learner);

    // A = [[3, 2], [2, 5]], b = (10, 12): θ = (50 − 24, −20 + 36) / 11
    assertThat(learner.theta(1, 0)).isCloseTo(26 / 11.0, within(1e-14));
    assertThat(learner.theta(1, 1)).isCloseTo(16 / 11.0, within(1e-14));
    assertThat(learner.theta(0, 0)).isZero();
  }

  @Test
  void ridge_draws_haveTheCovarianceOfThePosterior() {
    RidgeArms arms = new RidgeArms(CONTEXTS, 1, 0.5);
    Steps contexts = new Steps(CONTEXTS, 1);
    contexts.step(0, new float[] {1, 0}, 1, 4, new float[2]);
    arms.learn(contexts.transitions, 0);
    contexts.step(0, new float[] {1, 2}, 1, 6, new float[2]);
    arms.learn(contexts.transitions, 0);
    Observations seen = new Observations(CONTEXTS, 1);
    seen.values().floats()[0] = 3;
    seen.values().floats()[1] = 1;
    RandomStream random = RandomStream.ofSeed(4);
    double[] work = new double[arms.scratch()];
    double sum = 0;
    double squares = 0;
    int n = 40_000;
    for (int i = 0; i < n; i++) {
      double drawn = arms.draw(seen, 0, 1, random, work);
      sum += drawn;
      squares += drawn * drawn;
    }
    double mean = sum / n;

    // A⁻¹ = [[5, −2], [−2, 3]] / 11 and x = (3, 1): variance 0.25 · (45 − 12 + 3) / 11
    double variance = 0.25 * 36 / 11;
    assertThat(mean).isCloseTo((3 * 26 + 16) / 11.0, within(5 * Math.sqrt(variance / n)));
    assertThat(squares / n - mean * mean).isCloseTo(variance, within(0.05 * variance));
    double[] bounds = new double[2];
    arms.evaluate(Rows.all(1), seen, bounds);
    assertThat(bounds[1])
        .isCloseTo((3 * 26 + 16) / 11.0 + 0.5 * Math.sqrt(36 / 11.0), within(1e-12));
    assertThat(bounds[0]).isCloseTo(0.5 * Math.sqrt(10), within(1e-12));
  }

  static Stream<Arguments> learners() {
    return Stream.of(
        learner("lin-ucb", c -> new LinUcb(c, LinearBanditConfig.defaults())),
        learner("linear-thompson", c -> new LinearThompson(c, LinearBanditConfig.defaults())));
  }

  private static Arguments learner(String name, Function<LearnerContext, Learner> make) {
    return Arguments.of(name, make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("learners")
  void contextual_linearRewards_areLearned(String name, Function<LearnerContext, Learner> make) {
    try (Trainer<?> trainer =
        Trainer.on(new Sides()).seed(3).budget(Budget.steps(2000)).build(make)) {
      trainer.run();
      Evaluation evaluation =
          Evaluation.of(new Sides(), trainer.learner().policy(), Evaluation.Plan.episodes(20));

      // The better arm pays |x| more than nothing: 0.5 a pull; either arm alone pays 0.
      assertThat(evaluation.meanReturn() / Sides.PULLS).isGreaterThan(0.45);
    }
  }

  @Test
  void offPolicy_table_givesTheThreeEstimates() {
    OffPolicyEstimate estimate = new OffPolicyEstimate();
    estimate.add(2, 0.5, 1, 1, 1.5);
    estimate.add(4, 0.25, 0.5, 3, 2);
    estimate.add(6, 0.25, 0, 5, 4);

    // ρ = 2, 2, 0
    assertThat(estimate.count()).isEqualTo(3);
    assertThat(estimate.inversePropensity()).isEqualTo((4 + 8 + 0) / 3.0);
    assertThat(estimate.selfNormalised()).isEqualTo(3);
    assertThat(estimate.doublyRobust()).isCloseTo((3.5 + 4 + 4) / 3, within(1e-15));
    // Of 4, 8 and 0 the variance is 16.
    assertThat(estimate.inversePropensityError()).isCloseTo(Math.sqrt(16 / 3.0), within(1e-14));
  }

  /** Under the estimates of several thousand logged pulls the truth lies within the errors. */
  @Test
  void offPolicy_loggedPulls_judgeAnotherPolicy() {
    double[] means = {0.2, 0.5, 0.9};
    double[] behaviour = {0.6, 0.3, 0.1};
    double[] target = {0.1, 0.1, 0.8};
    double[] model = {0.3, 0.3, 0.7};
    double truth = 0.1 * 0.2 + 0.1 * 0.5 + 0.8 * 0.9;
    double modelled = 0.1 * 0.3 + 0.1 * 0.3 + 0.8 * 0.7;
    OffPolicyEstimate estimate = new OffPolicyEstimate();
    RandomStream random = RandomStream.ofSeed(7);
    for (int i = 0; i < 20_000; i++) {
      int arm = random.choice(behaviour);
      double reward = random.random() < means[arm] ? 1 : 0;
      estimate.add(reward, behaviour[arm], target[arm], model[arm], modelled);
    }

    assertThat(estimate.inversePropensity())
        .isCloseTo(truth, within(4 * estimate.inversePropensityError()));
    assertThat(estimate.doublyRobust()).isCloseTo(truth, within(4 * estimate.doublyRobustError()));
    assertThat(estimate.selfNormalised()).isCloseTo(truth, within(0.04));
    // What the doubly robust estimate is for: a fair model takes variance away.
    assertThat(estimate.doublyRobustError()).isLessThan(0.8 * estimate.inversePropensityError());
  }

  @Test
  void offPolicy_impossiblePull_isRefused() {
    assertThatThrownBy(() -> new OffPolicyEstimate().add(1, 0, 1))
        .hasMessageContaining("must be in (0, 1], was 0.0");
  }

  /** A context x in [−1, 1] beside a 1: arm 0 pays x and arm 1 pays −x, both with noise. */
  private static final class Sides implements Environment {
    static final int PULLS = 100;
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Sides", Box.of(-1, 1, 2), new Discrete(2))
            .withMaxEpisodeSteps(PULLS)
            .continuing();
    private double x;

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      show(random, observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward((action.discrete() == 0 ? x : -x) + 0.1 * random.standardNormal());
      show(random, outcome.observation());
    }

    private void show(RandomStream random, Observation observation) {
      x = random.uniform(-1, 1);
      observation.set(0, x);
      observation.set(1, 1);
    }
  }
}
