package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.deep.DeepCatalogue;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners with networks give the same bits for any number of threads that step environments. */
class ParallelRolloutsTest {
  private static final Registry ENTRIES = Registry.of(new DeepCatalogue());

  private static Environment[] rows(String learner, String task) {
    Environment[] rows = new Environment[LearnerTasks.rows(learner)];
    Arrays.setAll(
        rows,
        row ->
            task.startsWith("CartPole")
                ? new CartPole(CartPoleOptions.defaults())
                : new Pendulum(PendulumOptions.defaults()));
    return rows;
  }

  private static byte[] train(String learner, Map<String, String> options, VectorEnvironment task) {
    try (Trainer<?> trainer =
        Trainer.on(task)
            .seed(4)
            .budget(Budget.steps(300))
            .build(context -> ENTRIES.get(LearnerEntry.class, learner).create(context, options))) {
      trainer.run();
      return BinaryState.toBytes(trainer.learner());
    }
  }

  @ParameterizedTest
  @MethodSource("org.bellmanrl.lab.LearnerTasks#networks")
  void train_anyNumberOfThreads_givesTheSameBits(String learner, String task, String hidden) {
    Map<String, String> options = LearnerTasks.options(learner, hidden);
    byte[] alone = train(learner, options, VectorEnvironment.of(rows(learner, task)));
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(train(learner, options, ShardedEnvironments.of(threads, rows(learner, task))))
          .as("%d threads", threads)
          .isEqualTo(alone);
    }
  }
}
