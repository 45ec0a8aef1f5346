package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.td.QLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example programs do what they say. */
class ExamplesTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void quickStart_anySeed_crossesTheLakeOnAShortestWay(long seed) {
    Evaluation result = QuickStart.learn(seed);

    assertThat(result.meanReturn()).isEqualTo(1);
    assertThat(result.meanLength()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void simulatorOwnsTheLoop_anySeed_learnsTheValuesOfTheTrack(long seed) {
    QLearning learned = SimulatorOwnsTheLoop.learn(20_000, seed);

    for (int place = 0; place < 5; place++) {
      double ahead = Math.pow(0.99, 4 - place);
      assertThat(learned.table().get(place, 1)).isCloseTo(ahead, within(1e-6));
      assertThat(learned.table().get(place, 0)).isLessThan(ahead - 1e-3);
    }
  }

  /** The fixed point of the update: V(s) − Q(s, a) is 1 / (1 − κ) times that of Q-learning. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void advantageLearning_anySeed_widensTheGapBetweenActions(long seed) {
    ControlConfig config = QLearning.defaults().withEpsilon(Schedule.constant(1));
    QTable usual = trained(seed, context -> new QLearning(context, config));
    QTable wide = trained(seed, context -> new AdvantageLearning(context, config));

    for (int state = 0; state < usual.states(); state++) {
      assertThat(wide.max(state)).isCloseTo(usual.max(state), within(1e-6));
      for (int action = 0; action < usual.actions(); action++) {
        double gap = usual.max(state) - usual.get(state, action);
        assertThat(wide.max(state) - wide.get(state, action))
            .isCloseTo(gap / (1 - AdvantageLearning.KAPPA), within(1e-6));
      }
    }
  }

  private static QTable trained(long seed, Function<LearnerContext, QControl> learner) {
    FrozenLake lake = new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false));
    try (Trainer<QControl> trainer =
        Trainer.on(lake).seed(seed).budget(Budget.steps(200_000)).build(learner)) {
      trainer.run();
      return trainer.learner().table();
    }
  }

  /** Acting at random, a pole stands for 22 steps on average. */
  @Test
  void deepQLearning_cartPole_holdsThePole() {
    try (Trainer<DeepQLearning> trainer =
        Trainer.on(new CartPole(CartPoleOptions.defaults()))
            .seed(0)
            .budget(Budget.steps(5_000))
            .build(context -> new DeepQLearning(context, DeepQLearning.defaults()))) {
      trainer.run();
      Evaluation result =
          Evaluation.of(
              new CartPole(CartPoleOptions.defaults()),
              trainer.learner().policy(),
              Evaluation.Plan.episodes(20));

      assertThat(result.meanReturn()).isGreaterThan(66);
    }
  }

  @Test
  void main_ofEachExample_prints() {
    assertThat(printed(() -> QuickStart.main(new String[0])))
        .isEqualTo("reached the goal in 100 % of 100 episodes, after 6.0 steps");
    assertThat(printed(() -> SimulatorOwnsTheLoop.main(new String[0])).lines())
        .hasSize(5)
        .last()
        .isEqualTo("at 4: back 0.980, ahead 1.000");
  }

  private static String printed(Runnable program) {
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(usual);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }
}
