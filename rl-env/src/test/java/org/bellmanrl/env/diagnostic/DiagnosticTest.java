package org.bellmanrl.env.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.space.ProductIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticTest {
  private static final double GAMMA = 0.9;

  @Test
  void bestValues_areWhatTheDocumentationSays() {
    List<Environment> endless =
        List.of(
            new Identity(IdentityOptions.defaults()),
            new EndlessReward(EndlessRewardOptions.defaults()),
            new TupleTask(TupleTaskOptions.defaults()),
            new MultiDiscreteTask(MultiDiscreteTaskOptions.defaults()));
    for (Environment environment : endless) {
      for (double value : best(environment)) {
        assertThat(value).as(environment.spec().name()).isCloseTo(10, within(1e-9));
      }
    }
    assertThat(best(new TwoStateChain(new TwoStateChainOptions(0.2, 1, 0, 50))))
        .containsExactly(new double[] {9, 10}, within(1e-9));
    assertThat(best(new MaskedTask(MaskedTaskOptions.defaults())))
        .containsExactly(new double[] {-5.5, -5.5 + 1 / 3.0, -5.5 + 2 / 3.0, -4.5}, within(1e-9));
  }

  /** Value iteration (Sutton and Barto, 2nd ed., 2018, section 4.4). */
  private static double[] best(Environment environment) {
    FiniteModel model = environment.capability(Modelled.class).orElseThrow().model();
    double[] values = new double[model.states()];
    for (int sweep = 0; sweep < 400; sweep++) {
      for (int s = 0; s < values.length; s++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < model.actions(); a++) {
          double value = 0;
          for (int i = model.from(s, a); i < model.to(s, a); i++) {
            double after = model.terminated(i) ? 0 : GAMMA * values[model.next(i)];
            value += model.probability(i) * (model.reward(i) + after);
          }
          best = Math.max(best, value);
        }
        values[s] = best;
      }
    }
    return values;
  }

  @Test
  void endlessReward_cut_isNotAnEnd() {
    Simulation simulation = new Simulation(new EndlessReward(new EndlessRewardOptions(-2.5, 3)));
    simulation.reset();
    simulation.step(0);
    simulation.step(0);
    assertThat(simulation.ended()).isFalse();
    simulation.step(0);
    assertThat(simulation.truncated()).isTrue();
    assertThat(simulation.terminated()).isFalse();
    assertThat(simulation.discount()).isEqualTo(1);
    assertThat(simulation.episodeReturn()).isEqualTo(-7.5);
  }

  @Test
  void givenRewards_areEarnedInOrder() {
    Simulation simulation =
        new Simulation(new GivenRewards(new GivenRewardsOptions(List.of(1.5, -2.0, 0.25))));
    simulation.reset();
    assertThat(simulation.observation().discrete()).isZero();
    simulation.step(0);
    assertThat(simulation.reward()).isEqualTo(1.5);
    assertThat(simulation.observation().discrete()).isEqualTo(1);
    simulation.step(0);
    assertThat(simulation.reward()).isEqualTo(-2);
    simulation.step(0);
    assertThat(simulation.terminated()).isTrue();
    assertThat(simulation.episodeReturn()).isEqualTo(-0.25);
    assertThat(best(new GivenRewards(new GivenRewardsOptions(List.of(1.0, 1.0, 1.0)))))
        .containsExactly(new double[] {2.71, 1.9, 1}, within(1e-9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenRewardsOptions(List.of(1.0, Double.NaN)))
        .withMessage("rewards[1] must be finite, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenRewardsOptions(List.of()))
        .withMessage("number of rewards must be in [1, 1000], was 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void memory_cueRemembered_pays(int seed) {
    Simulation simulation = new Simulation(new Memory(new MemoryOptions(3, 4)));
    simulation.reset(seed);
    int cue = simulation.observation().discrete();
    assertThat(cue).isBetween(0, 2);
    for (int i = 1; i <= 4; i++) {
      simulation.step(0);
      assertThat(simulation.reward()).isZero();
      assertThat(simulation.observation().discrete()).isEqualTo(i < 4 ? 3 : 4);
    }
    simulation.step(seed % 2 == 0 ? cue : (cue + 1) % 3);
    assertThat(simulation.terminated()).isTrue();
    assertThat(simulation.reward()).isEqualTo(seed % 2 == 0 ? 1 : -1);
    assertThat(simulation.length()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void deepSea_alwaysToTheRight_paysTheTreasure(int mappingSeed) {
    Simulation simulation = new Simulation(new DeepSea(new DeepSeaOptions(6, mappingSeed)));
    FiniteModel model = new DeepSea(new DeepSeaOptions(6, mappingSeed)).model();
    simulation.reset(0);
    double earned = 0;
    for (int row = 0; row < 6; row++) {
      int place = simulation.observation().discrete();
      assertThat(place).isEqualTo(7 * row);
      assertThat(simulation.ended()).isFalse();
      // The way to the right is the one that costs something, or pays the treasure.
      simulation.step(model.reward(model.from(place, 0)) != 0 ? 0 : 1);
      earned += simulation.reward();
    }
    assertThat(simulation.terminated()).isTrue();
    assertThat(earned).isCloseTo(0.99, within(1e-12));
  }

  @Test
  void deepSea_mapping_differsByPlaceAndSeed() {
    FiniteModel one = new DeepSea(new DeepSeaOptions(10, 1)).model();
    FiniteModel two = new DeepSea(new DeepSeaOptions(10, 2)).model();
    int right = 0;
    int different = 0;
    for (int s = 0; s < 100; s++) {
      boolean inOne = one.reward(one.from(s, 0)) != 0;
      right += inOne ? 1 : 0;
      different += inOne == (two.reward(two.from(s, 0)) != 0) ? 0 : 1;
    }
    assertThat(right).isBetween(25, 75);
    assertThat(different).isBetween(25, 75);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void tMaze_sign_saysWhereTheGoalIs(int seed) {
    Simulation simulation = new Simulation(new TMaze(new TMazeOptions(3, 50)));
    simulation.reset(seed);
    int side = simulation.observation().discrete();
    assertThat(side).isBetween(0, 1);
    simulation.step(1); // back: there is a wall
    assertThat(simulation.reward()).isEqualTo(-0.1);
    assertThat(simulation.observation().discrete()).isEqualTo(side);
    for (int i = 1; i <= 3; i++) {
      simulation.step(2); // left: no way, and at no price but the step's
      assertThat(simulation.reward()).isEqualTo(-0.1);
      simulation.step(0);
      assertThat(simulation.reward()).isZero();
      assertThat(simulation.observation().discrete()).isEqualTo(i < 3 ? 2 : 3);
    }
    simulation.step(2 + (seed % 2 == 0 ? side : 1 - side));
    assertThat(simulation.terminated()).isTrue();
    assertThat(simulation.reward()).isEqualTo(seed % 2 == 0 ? 4 : -0.1);
  }

  @Test
  void repeatPrevious_valueOfSomeStepsAgo_pays() {
    Simulation simulation = new Simulation(new RepeatPrevious(new RepeatPreviousOptions(5, 3, 40)));
    for (int episode = 0; episode < 3; episode++) {
      simulation.reset(episode);
      int[] seen = new int[41];
      seen[0] = simulation.observation().discrete();
      for (int step = 0; step < 40; step++) {
        int right = seen[Math.max(0, step - 3)];
        boolean wrong = step % 5 == 4;
        simulation.step(wrong ? (right + 1) % 5 : right);
        seen[step + 1] = simulation.observation().discrete();
        double expected = step < 3 ? 0 : wrong ? -1.0 / 37 : 1.0 / 37;
        assertThat(simulation.reward()).as("step %d", step).isEqualTo(expected);
      }
      assertThat(simulation.terminated()).isTrue();
    }
  }

  @Test
  void countRecall_numberOfTimes_pays() {
    Simulation simulation = new Simulation(new CountRecall(new CountRecallOptions(3, 4)));
    for (int episode = 0; episode < 3; episode++) {
      simulation.reset(episode);
      int[] counts = new int[3];
      for (int step = 0; step < 12; step++) {
        counts[simulation.observation().discrete(0)]++;
        int right = counts[simulation.observation().discrete(1)];
        boolean wrong = step % 5 == 4;
        simulation.step(wrong ? (right + 1) % 5 : right);
        assertThat(simulation.reward()).isEqualTo(wrong ? -1.0 / 12 : 1.0 / 12);
      }
      assertThat(simulation.terminated()).isTrue();
      assertThat(counts).containsExactly(4, 4, 4);
    }
  }

  @Test
  void maskedTask_mask_isWhatPays() {
    Simulation simulation = new Simulation(new MaskedTask(new MaskedTaskOptions(3, 50)));
    simulation.reset(0);
    for (int i = 0; i < 50; i++) {
      int state = simulation.observation().discrete();
      boolean[] mask = simulation.observations().mask();
      assertThat(mask).containsExactly(true, state >= 1, state >= 2);
      simulation.step(state);
      assertThat(simulation.reward()).isEqualTo(state / 2.0 - 1);
    }
    simulation.reset(0);
    while (simulation.observation().discrete() == 2) {
      simulation.step(2);
    }
    simulation.step(2);
    assertThat(simulation.reward()).as("a forbidden action").isEqualTo(-2);
  }

  @Test
  void dictTask_bothParts_decide() {
    Simulation simulation = new Simulation(new DictTask(new DictTaskOptions(3, 40)));
    simulation.reset(0);
    int negative = 0;
    for (int i = 0; i < 40; i++) {
      int number = simulation.observation().discreteOf(0, 0);
      float sign = simulation.observation().getOf(1, 0);
      assertThat(Math.abs(sign)).isBetween(0.1f, 1f);
      negative += sign < 0 ? 1 : 0;
      int right = sign < 0 ? number : number + 3;
      simulation.step(i % 2 == 0 ? right : (right + 3) % 6);
      assertThat(simulation.reward()).isEqualTo(i % 2 == 0 ? 1 : 0);
    }
    assertThat(negative).isBetween(1, 39);
  }

  @Test
  void tupleTask_sum_pays() {
    Simulation simulation = new Simulation(new TupleTask(new TupleTaskOptions(4, 40)));
    simulation.reset(1);
    for (int i = 0; i < 40; i++) {
      int sum = simulation.observation().discrete(0) + simulation.observation().discrete(1);
      simulation.step((sum + i % 2) % 4);
      assertThat(simulation.reward()).isEqualTo(i % 2 == 0 ? 1 : 0);
    }
  }

  @Test
  void multiDiscreteTask_share_pays() {
    Simulation simulation =
        new Simulation(new MultiDiscreteTask(new MultiDiscreteTaskOptions(4, 3, 40)));
    simulation.reset(1);
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 3; j++) {
        int seen = simulation.observation().discrete(j);
        simulation.actions().ints()[j] = j < i % 4 ? seen : (seen + 1) % 4;
      }
      simulation.stepWritten();
      assertThat(simulation.reward()).isEqualTo(i % 4 / 3.0);
    }
  }

  @Test
  void model_states_areNumberedAsTheObservations() {
    MultiDiscreteTask task = new MultiDiscreteTask(new MultiDiscreteTaskOptions(3, 2, 10));
    Simulation simulation = new Simulation(task);
    ProductIndex states = ProductIndex.of(simulation.spec().observationSpace()).orElseThrow();
    FiniteModel model = task.capability(Modelled.class).orElseThrow().model();
    for (int seed = 0; seed < 10; seed++) {
      simulation.reset(seed);
      int state = states.of(simulation.observations().values(), 0);
      for (int i = 0; i < 2; i++) {
        simulation.actions().ints()[i] = simulation.observation().discrete(i);
      }
      assertThat(model.reward(model.from(state, state))).isEqualTo(1);
      simulation.stepWritten();
      assertThat(simulation.reward()).isEqualTo(1);
    }
  }

  @Test
  void model_large_isLeftOut() {
    assertThat(new Identity(new IdentityOptions(1000, 10)).capability(Modelled.class)).isEmpty();
    assertThat(new DictTask(DictTaskOptions.defaults()).capability(Modelled.class))
        .as("a Box is no state")
        .isEmpty();
  }

  @Test
  void options_outOfRange_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdentityOptions(0, 5))
        .withMessage("n must be in [1, 1000000], was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EndlessRewardOptions(Double.NaN, 5))
        .withMessage("reward must be finite, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TwoStateChainOptions(0, 1, 1.5, 5))
        .withMessage("slip must be in [0, 1], was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryOptions(2, 0))
        .withMessage("length must be in [1, 1000000], was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiDiscreteTaskOptions(10, 7, 5))
        .withMessage("n to the power of elements must be at most 1000000, were 10 and 7");
  }
}
