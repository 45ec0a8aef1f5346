package org.bellmanrl.lab;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Discrete;
import org.junit.jupiter.params.provider.Arguments;

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

  private static final Map<String, Object> R2D2 =
      Map.of(
          "hidden", List.of("lstm 8"),
          "buffer_size", 300,
          "learning_starts", 60,
          "batch_size", 64,
          "sequence_length", 8,
          "burn_in", 4);

  private static final Map<String, Object> CONTINUOUS =
      Map.of("buffer_size", 400, "learning_starts", 100, "batch_size", 16, "hidden", List.of(8, 8));

  private static final Map<String, Object> IQN =
      Map.of("quantiles", 8, "target_quantiles", 8, "policy_quantiles", 8);

  /** Options with which learners learn often in few steps, and plan briefly. */
  private static final Map<String, Map<String, Object>> OFTEN =
      Map.ofEntries(
          Map.entry("ppo", Map.of("n_steps", 16, "batch_size", 24, "n_epochs", 2)),
          Map.entry("pqn", Map.of("n_steps", 32, "batch_size", 32)),
          Map.entry("dqn", DQN),
          Map.entry("r2d2", R2D2),
          Map.entry("qr-dqn", and(DQN, Map.of("quantiles", 20))),
          Map.entry("iqn", and(DQN, IQN)),
          Map.entry("c51", DQN),
          Map.entry("rainbow", DQN),
          Map.entry("munchausen-dqn", DQN),
          Map.entry("ddpg", CONTINUOUS),
          Map.entry("td3", CONTINUOUS),
          Map.entry("sac", CONTINUOUS),
          Map.entry("tqc", and(CONTINUOUS, Map.of("n_quantiles", 5))),
          Map.entry("crossq", and(CONTINUOUS, Map.of("critic_hidden", List.of(8, 8)))),
          Map.entry("uct", Map.of("simulations", 8, "horizon", 20)));

  /** Learners with networks that may have recurrent layers. */
  private static final Set<String> RECURRENT =
      Set.of(
          "a2c", "c51", "ddpg", "dqn", "impala", "iqn", "ppo", "qr-dqn", "r2d2", "rainbow", "sac",
          "td3", "tqc");

  private LearnerTasks() {}

  private static Map<String, Object> and(Map<String, Object> some, Map<String, Object> others) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(others);
    return all;
  }

  private static Stream<LearnerEntry> entries() {
    return Registry.builder()
        .discover(Registry.class.getClassLoader())
        .build()
        .all(LearnerEntry.class)
        .stream();
  }

  /** The ids of all learners. */
  public static Stream<String> learners() {
    return entries().map(Entry::id);
  }

  /**
   * All learners with networks: the id, CartPole-v1 or Pendulum-v1, and hidden layers, which are
   * dense, and of learners that take them also recurrent.
   */
  public static Stream<Arguments> networks() {
    return entries()
        .filter(LearnerEntry::needsNetworks)
        .flatMap(entry -> {
          boolean chooses =
              entry.accepts().actions().stream().anyMatch(kind -> kind.matches(new Discrete(2)));
          String task = chooses ? "CartPole-v1" : "Pendulum-v1";
          return Stream.of("8, 8", "gru 8, 8")
              .filter(hidden -> !hidden.startsWith("gru") || RECURRENT.contains(entry.id()))
              .map(hidden -> arguments(entry.id(), task, hidden));
        });
  }

  /** Options with which a learner learns often in few steps. */
  public static Map<String, Object> options(String learner) {
    return OFTEN.getOrDefault(learner, Map.of());
  }

  /** The same as text, with hidden layers of choice. */
  public static Map<String, String> options(String learner, String hidden) {
    Map<String, String> options = new HashMap<>();
    options(learner).forEach((name, value) -> options.put(name, value.toString()));
    options.put("hidden", hidden);
    return options;
  }

  /** An odd number of environments that a learner takes, more than one if it does. */
  public static int rows(String learner) {
    return learner.contains("policy-iteration") ? 1 : 3;
  }
}
