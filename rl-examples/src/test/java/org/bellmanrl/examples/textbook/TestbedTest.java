package org.bellmanrl.examples.textbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.env.textbook.KArmedBandit;
import org.bellmanrl.env.textbook.KArmedBanditOptions;
import org.bellmanrl.tabular.bandit.ActionValueBandit;
import org.bellmanrl.tabular.bandit.GradientBandit;
import org.bellmanrl.tabular.bandit.UpperConfidenceBound;
import org.bellmanrl.tabular.policy.TieBreak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 10-armed testbed (Sutton and Barto, figures 2.2 to 2.5): mean reward and share of best arms
 * over steps 901 to 1000, each run on a problem of its own. The expected numbers are those of
 * independent simulations. The number of runs is the system property {@code
 * bellman.textbook.problems}, 400 by default where the book has 2000.
 */
final class TestbedTest {
  private static final int STEPS = 1000;
  private static final int WATCHED_FROM = 900;
  private static final int RUNS = Integer.getInteger("bellman.textbook.problems", 400);

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("ε = 0", 0.0, 1.03, 36, values(0, 0, Optional.empty())),
        Arguments.of("ε = 0.01", 0.0, 1.30, 58, values(0.01, 0, Optional.empty())),
        Arguments.of("ε = 0.1", 0.0, 1.35, 79, values(0.1, 0, Optional.empty())),
        Arguments.of(
            "optimistic, α = 0.1",
            0.0,
            1.48,
            86,
            values(0, 5, Optional.of(Schedule.constant(0.1)))),
        Arguments.of("UCB, c = 2", 0.0, 1.50, 87, ucb(2)),
        Arguments.of("gradient, α = 0.1", 0.0, 1.50, 83, gradient(true)),
        Arguments.of("gradient without baseline, values + 4", 4.0, 1.20, 48, gradient(false)));
  }

  private static Function<LearnerContext, Learner> values(
      double epsilon, double initial, Optional<Schedule> stepSize) {
    return context ->
        new ActionValueBandit(
            context,
            new ActionValueBandit.Config(
                stepSize, Schedule.constant(epsilon), initial, TieBreak.RANDOM));
  }

  private static Function<LearnerContext, Learner> ucb(double confidence) {
    return context ->
        new UpperConfidenceBound(
            context,
            new UpperConfidenceBound.Config(confidence, Optional.empty(), TieBreak.RANDOM));
  }

  private static Function<LearnerContext, Learner> gradient(boolean baseline) {
    return context ->
        new GradientBandit(context, new GradientBandit.Config(Schedule.constant(0.1), baseline));
  }

  @ParameterizedTest(name = "{0}: {2}, {3} %")
  @MethodSource("settings")
  void train_lastHundredSteps_areThoseOfTheFigure(
      String name,
      double shift,
      double expectedReward,
      double expectedPercent,
      Function<LearnerContext, Learner> learner) {
    Sample reward = new Sample();
    Sample percent = new Sample();
    for (int problem = 0; problem < RUNS; problem++) {
      KArmedBandit bandit = new KArmedBandit(new KArmedBanditOptions(10, problem, shift, STEPS));
      Watch[] watch = new Watch[1];
      try (Trainer trainer =
          Trainer.on(bandit)
              .seed(problem)
              .budget(Budget.steps(STEPS))
              .learner(context -> watch[0] = new Watch(learner.apply(context), bandit.best()))) {
        trainer.run();
      }
      reward.add(watch[0].rewards / (STEPS - WATCHED_FROM) - shift);
      percent.add(100.0 * watch[0].best / (STEPS - WATCHED_FROM));
    }

    reward.check("mean reward", expectedReward);
    percent.check("percentage of best arms", expectedPercent);
  }

  /** Independent numbers. */
  private static final class Sample {
    private double sum;
    private double squares;
    private int count;

    void add(double value) {
      sum += value;
      squares += value * value;
      count++;
    }

    void check(String what, double expected) {
      double mean = sum / count;
      double error = Math.sqrt((squares / count - mean * mean) / (count - 1));
      assertThat(Math.abs(mean - expected))
          .as("%s %.3f, standard error %.3f, expected %s", what, mean, error, expected)
          .isLessThanOrEqualTo(Math.max(0.05 * expected, 3 * error));
      // A bound that noise has made wide would show nothing.
      assertThat(3 * error).isLessThan(0.25 * expected);
    }
  }

  /** A learner whose last steps are watched. */
  private static final class Watch implements Learner {
    private final Learner learner;
    private final int bestArm;
    private int step;
    double rewards;
    int best;

    Watch(Learner learner, int bestArm) {
      this.learner = learner;
      this.bestArm = bestArm;
    }

    @Override
    public void observe(Transitions transitions) {
      if (step++ >= WATCHED_FROM) {
        rewards += transitions.reward()[0];
        best += transitions.actions().values().ints()[0] == bestArm ? 1 : 0;
      }
      learner.observe(transitions);
    }

    @Override
    public Policy behaviour() {
      return learner.behaviour();
    }

    @Override
    public Policy policy() {
      return learner.policy();
    }

    @Override
    public void save(StateWriter out) {
      learner.save(out);
    }

    @Override
    public void restore(StateReader in) {
      learner.restore(in);
    }
  }
}
