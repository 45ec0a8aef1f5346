package org.bellmanrl.lab;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;

/** What tests of all learners train them on. */
public final class LearnerTasks {
  /** The first of these that a learner takes is what it is tested on. */
  public static final List<String> TASKS =
      List.of(
          "FrozenLake-v1",
          "CartPole-v1",
          "RandomWalk-v1",
          "TenArmed-v1",
          "Pendulum-v1",
          "Baird-v1",
          "ContextualBandit-v1",
          "CarRental-v1");

  private static final Map<String, Object> DQN =
      Map.of("buffer_size", 300, "learning_starts", 50, "target_update_interval", 60);

  private static final Map<String, Object> CONTINUOUS =
      Map.of("buffer_size", 400, "batch_size", 16, "hidden", List.of(8, 8));

  /** Options with which learners learn often in few steps, and plan briefly. */
  private static final Map<String, Map<String, Object>> OFTEN =
      Map.ofEntries(
          Map.entry("ppo", Map.of("n_steps", 16, "batch_size", 24, "n_epochs", 2)),
          Map.entry("dqn", DQN),
          Map.entry(
              "r2d2",
              Map.of(
                  "hidden",
                  List.of("lstm 8"),
                  "buffer_size",
                  300,
                  "learning_starts",
                  60,
                  "batch_size",
                  64,
                  "sequence_length",
                  8,
                  "burn_in",
                  4)),
          Map.entry(
              "qr-dqn",
              Map.of(
                  "buffer_size",
                  300,
                  "learning_starts",
                  50,
                  "target_update_interval",
                  60,
                  "quantiles",
                  20)),
          Map.entry("iqn", DQN),
          Map.entry("c51", DQN),
          Map.entry("rainbow", DQN),
          Map.entry("munchausen-dqn", DQN),
          Map.entry("ddpg", CONTINUOUS),
          Map.entry("td3", CONTINUOUS),
          Map.entry("sac", CONTINUOUS),
          Map.entry("tqc", CONTINUOUS),
          Map.entry(
              "crossq",
              Map.of(
                  "buffer_size",
                  400,
                  "batch_size",
                  16,
                  "hidden",
                  List.of(8, 8),
                  "critic_hidden",
                  List.of(8, 8))),
          Map.entry("uct", Map.of("simulations", 8, "horizon", 20)));

  private LearnerTasks() {}

  /** The ids of all learners. */
  public static Stream<String> learners() {
    return Registry.builder()
        .discover(Registry.class.getClassLoader())
        .build()
        .all(LearnerEntry.class)
        .stream()
        .map(Entry::id);
  }

  /** Options with which a learner learns often in few steps. */
  public static Map<String, Object> options(String learner) {
    return OFTEN.getOrDefault(learner, Map.of());
  }

  /** An odd number of environments that a learner takes, more than one if it does. */
  public static int rows(String learner) {
    return learner.contains("policy-iteration") ? 1 : 3;
  }
}
