package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Function;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.td.QLearning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvantageLearningTest {

  /** The fixed point of the update: V(s) − Q(s, a) is 1 / (1 − κ) times that of Q-learning. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42})
  void train_anySeed_widensTheGapBetweenActions(long seed) {
    ControlConfig config = ControlConfig.defaults().withEpsilon(Schedule.constant(1));
    QTable usual = trained(seed, context -> new QLearning(context, config));
    QTable wide = trained(seed, context -> new AdvantageLearning(context, config));

    for (int state = 0; state < usual.states(); state++) {
      assertEquals(usual.max(state), wide.max(state), 1e-6);
      for (int action = 0; action < usual.actions(); action++) {
        double gap = usual.max(state) - usual.get(state, action);
        assertEquals(
            gap / (1 - AdvantageLearning.KAPPA), wide.max(state) - wide.get(state, action), 1e-6);
      }
    }
  }

  private static QTable trained(long seed, Function<LearnerContext, QControl> learner) {
    try (Trainer<QControl> trainer =
        Trainer.on(new Track()).seed(seed).budget(Budget.steps(50_000)).build(learner)) {
      trainer.run();
      return trainer.learner().table();
    }
  }
}
