package org.bellmanrl.examples.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.textbook.ShortCorridor;
import org.bellmanrl.env.textbook.ShortCorridorOptions;
import org.bellmanrl.tabular.gradient.Reinforce;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

/**
 * The short corridor (Sutton and Barto, example 13.1): the best probability of going right is 2 −
 * √2 = 0.586, whose value is −11.66. Judged is the mean value of the policies that several seeds
 * end at, exactly, by the closed form.
 */
final class ShortCorridorTest {
  private static final int RUNS = 10;
  private static final double BEST = -11.657;

  private static double meanValue(
      Function<LearnerContext, Learner> make, Function<Learner, QTable> preferences) {
    double sum = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      try (Trainer<?> trainer =
          Trainer.on(new ShortCorridor(ShortCorridorOptions.defaults()))
              .seed(seed)
              .budget(Budget.episodes(2000))
              .build(make)) {
        trainer.run();
        QTable h = preferences.apply(trainer.learner());
        double p = 1 / (1 + Math.exp(h.get(0, 0) - h.get(0, 1)));
        sum += -(4 - 2 * p) / (p * (1 - p));
      }
    }
    return sum / RUNS;
  }

  @Test
  void reinforce_baseline_findsTheBestProbability() {
    double mean =
        meanValue(
            context ->
                new Reinforce(
                    context,
                    new Reinforce.Config(
                        Schedule.constant(0x1p-9), Optional.of(Schedule.constant(0x1p-6)), 1)),
            learner -> ((Reinforce) learner).preferences());

    assertThat(mean).isCloseTo(BEST, within(0.05 * -BEST));
  }

  @Test
  void reinforce_noBaseline_findsTheBestProbability() {
    double mean =
        meanValue(
            context ->
                new Reinforce(
                    context, new Reinforce.Config(Schedule.constant(0x1p-13), Optional.empty(), 1)),
            learner -> ((Reinforce) learner).preferences());

    assertThat(mean).isCloseTo(BEST, within(0.05 * -BEST));
  }
}
