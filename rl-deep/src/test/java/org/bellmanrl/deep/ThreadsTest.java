package org.bellmanrl.deep;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.OptionSchema.Description;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.deep.internal.parallel.Divided;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each learner of the catalogue has the same bits whether further threads compute or not. */
class ThreadsTest {
  private static final int ROWS = 2;
  private static final Registry REGISTRY = Registry.of(new DeepCatalogue());
  private static final Box OBSERVATIONS = Box.of(-1f, 1f, 8);

  private static final RandomTask CHOICES =
      new RandomTask(OBSERVATIONS, new Discrete(4)).withMaxEpisodeSteps(100);

  private static final RandomTask NUMBERS =
      new RandomTask(OBSERVATIONS, Box.of(-1f, 1f, 2)).withMaxEpisodeSteps(100);

  private static final RandomTask PICTURES =
      new RandomTask(Box.pixels(12, 12, 4), new Discrete(4)).withMaxEpisodeSteps(100);

  /** What makes a few updates large enough to be divided, of learners that have such an option. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          entry("hidden", "96,96"),
          entry("critic_hidden", "96,96"),
          entry("batch_size", "128"),
          entry("learning_starts", "128"),
          entry("train_freq", "1"),
          entry("gradient_steps", "1"),
          entry("policy_delay", "2"),
          entry("buffer_size", "400"),
          entry("n_steps", "64"),
          entry("n_epochs", "2"),
          entry("quantiles", "8"),
          entry("atoms", "8"));

  /** What is different for some. */
  private static final Map<String, Map<String, String>> MORE =
      Map.ofEntries(
          entry("dqn", Map.of("n_steps", "1")),
          entry("qr-dqn", Map.of("n_steps", "1")),
          entry("c51", Map.of("n_steps", "1")),
          entry("munchausen-dqn", Map.of("n_steps", "1")),
          entry("rainbow", Map.of("n_steps", "3")),
          entry(
              "iqn",
              Map.of(
                  "n_steps", "1",
                  "batch_size", "32",
                  "quantiles", "4",
                  "target_quantiles", "4",
                  "policy_quantiles", "4")),
          entry("r2d2", Map.of("n_steps", "2", "sequence_length", "8", "hidden", "lstm 16,96,96")),
          // Their networks see one row, or those of an episode.
          entry("deep-reinforce", Map.of("hidden", "1024,64")),
          entry("stream-q", Map.of("hidden", "16384,64")),
          entry("stream-ac", Map.of("hidden", "16384,64")));

  static List<String> learners() {
    return REGISTRY.all(LearnerEntry.class).stream().map(LearnerEntry::id).toList();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void updates_haveTheBitsOfOneThread(String id) {
    LearnerEntry entry = Entries.learner(id);
    RandomTask task = entry.accepts().fits(CHOICES.spec()) ? CHOICES : NUMBERS;
    compare(entry, task, MORE.getOrDefault(id, Map.of()));
  }

  /** What else has passes or draws of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dqn | double_q | true",
        "dqn | hidden   | lstm 32,96,96",
        "ppo | hidden   | lstm 32,96,96",
        "sac | hidden   | gru 32,96,96",
        "sac | n_critics | 3",
        "sac | critic_hidden | dense 96 none,dropout 0.1,layer-norm,dense 96 none,dropout 0.1"
      })
  void updates_withAnOption_haveTheBitsOfOneThread(String id, String option, String value) {
    Map<String, String> options = new HashMap<>(MORE.getOrDefault(id, Map.of()));
    options.put(option, value);
    compare(Entries.learner(id), id.equals("dqn") ? CHOICES : NUMBERS, options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dqn", "ppo"})
  void updates_onPictures_haveTheBitsOfOneThread(String id) {
    compare(Entries.learner(id), PICTURES, MORE.getOrDefault(id, Map.of()));
  }

  private static void compare(LearnerEntry entry, RandomTask task, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    for (Description option : entry.options().descriptions()) {
      if (OPTIONS.containsKey(option.name())) {
        options.put(option.name(), Objects.requireNonNull(OPTIONS.get(option.name())));
      }
    }
    options.putAll(more);
    byte[] alone = Alone.compute(() -> learned(entry, task, options, false));

    assertThat(learned(entry, task, options, true)).isEqualTo(alone);
  }

  private static byte[] learned(
      LearnerEntry entry, RandomTask task, Map<String, String> options, boolean divided) {
    int steps = steps(entry, options);
    Divided[] places = new Divided[1];
    try (Trainer<Learner> trainer =
        Trainer.on(task.rows(ROWS))
            .seed(6)
            .budget(Budget.steps(260))
            .build(context -> {
              Learner learner = entry.create(context, options);
              places[0] = divided ? new Divided(learner) : null;
              return learner;
            })) {
      trainer.run(steps);
      if (divided) {
        places[0].requireDivisions();
      }
      return BinaryState.toBytes(trainer);
    }
  }

  /** A few steps of learners of single steps, a few updates from a memory, or two rollouts. */
  private static int steps(LearnerEntry entry, Map<String, String> options) {
    if (entry.id().startsWith("stream")) {
      return 6;
    }
    return options.containsKey("buffer_size") ? 136 : 260;
  }
}
