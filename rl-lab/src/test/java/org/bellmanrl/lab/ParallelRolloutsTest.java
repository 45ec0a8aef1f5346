package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
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
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners with networks give the same bits for any number of threads that step environments. */
class ParallelRolloutsTest {
  private static final int ROWS = 5;
  private static final Registry ENTRIES = Registry.of(new DeepCatalogue());

  static Stream<Arguments> learners() {
    return Stream.of(
        Arguments.of(
            ENTRIES.get(LearnerEntry.class, "ppo"),
            Map.of("n_steps", "16", "batch_size", "20", "n_epochs", "2", "hidden", "8")),
        Arguments.of(ENTRIES.get(LearnerEntry.class, "a2c"), Map.of("hidden", "8")),
        Arguments.of(ENTRIES.get(LearnerEntry.class, "deep-reinforce"), Map.of("hidden", "8")));
  }

  private static Environment[] poles() {
    Environment[] poles = new Environment[ROWS];
    Arrays.setAll(poles, row -> new CartPole(CartPoleOptions.defaults()));
    return poles;
  }

  private static byte[] train(
      LearnerEntry entry, Map<String, String> options, VectorEnvironment task) {
    try (Trainer<?> trainer =
        Trainer.on(task)
            .seed(4)
            .budget(Budget.steps(2000))
            .build(context -> entry.create(context, options))) {
      trainer.run();
      return BinaryState.toBytes(trainer.learner());
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void train_anyNumberOfThreads_givesTheSameBits(LearnerEntry entry, Map<String, String> options) {
    byte[] alone = train(entry, options, VectorEnvironment.of(poles()));
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(train(entry, options, ShardedEnvironments.of(threads, poles())))
          .as("%d threads", threads)
          .isEqualTo(alone);
    }
  }
}
