package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bellmanrl.env.wrapper.Scripted.f;

import java.util.List;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.api.state.StatefulRows;
import org.bellmanrl.env.diagnostic.Identity;
import org.bellmanrl.env.diagnostic.IdentityOptions;
import org.junit.jupiter.api.Test;

class RewardWrappersTest {

  @Test
  void clipReward_outside_becomesTheBound() {
    Simulation simulation = Scripted.rewards(0, -3, 0.5, 7).in(new ClipReward(-1, 2));
    simulation.reset();
    assertThat(next(simulation)).isEqualTo(-1);
    assertThat(next(simulation)).isEqualTo(0.5);
    assertThat(next(simulation)).isEqualTo(2);
  }

  @Test
  void clipReward_oneSided_leavesTheOther() {
    Simulation simulation =
        Scripted.rewards(0, -3e9, 7).in(new ClipReward(Double.NEGATIVE_INFINITY, 2));
    simulation.reset();
    assertThat(next(simulation)).isEqualTo(-3e9);
    assertThat(next(simulation)).isEqualTo(2);
  }

  @Test
  void clipReward_crossedBounds_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipReward(2, 1))
        .withMessage("min_reward must be at most max_reward, were 2.0 and 1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new ClipReward(Double.NaN, 1));
  }

  @Test
  void scaleReward_multiplies() {
    Simulation simulation = Scripted.rewards(0, -3, 8).in(new ScaleReward(0.25));
    simulation.reset();
    assertThat(next(simulation)).isEqualTo(-0.75);
    assertThat(next(simulation)).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScaleReward(0))
        .withMessage("factor must be above 0, was 0.0");
  }

  /**
   * What learners see is clipped, scaled, normalised, with a bonus and summed; what is earned not.
   */
  @Test
  void episodeReturn_isWhatWasEarned() {
    for (Wrapper wrapper :
        List.of(
            new ClipReward(-1, 1),
            new ScaleReward(0.1),
            new NormalizeReward(),
            new CountBonus(5))) {
      VectorEnvironment task = VectorEnvironment.of(Scripted.rewards(0, -3, 8, 0.5, 4));
      Simulation simulation = new Simulation(new RepeatAction(2).wrap(wrapper.wrap(task)));
      simulation.reset();
      next(simulation);
      assertThat(simulation.reward()).isNotEqualTo(5);
      assertThat(simulation.episodeReturn()).as("%s", wrapper).isEqualTo(5);
      next(simulation);
      assertThat(simulation.episodeReturn()).isEqualTo(9.5);
    }
  }

  /** Two rows that show 0 all the time are paid 1 a step. */
  @Test
  void countBonus_falls_byTheRootOfTheVisits() {
    VectorEnvironment same =
        new CountBonus(2)
            .wrap(
                VectorEnvironment.of(
                    new Identity(new IdentityOptions(1, 10)),
                    new Identity(new IdentityOptions(1, 10))));
    Outcomes outcomes = new Outcomes(same.spec(), 2);
    RandomStreams random = RandomStreams.ofSeeds(0, 1);
    Columns actions = new Columns(same.spec().actionSpace(), 2);
    same.reset(Rows.all(2), random, outcomes.observations());

    outcomes.clear(Rows.all(2));
    same.step(Rows.all(2), actions, random, outcomes);
    double paid = 1;

    assertThat(outcomes.reward()[0]).isEqualTo(paid + 2);
    assertThat(outcomes.reward()[1]).isEqualTo(paid + 2 / Math.sqrt(2));

    outcomes.clear(Rows.all(2));
    same.step(Rows.all(2), actions, random, outcomes);

    assertThat(outcomes.reward()[0]).isEqualTo(paid + 2 / Math.sqrt(3));
    assertThat(outcomes.reward()[1]).isEqualTo(paid + 1);
  }

  @Test
  void visitCounts_ofManyKeys_areExactAndRestored() {
    VisitCounts counts = new VisitCounts();
    for (int round = 1; round <= 3; round++) {
      for (long key = -5_000; key < 5_000; key++) {
        assertThat(counts.visit(key << 33)).isEqualTo(round);
      }
    }
    assertThat(counts.size()).isEqualTo(10_000);
    VisitCounts restored = new VisitCounts();
    BinaryState.fromBytes(
        BinaryState.toBytes((Stateful) counts::carry), (Stateful) restored::carry);
    assertThat(restored.visit(0)).isEqualTo(4);
    assertThat(restored.visit(1)).isEqualTo(1);
    assertThat(restored.visit(4_999L << 33)).isEqualTo(4);
  }

  /** Rewards 1, 2, −1 (terminal), then after a reset 3 and 0.5, through Gymnasium 1.3.0. */
  @Test
  void normalizeReward_equalsGymnasium() {
    Simulation simulation =
        Scripted.rewards(0, 1, 2, -1, 0, 3, 0.5).endingAt(3).in(new NormalizeReward());
    simulation.reset();
    assertThat(next(simulation)).isCloseTo(70.71421321062337, within(1e-9));
    assertThat(next(simulation)).isCloseTo(2.009847769253531, within(1e-12));
    assertThat(next(simulation)).isCloseTo(-0.6139091050232816, within(1e-12));
    simulation.reset();
    assertThat(next(simulation)).isCloseTo(2.030664646641596, within(1e-12));
    assertThat(next(simulation)).isCloseTo(0.3542589472826343, within(1e-12));
  }

  @Test
  void normalizeReward_restoredWithoutUpdate_keepsItsScale() {
    Simulation learned = Scripted.rewards(0, 1, 2, -1, 3).in(new NormalizeReward());
    learned.reset();
    next(learned);
    double scale = next(learned) / 2;
    byte[] state = BinaryState.toBytes(learned);
    Simulation kept =
        Scripted.rewards(0, 1, 2, -1, 3).in(new NormalizeReward(0.99, 1e-8, Update.NEVER));
    BinaryState.fromBytes(state, kept);
    assertThat(next(kept)).isEqualTo(-scale);
    assertThat(next(kept)).isCloseTo(3 * scale, within(1e-15));
    assertThat(next(learned)).isNotEqualTo(-scale);
  }

  /** Sums of 1, then 1 · 0.5 + 2; those of the second round don't count yet. */
  @Test
  void normalizeReward_byRounds_takesInTheSumsOfARound() {
    VectorEnvironment environment =
        new NormalizeReward(0.5, 1e-8, Update.ROUND)
            .wrap(VectorEnvironment.of(Scripted.rewards(0, 1, 2, 4, 8)));
    assertThat(environment.sharing()).isEqualTo(StatefulRows.Sharing.BY_MERGING);
    Simulation simulation = new Simulation(environment);
    simulation.reset();
    double scale = 1 / Math.sqrt(1 + 1e-8);
    assertThat(next(simulation)).isCloseTo(scale, within(1e-15));
    assertThat(next(simulation)).isCloseTo(2 * scale, within(1e-15));
    environment.mergeRows();
    double count = 2 + 1e-4;
    double mean = (1 + 2.5) / count;
    double deviation = Math.sqrt((1 + 2.5 * 2.5 + 1e-4) / count - mean * mean + 1e-8);
    assertThat(next(simulation)).isCloseTo(4 / deviation, within(1e-9));
    assertThat(next(simulation)).isCloseTo(8 / deviation, within(1e-9));
  }

  /** Sums of 1, 2.5 and 0.25, whose largest over the bound is more than the deviation. */
  @Test
  void normalizeReward_withABound_dividesByTheLargestSum() {
    Simulation simulation =
        Scripted.rewards(0, 1, 2, -1).in(new NormalizeReward(0.5, 1e-8, Update.STEP, 0.01));
    simulation.reset();
    assertThat(next(simulation)).isCloseTo(1.0 / 100, within(1e-15));
    assertThat(next(simulation)).isCloseTo(2.0 / 250, within(1e-15));
    assertThat(next(simulation)).isCloseTo(-1.0 / 250, within(1e-15));
  }

  @Test
  void normalizeReward_byRoundsWithABound_takesInTheLargestSumOfARound() {
    VectorEnvironment environment =
        new NormalizeReward(0.5, 1e-8, Update.ROUND, 0.01)
            .wrap(VectorEnvironment.of(Scripted.rewards(0, 1, 2, -1)));
    Simulation simulation = new Simulation(environment);
    simulation.reset();
    assertThat(next(simulation)).isCloseTo(1, within(1e-7));
    assertThat(next(simulation)).isCloseTo(2, within(1e-7));
    environment.mergeRows();
    assertThat(next(simulation)).isCloseTo(-1.0 / 250, within(1e-15));
  }

  @Test
  void normalizeReward_notFinite_refused() {
    Simulation simulation = Scripted.rewards(0, Double.NaN).in(new NormalizeReward());
    simulation.reset();
    assertThatThrownBy(() -> simulation.step(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reward of test/Scripted-v0 must be finite, was NaN in row 0");
  }

  @Test
  void evaluation_leavesRewardWrappersOut() {
    VectorEnvironment wrapped =
        new NormalizeReward()
            .wrap(
                new ScaleReward()
                    .wrap(new ClipReward().wrap(VectorEnvironment.of(Scripted.rewards(0, 5)))));
    Wrapper.ForEvaluation wrapping =
        wrapped.capability(0, Wrapper.ForEvaluation.class).orElseThrow();
    VectorEnvironment bare = VectorEnvironment.of(Scripted.rewards(0, 5));
    assertThat(wrapping.around(bare)).isSameAs(bare);
  }

  @Test
  void recordEpisodeStatistics_addsUp() {
    Simulation simulation =
        Scripted.rewards(0, 1, 2.5, -1, 0, 4).endingAt(3).in(new RecordEpisodeStatistics());
    simulation.reset();
    next(simulation);
    assertThat(simulation.diagnostic("episode_return")).isEqualTo(1);
    next(simulation);
    next(simulation);
    assertThat(simulation.diagnostic("episode_return")).isEqualTo(2.5);
    assertThat(simulation.diagnostic("episode_length")).isEqualTo(3);
    simulation.reset();
    assertThat(next(simulation)).isEqualTo(4);
    assertThat(simulation.diagnostic("episode_return")).isEqualTo(4);
    assertThat(simulation.diagnostic("episode_length")).isEqualTo(1);
  }

  @Test
  void recordEpisodeStatistics_twice_refused() {
    VectorEnvironment once =
        new RecordEpisodeStatistics().wrap(VectorEnvironment.of(Scripted.of(f(1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordEpisodeStatistics().wrap(once))
        .withMessageContaining("test/Scripted-v0")
        .withMessageContaining("episode_return");
  }

  private static double next(Simulation simulation) {
    simulation.step(0);
    return simulation.reward();
  }
}
