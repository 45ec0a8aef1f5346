package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bellmanrl.env.wrapper.Scripted.f;

import java.util.List;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Test;

class GuardsTest {

  @Test
  void timeLimit_shorterOfBoth_holds() {
    VectorEnvironment free = VectorEnvironment.of(Scripted.of(f(1)));
    VectorEnvironment limited = new TimeLimit(7).wrap(free);
    assertThat(limited.spec().maxEpisodeSteps()).isEqualTo(7);
    assertThat(new TimeLimit(9).wrap(limited).spec().maxEpisodeSteps()).isEqualTo(9);
    assertThat(new TimeLimit(3).wrap(limited).spec().maxEpisodeSteps()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeLimit(0))
        .withMessage("max_episode_steps must be at least 1, was 0");
  }

  @Test
  void timeLimit_longerThanALimitThatIsKept_refused() {
    for (Wrapper keeping :
        List.of(new RepeatAction(2), new MaxAndSkip(2), new TimeAwareObservation())) {
      VectorEnvironment limited =
          new TimeLimit(8).wrap(VectorEnvironment.of(Scripted.of(f(1), f(2))));
      VectorEnvironment inside = new NanGuard().wrap(keeping.wrap(limited));
      int limit = inside.spec().maxEpisodeSteps();
      assertThat(new TimeLimit(limit).wrap(inside).spec().maxEpisodeSteps()).isEqualTo(limit);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TimeLimit(limit + 1).wrap(inside))
          .withMessage(
              "max_episode_steps must be at most %d, the limit of test/Scripted-v0 that a wrapper"
                      .formatted(limit)
                  + " inside of time-limit keeps, was %d; put time-limit inside of that wrapper"
                      .formatted(limit + 1));
    }
  }

  @Test
  void timeLimit_longerThanTheTasks_holds() {
    Scripted task = Scripted.of(f(1), f(2), f(3), f(4));
    Simulation simulation =
        new Simulation(new TimeLimit(3).wrap(new TimeLimit(1).wrap(VectorEnvironment.of(task))));
    simulation.reset();
    simulation.step(0);
    simulation.step(0);
    assertThat(simulation.truncated()).isFalse();
    simulation.step(0);
    assertThat(simulation.truncated()).isTrue();
  }

  @Test
  void timeLimit_reached_truncates() {
    Simulation simulation = Scripted.of(f(1), f(2), f(3)).in(new TimeLimit(2));
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.truncated()).isFalse();
    simulation.step(0);
    assertThat(simulation.truncated()).isTrue();
    assertThat(simulation.discount()).isEqualTo(1);
  }

  @Test
  void nanGuard_observation_isNamed() {
    Simulation simulation = Scripted.of(f(1, 2), f(1, 2), f(1, Double.NaN)).in(new NanGuard());
    simulation.reset();
    simulation.step(2);
    assertThatThrownBy(() -> simulation.step(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "observation element 1 of test/Scripted-v0 is NaN at step 2 of the episode in row 0,"
                + " after action 1");
  }

  @Test
  void nanGuard_firstObservation_isNamed() {
    Simulation simulation = Scripted.of(f(Double.POSITIVE_INFINITY)).in(new NanGuard());
    assertThatThrownBy(simulation::reset)
        .hasMessage("observation element 0 of test/Scripted-v0 is Infinity after a reset in row 0");
  }

  @Test
  void nanGuard_reward_isNamed() {
    Simulation simulation = Scripted.rewards(0, 1, Double.NEGATIVE_INFINITY).in(new NanGuard());
    simulation.reset();
    simulation.step(0);
    assertThatThrownBy(() -> simulation.step(2))
        .hasMessage(
            "reward of test/Scripted-v0 is -Infinity at step 2 of the episode in row 0, after"
                + " action 2");
  }

  @Test
  void nanGuard_discount_isNamed() {
    VectorEnvironment guarded =
        new NanGuard().wrap(new PoisonedDiscount(VectorEnvironment.of(Scripted.of(f(1), f(2)))));
    Simulation simulation = new Simulation(guarded);
    simulation.reset();
    assertThatThrownBy(() -> simulation.step(0)).hasMessageContaining("discount of");
  }

  @Test
  void nanGuard_action_isStoppedBeforeTheTask() {
    Scripted task = Scripted.actions(Box.of(-1, 1, 2));
    VectorEnvironment guarded = new NanGuard().wrap(VectorEnvironment.of(task));
    Rows all = Rows.all(1);
    RandomStreams random = RandomStreams.ofSeeds(0);
    guarded.reset(all, random, new Observations(guarded.spec(), 1));
    Columns actions = new Columns(guarded.spec().actionSpace(), 1);
    actions.floats()[1] = Float.NaN;
    Outcomes outcomes = new Outcomes(guarded.spec(), 1);
    assertThatThrownBy(() -> guarded.step(all, actions, random, outcomes))
        .hasMessage(
            "action element 1 of test/Scripted-v0 is NaN at step 1 of the episode in row 0, after"
                + " action [0.0, NaN]");
    assertThat(task.actions).isEmpty();
  }

  @Test
  void orderEnforcing_wrongOrder_refused() {
    VectorEnvironment ordered =
        new OrderEnforcing().wrap(VectorEnvironment.of(Scripted.of(f(1), f(2), f(3)).endingAt(1)));
    Rows all = Rows.all(1);
    RandomStreams random = RandomStreams.ofSeeds(0);
    Observations observations = new Observations(ordered.spec(), 1);
    Outcomes outcomes = new Outcomes(ordered.spec(), 1);
    Columns actions = new Columns(ordered.spec().actionSpace(), 1);
    assertThatThrownBy(() -> ordered.step(all, actions, random, outcomes))
        .hasMessage("test/Scripted-v0 can't step in row 0 before its first reset");
    ordered.reset(all, random, observations);
    ordered.step(all, actions, random, outcomes);
    assertThatThrownBy(() -> ordered.step(all, actions, random, outcomes))
        .hasMessage("test/Scripted-v0 can't step in row 0: the episode has ended; reset first");
    ordered.reset(all, random, observations);
    ordered.close();
    assertThatThrownBy(() -> ordered.step(all, actions, random, outcomes))
        .hasMessage("test/Scripted-v0 can't step: it is closed");
    assertThatThrownBy(() -> ordered.reset(all, random, observations))
        .hasMessage("test/Scripted-v0 can't be reset: it is closed");
  }

  @Test
  void orderEnforcing_restored_goesOnInOrder() {
    VectorEnvironment ended =
        new OrderEnforcing().wrap(VectorEnvironment.of(Scripted.of(f(1), f(2)).endingAt(1)));
    Simulation simulation = new Simulation(ended);
    simulation.reset();
    simulation.step(0);
    VectorEnvironment other =
        new OrderEnforcing().wrap(VectorEnvironment.of(Scripted.of(f(1), f(2), f(3))));
    BinaryState.fromBytes(BinaryState.toBytes(ended), other);
    Outcomes outcomes = new Outcomes(other.spec(), 1);
    Columns actions = new Columns(other.spec().actionSpace(), 1);
    assertThatThrownBy(() -> other.step(Rows.all(1), actions, RandomStreams.ofSeeds(0), outcomes))
        .hasMessageContaining("has ended");
  }

  /** Writes a discount that no cursor would let through. */
  private static final class PoisonedDiscount extends WrappedEnvironments {
    PoisonedDiscount(VectorEnvironment inner) {
      super(PoisonedDiscount::new, inner, inner.spec(), Change.DYNAMICS);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      outcomes.discount()[0] = Double.NaN;
    }
  }
}
