package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

final class QLearningTest {
  private final EnvironmentSpec spec = Tasks.chain();
  private final QLearning learner = learner(spec, 2);
  private final QTable q = learner.table();
  private final Steps steps = new Steps(spec, 2);

  private static QLearning learner(EnvironmentSpec spec, int rows) {
    return new QLearning(Tasks.context(spec, rows), config(Schedule.constant(0.5)));
  }

  private static ControlConfig config(Schedule stepSize) {
    return QLearning.defaults().withStepSize(stepSize).withGamma(0.5);
  }

  private void learn(Steps one) {
    one.rows.clear().add(0);
    one.to(learner);
  }

  @Test
  void observe_step_movesHalfWayToRewardPlusDiscountedMaximum() {
    q.set(0, 1, 2);
    q.set(1, 0, 4);
    q.set(1, 1, 8);

    learn(steps.step(0, 0, 1, 3, 1));

    // 2 + 0.5 (3 + 0.5 * 8 - 2) = 4.5
    assertThat(q.get(0, 1)).isEqualTo(4.5);
    assertThat(q.get(0, 0)).isZero();
    assertThat(q.get(1, 0)).isEqualTo(4);
    assertThat(q.get(1, 1)).isEqualTo(8);
  }

  @Test
  void observe_negativeValues_takesTheLargest() {
    q.set(1, 0, -4);
    q.set(1, 1, -8);

    learn(steps.step(0, 0, 0, 0, 1));

    assertThat(q.get(0, 0)).isEqualTo(-1);
  }

  @Test
  void observe_terminated_doesNotBootstrap() {
    q.set(2, 0, 100);

    learn(steps.step(0, 1, 0, 3, 2).terminated(0));

    assertThat(q.get(1, 0)).isEqualTo(1.5);
  }

  @Test
  void observe_truncated_bootstrapsFromTheLastObservation() {
    q.set(2, 0, 100);

    learn(steps.step(0, 1, 0, 3, 2).truncated(0));

    assertThat(q.get(1, 0)).isEqualTo(26.5);
  }

  @Test
  void observe_environmentDiscount_multipliesGamma() {
    q.set(2, 1, 8);

    learn(steps.step(0, 1, 0, 3, 2).discount(0, 0.25));

    // 0.5 (3 + 0.5 * 0.25 * 8)
    assertThat(q.get(1, 0)).isEqualTo(2);
  }

  @Test
  void observe_twoRows_learnsInTheirOrder() {
    steps.step(0, 1, 0, 4, 2).step(1, 0, 0, 0, 1);

    steps.to(learner);

    assertThat(q.get(1, 0)).isEqualTo(2);
    assertThat(q.get(0, 0)).as("uses what row 0 has learned").isEqualTo(0.5);
  }

  @Test
  void observe_listedRowsOnly_leavesTheOthersOut() {
    steps.step(0, 1, 0, 4, 2).step(1, 0, 0, 6, 1);
    steps.rows.clear().add(1);

    steps.to(learner);

    assertThat(q.get(1, 0)).isZero();
    assertThat(q.get(0, 0)).isEqualTo(3);
  }

  @Test
  void observe_maskedNextState_takesTheMaximumOverAllowedActions() {
    EnvironmentSpec masked = spec.withMask();
    QLearning other = learner(masked, 1);
    other.table().set(1, 0, 4);
    other.table().set(1, 1, 8);

    new Steps(masked, 1).step(0, 0, 0, 0, 1).mask(0, true, false).to(other);

    assertThat(other.table().get(0, 0)).isEqualTo(1);
  }

  @Test
  void observe_nothingAllowedAfterTheEnd_learnsTheReward() {
    EnvironmentSpec masked = spec.withMask();
    QLearning other = learner(masked, 1);

    new Steps(masked, 1).step(0, 0, 0, 3, 1).terminated(0).mask(0, false, false).to(other);

    assertThat(other.table().get(0, 0)).isEqualTo(1.5);
  }

  @Test
  void observe_shiftedSpaces_countsFromTheirStart() {
    EnvironmentSpec shifted =
        EnvironmentSpec.of("Shifted", new Discrete(3, -1), new Discrete(2, 5));
    QLearning other = learner(shifted, 1);
    other.table().set(2, 0, 8);

    new Steps(shifted, 1).step(0, -1, 6, 1, 1).to(other);

    assertThat(other.table().get(0, 1)).isEqualTo(2.5);
  }

  @Test
  void observe_productOfSpaces_countsWithTheLastPartFastest() {
    EnvironmentSpec product =
        EnvironmentSpec.of(
            "Product", Tuple.of(new Discrete(2), new Discrete(3, 1)), new MultiBinary(2));
    QLearning other = learner(product, 1);
    Steps one = new Steps(product, 1);
    one.observations.values().ints()[0] = 1;
    one.observations.values().ints()[1] = 3;
    one.actions.values().bytes()[0] = 1;
    one.outcomes.observations().values().ints()[1] = 2;
    one.outcomes.reward()[0] = 1;
    other.table().set(1, 3, 8);

    one.to(other);

    assertThat(other.table().states()).isEqualTo(6);
    assertThat(other.table().actions()).isEqualTo(4);
    assertThat(other.table().get(5, 2)).isEqualTo(2.5);
  }

  @Test
  void observe_scheduledStepSize_readsTheProgress() {
    Schedule falling = Schedule.linear(1, 0, 100, Schedule.Clock.STEPS);
    QLearning other =
        new QLearning(
            LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(75, 0)), config(falling));

    new Steps(spec, 1).step(0, 0, 0, 4, 1).terminated(0).to(other);

    assertThat(other.table().get(0, 0)).isEqualTo(1);
  }

  @Test
  void create_initialValue_fillsTheTable() {
    ControlConfig optimistic = QLearning.defaults().withInitialValue(7);
    QTable table = new QLearning(Tasks.context(spec, 1), optimistic).table();

    for (int s = 0; s < 3; s++) {
      assertThat(table.get(s, 0)).isEqualTo(7);
      assertThat(table.get(s, 1)).isEqualTo(7);
    }
  }

  @Test
  void create_boxObservations_isRefusedNamingTheWrapper() {
    EnvironmentSpec box = EnvironmentSpec.of("CartPole", Box.of(-1, 1, 4), new Discrete(2));

    assertThatThrownBy(() -> learner(box, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("q-learning needs observations in a finite space")
        .hasMessageContaining("CartPole")
        .hasMessageContaining("the wrapper 'discretize'");
  }

  @Test
  void config_outOfRange_namesValueAndRange() {
    assertThatThrownBy(() -> config(Schedule.constant(1.5)))
        .hasMessage("step_size must be in (0, 1], was 1.5");
    assertThatThrownBy(() -> config(Schedule.constant(0)))
        .hasMessage("step_size must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> config(Schedule.linear(0.5, -1, 10, Schedule.Clock.STEPS)))
        .hasMessageContaining("step_size must be in [0, 1], was linear");
    assertThatThrownBy(() -> QLearning.defaults().withGamma(Double.NaN))
        .hasMessage("gamma must be in [0, 1], was NaN");
    assertThatThrownBy(() ->
            QLearning.defaults().withEpsilon(Schedule.linear(1, -0.5, 10, Schedule.Clock.STEPS)))
        .hasMessageContaining("epsilon must be in [0, 1]");
  }
}
