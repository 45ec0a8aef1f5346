package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.Entries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the noise of exploration changes. */
class StateDependentExplorationTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Task", Box.of(-1f, 1f, 3), Box.of(-1f, 1f, 2));

  private static Policy behaviour(String learner, EnvironmentSpec spec, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("sde", "true", "hidden", "8"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    RunProgress progress = new RunProgress(Budget.steps(100));
    return Entries.learner(learner)
        .create(LearnerContext.of(spec, 1, Streams.of(3), progress), all)
        .behaviour();
  }

  /** The actions of some steps in the same place, the last of them the first of an episode. */
  private static float[] actions(Policy policy, int steps) {
    Observations observations = new Observations(SPEC, 1);
    observations.values().floats()[0] = 0.7f;
    Actions actions = new Actions(SPEC.actionSpace(), policy.extras(), 1);
    Actor actor = policy.actor(1, RandomStreams.ofSeeds(9));
    float[] first = new float[steps];
    actor.begin(Rows.all(1));
    for (int step = 0; step < steps; step++) {
      if (step == steps - 1) {
        actor.begin(Rows.all(1));
      }
      actor.act(Rows.all(1), observations, actions);
      first[step] = actions.values().floats()[0];
    }
    return first;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sac", "ppo"})
  void noise_staysForAnEpisode(String learner) {
    String[] at0 = learner.equals("sac") ? new String[] {"learning_starts", "0"} : new String[0];
    float[] played = actions(behaviour(learner, SPEC, at0), 4);
    assertThat(played[1]).isEqualTo(played[0]);
    assertThat(played[2]).isEqualTo(played[0]);
    assertThat(played[3]).isNotEqualTo(played[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a2c", "ppo"})
  void noise_withAFrequency_changesAfterSoManySteps(String learner) {
    float[] played = actions(behaviour(learner, SPEC, "sde_sample_freq", "2"), 5);
    assertThat(played[1]).isEqualTo(played[0]);
    assertThat(played[2]).isNotEqualTo(played[0]);
    assertThat(played[3]).isEqualTo(played[2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a2c", "ppo"})
  void options_thatDoNotFit_areRefused(String learner) {
    assertThatThrownBy(() -> behaviour(learner, SPEC, "state_std", "true"))
        .hasMessageContaining("state_std must be false with sde=true");
    assertThatThrownBy(() -> behaviour(learner, SPEC, "sde_sample_freq", "0"))
        .hasMessageContaining("sde_sample_freq");
    assertThatThrownBy(() ->
            behaviour(
                learner, SPEC.withSpaces(SPEC.observationSpace(), new Discrete(2)), "hidden", "4"))
        .hasMessageContaining("state_std, squash and sde need actions of real numbers");
    Box unbounded = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2);
    assertThatThrownBy(() ->
            behaviour(
                learner, SPEC.withSpaces(SPEC.observationSpace(), unbounded), "squash", "true"))
        .hasMessageContaining("squash=true needs actions within finite bounds");
  }
}
