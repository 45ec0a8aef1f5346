package org.bellmanrl.examples.textbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.textbook.BairdCounterexample;
import org.bellmanrl.tabular.linear.Features;
import org.bellmanrl.tabular.linear.GradientTd;
import org.bellmanrl.tabular.linear.GradientTd2;
import org.bellmanrl.tabular.linear.LinearPredictionConfig;
import org.bellmanrl.tabular.linear.LinearV;
import org.bellmanrl.tabular.linear.OffPolicyConfig;
import org.bellmanrl.tabular.linear.SemiGradientTd;
import org.bellmanrl.tabular.linear.Tdc;
import org.junit.jupiter.api.Test;

/**
 * Baird's counterexample (Sutton and Barto, figures 11.2 and 11.5): semi-gradient TD diverges off
 * policy, and the gradient methods do not.
 */
final class BairdTest {
  private static final double GAMMA = 0.99;
  private static final List<Double> BEHAVIOUR = List.of(6.0 / 7, 1.0 / 7);
  private static final List<Double> TARGET = List.of(0.0, 1.0);

  /** The largest weight after so many steps, from the book's (1, 1, 1, 1, 1, 1, 10, 1). */
  private static double largest(
      int seed, int steps, Function<LearnerContext, Learner> make, Function<Learner, LinearV> v) {
    try (Trainer<?> trainer =
        Trainer.on(new BairdCounterexample()).seed(seed).budget(Budget.steps(steps)).build(make)) {
      LinearV values = v.apply(trainer.learner());
      for (int i = 0; i < 8; i++) {
        values.setWeight(i, i == 6 ? 10 : 1);
      }
      trainer.run();
      double largest = 0;
      for (int i = 0; i < 8; i++) {
        largest = Math.max(largest, Math.abs(values.weight(i)));
      }
      return largest;
    }
  }

  private static LinearPredictionConfig prediction(double stepSize) {
    return new LinearPredictionConfig(
        Features.raw(), Schedule.constant(stepSize), GAMMA, BEHAVIOUR, 0);
  }

  @Test
  void semiGradientTd_diverges() {
    OffPolicyConfig config = new OffPolicyConfig(prediction(0.01), TARGET);
    for (int seed = 0; seed < 5; seed++) {
      double early =
          largest(seed, 1000, c -> new SemiGradientTd(c, config), l -> ((SemiGradientTd) l).v());
      double late =
          largest(seed, 5000, c -> new SemiGradientTd(c, config), l -> ((SemiGradientTd) l).v());

      assertThat(early).isGreaterThan(50);
      assertThat(late).isGreaterThan(100 * early);
    }
  }

  @Test
  void tdc_staysBounded() {
    GradientTd.Config config =
        new GradientTd.Config(prediction(0.005), Schedule.constant(0.05), TARGET);
    for (int seed = 0; seed < 5; seed++) {
      double largest = largest(seed, 50_000, c -> new Tdc(c, config), l -> ((Tdc) l).v());
      assertThat(largest).isLessThan(10);
    }
  }

  @Test
  void gtd2_staysBounded() {
    GradientTd.Config config =
        new GradientTd.Config(prediction(0.005), Schedule.constant(0.05), TARGET);
    for (int seed = 0; seed < 5; seed++) {
      double largest =
          largest(seed, 50_000, c -> new GradientTd2(c, config), l -> ((GradientTd2) l).v());
      assertThat(largest).isLessThan(10);
    }
  }
}
