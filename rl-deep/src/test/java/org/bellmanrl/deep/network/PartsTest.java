package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.DeepCatalogue;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners with layers for the parts of nested observations. */
class PartsTest {
  private static final Space OBSERVATIONS =
      Dict.of(
          Map.of(
              "camera", Box.pixels(4, 5, 2),
              "gear", new Discrete(3),
              "pose", Box.of(-1f, 1f, 4)));

  /** Of the options below, each learner is given those that it has. */
  private static final Map<String, String> SMALL =
      Map.of(
          "n_steps", "8",
          "batch_size", "4",
          "n_epochs", "1",
          "learning_starts", "20",
          "buffer_size", "500",
          "train_freq", "1",
          "sequence_length", "4",
          "burn_in", "1");

  static Stream<LearnerEntry> learners() {
    return Registry.of(new DeepCatalogue()).all(LearnerEntry.class).stream();
  }

  private static Map<String, String> options(LearnerEntry learner, String hidden) {
    Map<String, String> options = new HashMap<>(Map.of("hidden", hidden));
    for (OptionSchema.Description option : learner.options().descriptions()) {
      if (SMALL.containsKey(option.name())) {
        options.put(option.name(), SMALL.get(option.name()));
      }
    }
    return options;
  }

  private static Space actions(Accepts accepts) {
    Space choices = new Discrete(3);
    boolean takesChoices = accepts.actions().stream().anyMatch(kind -> kind.matches(choices));
    return takesChoices ? choices : Box.of(-1f, 1f, 2);
  }

  private static void train(LearnerEntry learner, String hidden) {
    try (Trainer<?> trainer =
        Trainer.on(RandomTask.rows(2, OBSERVATIONS, actions(learner.accepts())))
            .build(context -> learner.create(context, options(learner, hidden)))) {
      trainer.run(100);
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void everyLearner_takesLayersForParts(LearnerEntry learner) {
    String behind = learner.id().equals("r2d2") ? "lstm 6, 5]" : "5]";
    train(learner, "[pose: [4, layer-norm], camera: [conv 2 2, flatten, 3], " + behind);
    assertThatThrownBy(() -> train(learner, "[elbow: 4, " + behind))
        .hasMessageContaining("layers for a part 'elbow'")
        .hasMessageContaining("have the parts camera, gear, pose");
  }

  @Test
  void options_fromAFileAndAsText_areTheSame() {
    same(Entries.learner("dqn").options());
    same(Entries.learner("sac").options());
  }

  private static <R extends Record> void same(OptionSchema<R> options) {
    R text = options.parse(Map.of("hidden", "[pose: 64, camera: [conv 16 3, flatten], 128]"));
    R file =
        options.parse(
            Map.of(
                "hidden",
                List.of(
                    Map.of("pose", 64), Map.of("camera", List.of("conv 16 3", "flatten")), 128)));
    assertThat(file).isEqualTo(text);
    assertThat(options.values(file).get("hidden"))
        .isEqualTo(List.of("pose: [64]", "camera: [conv 16 3 1 0, flatten]", "128"));
    assertThat(options.parse(options.values(file))).isEqualTo(text);
    assertThatThrownBy(() -> options.parse(Map.of("hidden", List.of(Map.of("a", 1, "b", 2)))))
        .hasMessageContaining("one name with its value is wanted");
  }

  /** On nested observations. */
  abstract static class Contract extends LearnerContract {
    private final String id;
    private final Map<String, String> options;

    Contract(String id, Map<String, String> options) {
      this.id = id;
      this.options = options;
    }

    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner(id).create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner(id).accepts();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, OBSERVATIONS, actions(accepts()));
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }
  }

  @Nested
  class NoisyDqnContract extends Contract {
    NoisyDqnContract() {
      super(
          "dqn",
          Map.of(
              "hidden", "[pose: 4, camera: [conv 2 2 1 0 none, layer-norm, flatten, 3], 5]",
              "noisy", "true",
              "dueling", "true",
              "learning_starts", "20",
              "buffer_size", "300",
              "train_freq", "1",
              "batch_size", "4"));
    }
  }

  @Nested
  class SharedPpoContract extends Contract {
    SharedPpoContract() {
      super(
          "ppo",
          Map.of(
              "shared", "[pose: lstm 4, gear: embedding 2, 6]",
              "hidden", "5",
              "n_steps", "7",
              "batch_size", "7",
              "n_epochs", "2"));
    }
  }

  @Nested
  class CrossQContract extends Contract {
    CrossQContract() {
      super(
          "crossq",
          Map.of(
              "hidden", "[pose: [4, 3], 5]",
              "critic_hidden", "[camera: [conv 2 2, flatten, 3], gear: 2, 5]",
              "learning_starts", "20",
              "buffer_size", "300",
              "batch_size", "4"));
    }
  }
}
