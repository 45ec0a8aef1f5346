package org.bellmanrl.examples.textbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.classic.MountainCar;
import org.bellmanrl.env.classic.MountainCarOptions;
import org.bellmanrl.tabular.linear.FeatureMap;
import org.bellmanrl.tabular.linear.Features;
import org.bellmanrl.tabular.linear.NStepSemiGradientSarsa;
import org.bellmanrl.tabular.linear.SemiGradientSarsa;
import org.bellmanrl.tabular.linear.TileCoding;
import org.bellmanrl.tabular.policy.TieBreak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mountain car with tile coding (Sutton and Barto, figures 10.2 to 10.4): 8 tilings of 8 × 8 tiles
 * from the left wall to the goal, ε = 0, γ = 1, no episode limit, initial values 0; the mean number
 * of steps of episodes 1 to 50. The expected numbers are those of independent simulations. The
 * number of runs is the system property {@code bellman.textbook.runs}, 6 by default.
 */
final class MountainCarTest {
  private static final int EPISODES = 50;
  private static final int RUNS = Integer.getInteger("bellman.textbook.runs", 6);

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("α = .1/8", 569, oneStep(0.1)),
        Arguments.of("α = .2/8", 407, oneStep(0.2)),
        Arguments.of("α = .5/8", 284, oneStep(0.5)),
        Arguments.of("n = 4, α = .5/8", 230, nStep(4, 0.5)),
        Arguments.of("n = 8, α = .3/8", 240, nStep(8, 0.3)));
  }

  private static FeatureMap tiles(EnvironmentSpec spec) {
    return TileCoding.exact(
        spec.observationSpace(), new double[] {-1.2, -0.07}, new double[] {0.5, 0.07}, 8, 8);
  }

  private static Function<LearnerContext, Learner> oneStep(double alpha) {
    return context ->
        new SemiGradientSarsa(
            context,
            new SemiGradientSarsa.Config(
                Features.tiles(8, 8),
                Schedule.constant(alpha / 8),
                1,
                Schedule.constant(0),
                TieBreak.RANDOM,
                0),
            tiles(context.spec()));
  }

  private static Function<LearnerContext, Learner> nStep(int n, double alpha) {
    return context ->
        new NStepSemiGradientSarsa(
            context,
            new NStepSemiGradientSarsa.Config(
                Features.tiles(8, 8),
                Schedule.constant(alpha / 8),
                1,
                n,
                Schedule.constant(0),
                TieBreak.RANDOM,
                0),
            tiles(context.spec()));
  }

  @ParameterizedTest(name = "{0}: {1} steps")
  @MethodSource("settings")
  void train_meanSteps_areThoseOfTheFigure(
      String name, int expected, Function<LearnerContext, Learner> learner) {
    double sum = 0;
    double squares = 0;
    for (int run = 0; run < RUNS; run++) {
      double mean = (double) steps(learner, run) / EPISODES;
      sum += mean;
      squares += mean * mean;
    }
    double mean = sum / RUNS;
    double error = Math.sqrt((squares / RUNS - mean * mean) / (RUNS - 1));

    assertThat(Math.abs(mean - expected))
        .as("mean %.1f, standard error %.1f of %d runs, expected %d", mean, error, RUNS, expected)
        .isLessThanOrEqualTo(Math.max(0.05 * expected, 3 * error));
    // A bound that noise has made wide would show nothing.
    assertThat(3 * error).isLessThan(0.15 * expected);
  }

  private static long steps(Function<LearnerContext, Learner> learner, int seed) {
    try (Trainer trainer =
        Trainer.on(new MountainCar(MountainCarOptions.defaults()))
            .seed(seed)
            .maxEpisodeSteps(0)
            .budget(Budget.episodes(EPISODES))
            .learner(learner)) {
      trainer.run();
      return trainer.progress().steps();
    }
  }
}
