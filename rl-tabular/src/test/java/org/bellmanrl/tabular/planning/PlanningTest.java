package org.bellmanrl.tabular.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

/** Planning methods, γ = 1/2. */
final class PlanningTest {
  private static final Schedule HALF = Schedule.constant(0.5);
  private static final ControlConfig CONTROL =
      ControlConfig.defaults().withStepSize(HALF).withGamma(0.5).withEpsilon(HALF);
  private static final Schedule ONE = Schedule.constant(1);
  private static final Exploration GREEDILY = Exploration.EPSILON_GREEDY;
  private static final TieBreak TIES = TieBreak.RANDOM;

  private final EnvironmentSpec spec = Tasks.chain();

  private static DynaQ dyna(EnvironmentSpec spec, int planningSteps) {
    return new DynaQ(Tasks.context(spec, 1), new DynaConfig(CONTROL, planningSteps));
  }

  private PrioritisedSweeping sweeping(double theta) {
    return new PrioritisedSweeping(
        Tasks.context(spec, 1),
        new PrioritisedSweeping.Config(new DynaConfig(CONTROL.withStepSize(ONE), 5), theta));
  }

  /**
   * Now or later: in state 0, action 0 ends with 1, action 1 goes to state 1, which ends with 3.
   */
  private static LearnerContext patience() {
    FiniteModel model =
        FiniteModel.builder(2, 2)
            .initial(0, 1)
            .add(0, 0, 1, 0, 1, true)
            .add(0, 1, 1, 1, 0, false)
            .add(1, 0, 1, 1, 3, true)
            .add(1, 1, 1, 1, 3, true)
            .build();
    return LearnerContext.of(
            EnvironmentSpec.of("Patience", new Discrete(2), new Discrete(2)),
            1,
            Streams.of(0),
            Tasks.progress(0, 0))
        .withModel(model);
  }

  @Test
  void dynaQ_onlyStepKnown_isReplayed() {
    DynaQ learner = dyna(spec, 2);
    new Steps(spec, 1).step(0, 0, 0, 4, 1).to(learner);

    // Three updates by 4: 2, 3, 3.5
    assertThat(learner.table().get(0, 0)).isEqualTo(3.5);
    assertThat(learner.table().get(1, 0)).isZero();
  }

  @Test
  void dynaQ_ends_areRemembered() {
    DynaQ learner = dyna(spec, 1);
    learner.table().set(2, 0, 8);
    new Steps(spec, 1).step(0, 0, 0, 4, 2).terminated(0).to(learner);
    // 2, then 3: nothing comes after the end, in the plan neither
    assertThat(learner.table().get(0, 0)).isEqualTo(3);

    DynaQ truncated = dyna(spec, 1);
    truncated.table().set(2, 0, 8);
    new Steps(spec, 1).step(0, 0, 0, 4, 2).truncated(0).to(truncated);
    // 0.5 * 8, then 0.5 (4 + 8)
    assertThat(truncated.table().get(0, 0)).isEqualTo(6);
  }

  @Test
  void dynaQ_planning_handsBackWhatWasFoundLater() {
    DynaQ learner = dyna(spec, 200);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).to(learner);
    steps.step(0, 1, 0, 8, 2).terminated(0).to(learner);

    assertThat(learner.table().get(1, 0)).isCloseTo(8, within(1e-9));
    assertThat(learner.table().get(0, 0)).isCloseTo(4, within(1e-9));
  }

  @Test
  void dynaQ_mask_isRememberedInThePlan() {
    EnvironmentSpec masked = spec.withMask();
    DynaQ learner = dyna(masked, 1);
    learner.table().set(1, 0, 8);
    learner.table().set(1, 1, 100);
    new Steps(masked, 1).step(0, 0, 0, 4, 1).mask(0, true, false).to(learner);

    assertThat(learner.table().get(0, 0)).isEqualTo(6);
  }

  @Test
  void dynaQPlus_neverTried_isImaginedToStayAndToPayTheBonus() {
    DynaQPlus learner =
        new DynaQPlus(
            Tasks.context(spec, 1), new DynaQPlus.Config(new DynaConfig(CONTROL, 3000), 1));
    new Steps(spec, 1).step(0, 0, 0, 4, 1).to(learner);
    QTable q = learner.table();
    // One step ago nothing had been tried: √1 + 0.5 * 4.
    assertThat(q.get(0, 0)).isCloseTo(4, within(1e-9));
    assertThat(q.get(0, 1)).isCloseTo(3, within(1e-9));

    new Steps(spec, 1).step(0, 1, 0, 0, 2).terminated(0).to(learner);
    // (1, 1) was never tried in two steps: √2 + 0.5 * Q; (0, 0) a step ago, (0, 1) never.
    double there = 2 * Math.sqrt(2);
    assertThat(q.get(1, 1)).isCloseTo(there, within(1e-9));
    assertThat(q.get(0, 0)).isCloseTo(4 + 1 + 0.5 * there, within(1e-9));
    assertThat(q.get(0, 1)).isCloseTo(Math.sqrt(2) + 0.5 * q.get(0, 0), within(1e-9));
    assertThat(q.get(1, 0)).isCloseTo(0, within(1e-9));
  }

  @Test
  void prioritisedSweeping_surprise_runsBackwards() {
    PrioritisedSweeping learner = sweeping(0.1);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).to(learner);
    assertThat(learner.table().get(0, 0)).isZero();
    steps.step(0, 1, 0, 8, 2).terminated(0).to(learner);

    assertThat(learner.table().get(1, 0)).isEqualTo(8);
    assertThat(learner.table().get(0, 0)).isEqualTo(4);
  }

  @Test
  void prioritisedSweeping_smallChange_isNotFollowedUp() {
    PrioritisedSweeping learner = sweeping(4);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).to(learner);
    steps.step(0, 1, 0, 8, 2).terminated(0).to(learner);

    assertThat(learner.table().get(1, 0)).isEqualTo(8);
    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void prioritisedSweeping_changedWorld_forgetsTheOldWay() {
    PrioritisedSweeping learner = sweeping(0.1);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).to(learner);
    steps.step(0, 0, 1, 0, 1).to(learner);
    steps.step(0, 0, 0, 0, 2).to(learner);
    steps.step(0, 1, 0, 8, 2).terminated(0).to(learner);

    // Only action 1 leads to state 1 now.
    assertThat(learner.table().get(0, 0)).isZero();
    assertThat(learner.table().get(0, 1)).isEqualTo(4);
  }

  @Test
  void rtdp_visitedStates_areBackedUp() {
    RealTimeDp learner =
        new RealTimeDp(
            patience(), new RealTimeDp.Config(0.5, GREEDILY, Schedule.constant(0), HALF, TIES, 1));
    QTable q = learner.table();
    Steps steps = new Steps(patience().spec(), 1);
    steps.step(0, 0, 1, 0, 1).to(learner);
    assertThat(q.get(0, 0)).isEqualTo(1);
    assertThat(q.get(0, 1)).isEqualTo(0.5);
    assertThat(q.get(1, 0)).isEqualTo(1);
    steps.step(0, 1, 1, 3, 1).terminated(0).to(learner);
    steps.step(0, 0, 1, 0, 1).to(learner);
    assertThat(q.get(1, 0)).isEqualTo(3);
    assertThat(q.get(0, 1)).isEqualTo(1.5);
  }

  @Test
  void trajectorySampling_imaginedEpisodes_findTheOptimum() {
    TrajectorySampling learner =
        new TrajectorySampling(patience(), new TrajectorySampling.Config(0.5, 500, HALF, TIES, 0));
    new Steps(patience().spec(), 1).step(0, 0, 0, 1, 0).terminated(0).to(learner);

    QTable q = learner.table();
    assertThat(q.get(0, 0)).isEqualTo(1);
    assertThat(q.get(0, 1)).isEqualTo(1.5);
    assertThat(q.get(1, 0)).isEqualTo(3);
    assertThat(q.get(1, 1)).isEqualTo(3);
  }

  @Test
  void create_noEndWithinReach_isRefusedUnlessDiscounted() {
    FiniteModel endless =
        FiniteModel.builder(3, 2)
            .initial(0, 1)
            .add(0, 0, 1, 1, -1, false)
            .add(0, 1, 1, 2, 0, true)
            .add(1, 0, 1, 1, -1, false)
            .add(1, 1, 1, 1, -1, false)
            .add(2, 0, 1, 2, 0, true)
            .add(2, 1, 1, 2, 0, true)
            .build();
    LearnerContext context =
        LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(0, 0)).withModel(endless);
    RealTimeDp.Config undiscounted = new RealTimeDp.Config(1, GREEDILY, HALF, HALF, TIES, 0);
    assertThatThrownBy(() -> new RealTimeDp(context, undiscounted))
        .hasMessageContaining("rtdp with gamma = 1 needs an end within reach, but from state 1")
        .hasMessageContaining("action 0 pays -1.0");
    assertThatThrownBy(() ->
            new TrajectorySampling(context, new TrajectorySampling.Config(1, 5, HALF, TIES, 0)))
        .hasMessageContaining("trajectory-sampling with gamma = 1");
    RealTimeDp discounted = new RealTimeDp(context, RealTimeDp.Config.defaults());
    assertThat(discounted.table().get(0, 0)).isEqualTo(1);
  }

  @Test
  void create_withoutModel_isRefused() {
    assertThatThrownBy(() -> new RealTimeDp(Tasks.context(spec, 1), RealTimeDp.Config.defaults()))
        .hasMessageContaining("rtdp needs the exact model of its task, but Chain has none");
    assertThatThrownBy(() ->
            new TrajectorySampling(Tasks.context(spec, 1), TrajectorySampling.Config.defaults()))
        .hasMessageContaining("trajectory-sampling needs the exact model");
    assertThatThrownBy(() -> new DynaConfig(CONTROL, 0))
        .hasMessage("planning_steps must be at least 1, was 0");
    assertThatThrownBy(() -> new DynaQPlus.Config(DynaConfig.defaults(), -1))
        .hasMessage("kappa must be at least 0, was -1.0");
    DynaConfig hashed = new DynaConfig(CONTROL.withValues("hashed"), 5);
    assertThatThrownBy(() ->
            new PrioritisedSweeping(
                Tasks.context(spec, 1), new PrioritisedSweeping.Config(hashed, 0)))
        .hasMessage(
            "prioritised-sweeping orders states by number and needs values=dense, was hashed");
  }
}
