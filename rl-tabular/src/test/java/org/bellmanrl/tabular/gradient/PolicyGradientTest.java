package org.bellmanrl.tabular.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.testkit.LearnerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PolicyGradientTest {
  private static final Schedule HALF = Schedule.constant(0.5);

  private final EnvironmentSpec spec = Tasks.chain();
  private final Steps steps = new Steps(spec, 1);

  private Reinforce reinforce(Optional<Schedule> baseline) {
    return new Reinforce(Tasks.context(spec, 1), new Reinforce.Config(HALF, baseline, 0.5));
  }

  @Test
  void reinforce_episode_movesByTheReturns() {
    Reinforce learner = reinforce(Optional.empty());

    steps.step(0, 0, 1, 2, 1).first(0).to(learner);
    assertThat(learner.preferences().get(0, 1)).isZero();
    steps.step(0, 1, 0, 8, 2).terminated(0).to(learner);

    // G = 2 + 0.5 · 8 = 6 and 8; π = 1/2: 0.5 · 6 · 0.5 and 0.5 · 0.5 · 8 · 0.5
    assertThat(learner.preferences().get(0, 1)).isEqualTo(1.5, within(1e-14));
    assertThat(learner.preferences().get(0, 0)).isEqualTo(-1.5, within(1e-14));
    assertThat(learner.preferences().get(1, 0)).isEqualTo(1, within(1e-14));
    assertThat(learner.baseline().get(0)).isZero();
  }

  @Test
  void reinforce_baseline_isTakenOffAndLearned() {
    Reinforce learner = reinforce(Optional.of(HALF));
    learner.baseline().set(0, 2);

    steps.step(0, 0, 1, 6, 1).first(0).terminated(0).to(learner);

    // δ = 4
    assertThat(learner.preferences().get(0, 1)).isEqualTo(1, within(1e-14));
    assertThat(learner.baseline().get(0)).isEqualTo(4);
  }

  @Test
  void reinforce_truncatedEpisode_endsThere() {
    Reinforce learner = reinforce(Optional.empty());

    steps.step(0, 0, 1, 4, 1).first(0).truncated(0).to(learner);
    assertThat(learner.preferences().get(0, 1)).isEqualTo(1, within(1e-14));
    steps.step(0, 1, 1, 100, 2).first(0).terminated(0).to(learner);
    assertThat(learner.preferences().get(0, 1)).isEqualTo(1, within(1e-14));
  }

  @Test
  void reinforce_abandonedEpisode_isNotLearnedFrom() {
    Reinforce learner = reinforce(Optional.empty());

    steps.step(0, 0, 1, 4, 1).first(0).to(learner);
    steps.step(0, 1, 1, 100, 2).first(0).terminated(0).to(learner);

    assertThat(learner.preferences().get(0, 1)).isZero();
  }

  @Test
  void reinforce_maskedOrEndlessTask_isRefused() {
    LearnerContext masked = Tasks.context(spec.withMask(), 1);
    LearnerContext endless = Tasks.context(spec.continuing(), 1);

    assertThatThrownBy(() -> new Reinforce(masked, Reinforce.Config.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take actor-critic");
    assertThatThrownBy(() -> new Reinforce(endless, Reinforce.Config.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set an episode limit");
  }

  @Test
  void actorCritic_steps_followTheEquations() {
    ActorCritic learner =
        new ActorCritic(Tasks.context(spec, 1), new ActorCritic.Config(HALF, HALF, 0.5));
    learner.critic().set(1, 4);

    steps.step(0, 0, 1, 2, 1).first(0).to(learner);
    // δ = 2 + 0.5 · 4 = 4
    assertThat(learner.critic().get(0)).isEqualTo(2);
    assertThat(learner.preferences().get(0, 1)).isEqualTo(1, within(1e-14));
    assertThat(learner.preferences().get(0, 0)).isEqualTo(-1, within(1e-14));

    steps.step(0, 1, 0, 12, 2).terminated(0).to(learner);
    // δ = 12 − 4 = 8, I = 0.5: 0.5 · 0.5 · 8 · 0.5
    assertThat(learner.critic().get(1)).isEqualTo(8);
    assertThat(learner.preferences().get(1, 0)).isEqualTo(1, within(1e-14));

    steps.step(0, 2, 0, 4, 0).first(0).terminated(0).to(learner);
    // A new episode, I = 1
    assertThat(learner.preferences().get(2, 0)).isEqualTo(1, within(1e-14));
  }

  /** Always going right reaches the right end with probability 0.9986; at random it is 0.5. */
  @Test
  void actorCritic_walk_learnsToGoRight() {
    ActorCritic.Config config =
        new ActorCritic.Config(Schedule.constant(0.2), Schedule.constant(0.1), 1);
    try (Trainer<?> trainer =
        Trainer.on(new Tasks.Walk(0))
            .seed(1)
            .budget(Budget.episodes(3000))
            .build(context -> new ActorCritic(context, config))) {
      trainer.run();
      Evaluation evaluation =
          Evaluation.of(
              new Tasks.Walk(0), trainer.learner().policy(), Evaluation.Plan.episodes(500));

      assertThat(evaluation.meanReturn()).isGreaterThan(0.95);
    }
  }

  @Nested
  class ActorCriticContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new ActorCritic(context, ActorCritic.Config.defaults());
    }
  }

  @Nested
  class ReinforceContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new Reinforce(context, Reinforce.Config.defaults());
    }

    /** Masked tasks are refused. */
    @Override
    protected boolean honoursMasks() {
      return false;
    }
  }
}
