package org.bellmanrl.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.Episodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learners that keep whole episodes refuse one that never ends, before it takes all memory. */
class EndlessEpisodesTest {
  private static final Registry REGISTRY =
      Registry.builder().discover(Registry.class.getClassLoader()).build();

  /** The first episode ends at once, and the second never does. */
  private static final class Circle implements Environment, Stateful {
    private int episodes;

    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Circle", new Discrete(1), new Discrete(2));
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      episodes++;
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.observation().setDiscrete(0);
      if (episodes == 1) {
        outcome.terminate();
      }
    }

    @Override
    public void carry(State state) {
      episodes = state.carry("episodes", episodes);
    }
  }

  private static Trainer<?> trainer(String learner) {
    LearnerEntry entry = REGISTRY.get(LearnerEntry.class, learner);
    return Trainer.on(new Circle()).build(context -> entry.create(context, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monte-carlo",
        "monte-carlo-es",
        "monte-carlo-prediction",
        "off-policy-monte-carlo",
        "off-policy-monte-carlo-prediction",
        "offline-lambda-return",
        "linear-monte-carlo",
        "reinforce"
      })
  void run_episodeWithoutEnd_isRefusedWithTheAdvice(String learner) {
    try (Trainer<?> trainer = trainer(learner)) {
      assertThatExceptionOfType(LearningException.class)
          .isThrownBy(() -> trainer.run(Episodes.MOST_STEPS + 10L))
          .withMessageStartingWith(
              learner
                  + " learns at the end of an episode, but episode 2 of Circle has had 1048576"
                  + " steps without one")
          .withMessageContaining("max_episode_steps=1000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q-learning", "sarsa", "td-lambda"})
  void run_learnerThatKeepsNoEpisode_goesOn(String learner) {
    try (Trainer<?> trainer = trainer(learner)) {
      trainer.run(2000);
      assertThat(trainer.progress().steps()).isEqualTo(2000);
    }
  }
}
