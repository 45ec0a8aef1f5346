package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bellmanrl.env.wrapper.Scripted.f;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.api.Test;

class ActionWrappersTest {

  @Test
  void rescaleAction_ownBounds_equalsGymnasium() {
    Scripted task = Scripted.actions(Box.of(f(-2, 0), f(2, 10)));
    Simulation simulation = task.in(new RescaleAction());
    assertThat(simulation.spec().actionSpace()).isEqualTo(Box.of(-1, 1, 2));
    simulation.reset();
    simulation.step(0.3f, -0.7f);
    simulation.step(-1, 1);
    assertThat(task.actions).containsExactly("[0.6, 1.5]", "[-2.0, 10.0]");
  }

  @Test
  void rescaleAction_infiniteBounds_needsARange() {
    Box real = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2);
    Scripted task = Scripted.actions(real);
    Simulation simulation = task.in(new RescaleAction(0, 1, List.of(-4.0, -8.0), List.of(4.0)));
    simulation.reset();
    simulation.step(0.5f, 1);
    assertThat(task.actions).containsExactly("[0.0, 4.0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.actions(real).in(new RescaleAction()))
        .withMessageContaining("give low and high")
        .withMessageContaining(real.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Scripted.actions(Box.of(-1, 1, 1))
                .in(new RescaleAction(-1, 1, List.of(-2.0), List.of())))
        .withMessageContaining("must lie within");
  }

  @Test
  void clipAction_outside_becomesTheBound() {
    Scripted task = Scripted.actions(Box.of(f(-2, 0), f(2, 10)));
    Simulation simulation = task.in(new ClipAction());
    assertThat(simulation.spec().actionSpace())
        .isEqualTo(Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2));
    simulation.reset();
    simulation.step(-7, 11);
    simulation.step(1.5f, 3);
    assertThat(task.actions).containsExactly("[-2.0, 10.0]", "[1.5, 3.0]");
  }

  @Test
  void discretizeAction_numbers_areGymnasiumsMiddles() {
    Scripted task = Scripted.actions(Box.of(f(-1, 0), f(1, 10)));
    Simulation simulation =
        task.in(new DiscretizeAction(List.of(4, 2), false, List.of(), List.of()));
    assertThat(simulation.spec().actionSpace()).isEqualTo(new Discrete(8));
    simulation.reset();
    simulation.step(0);
    simulation.step(1);
    simulation.step(2);
    simulation.step(7);
    assertThat(task.actions)
        .containsExactly("[-0.75, 2.5]", "[-0.75, 7.5]", "[-0.25, 2.5]", "[0.75, 7.5]");
  }

  @Test
  void discretizeAction_multidiscrete_takesOneBinEach() {
    Scripted task = Scripted.actions(Box.of(f(-1, 0), f(1, 10)));
    Simulation simulation =
        task.in(new DiscretizeAction(List.of(4, 2), true, List.of(), List.of()));
    assertThat(simulation.spec().actionSpace()).isEqualTo(new MultiDiscrete(4, 2));
    simulation.reset();
    simulation.actions().ints()[0] = 3;
    simulation.actions().ints()[1] = 0;
    simulation.stepWritten();
    assertThat(task.actions).containsExactly("[0.75, 2.5]");
  }

  @Test
  void continuousWrappers_discreteActions_refused() {
    for (Wrapper wrapper : List.of(new ClipAction(), new RescaleAction(), new DiscretizeAction())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Scripted.of(f(1)).in(wrapper))
          .withMessageContaining("test/Scripted-v0 are in Discrete(3)");
    }
  }

  /** Actions 0 to 9 twice, seed 42, probability 0.4, through Gymnasium 1.3.0. */
  @Test
  void stickyAction_seeded_equalsGymnasium() {
    sticky(
        new StickyAction(0.4),
        "0, 1, 1, 3, 3, 3, 6, 7, 8, 9, 0, 1, 2, 3, 3, 5, 5, 7, 7, 7",
        0.6698139946825103);
    sticky(
        new StickyAction(0.4, 2, 4),
        "0, 1, 1, 1, 1, 5, 6, 7, 7, 7, 7, 7, 2, 3, 4, 5, 5, 5, 5, 5",
        0.3704597060348689);
  }

  private static void sticky(StickyAction wrapper, String played, double last) {
    Drawing task = new Drawing();
    Simulation simulation = new Simulation(wrapper.wrap(VectorEnvironment.of(task)));
    simulation.reset(42);
    for (int i = 0; i < 20; i++) {
      simulation.step(i % 10);
    }
    assertThat(task.actions.substring(2)).isEqualTo(played);
    assertThat(simulation.reward()).isEqualTo(last);
  }

  @Test
  void stickyAction_reset_forgetsTheLastAction() {
    Drawing task = new Drawing();
    Simulation simulation = new Simulation(new StickyAction(0.99).wrap(VectorEnvironment.of(task)));
    for (int i = 0; i < 10; i++) {
      simulation.reset();
      simulation.step(i);
    }
    assertThat(task.actions).isEqualTo(", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
  }

  @Test
  void stickyAction_badOptions_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StickyAction(1))
        .withMessage("repeat_action_probability must be in [0, 1), was 1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new StickyAction(0.5, 3, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new StickyAction().wrap(VectorEnvironment.of(new Taxi(TaxiOptions.defaults()))))
        .withMessageContaining("hidden=true");
  }

  /** Observations (0,0), (1,5), (2,4), (3,3), …, as Gymnasium 1.3.0 shows them. */
  @Test
  void maxAndSkip_fullActions_equalGymnasium() {
    Scripted task =
        Scripted.of(f(0, 0), f(1, 5), f(2, 4), f(3, 3), f(0, 1), f(-1, -1), f(7, -2))
            .paying(0, 1, 2, 3, 4, 5, 6);
    Simulation simulation = task.in(new MaxAndSkip(3));
    simulation.reset();
    simulation.step(2);
    assertThat(simulation.observations().values().floats()).containsExactly(3, 4);
    assertThat(simulation.reward()).isEqualTo(6);
    simulation.step(1);
    assertThat(simulation.observations().values().floats()).containsExactly(7, -1);
    assertThat(simulation.reward()).isEqualTo(15);
    assertThat(task.actions).containsExactly("2", "2", "2", "1", "1", "1");
  }

  @Test
  void repeatAction_rewards_areAddedAndTheLastObservationShown() {
    Scripted task =
        Scripted.of(f(0), f(9), f(8), f(2), f(7), f(1)).paying(0, 1, 2, 3, 4, 5).endingAt(5);
    Simulation simulation = task.in(new RepeatAction(3));
    simulation.reset();
    simulation.step(2);
    assertThat(simulation.observation().get(0)).isEqualTo(2);
    assertThat(simulation.reward()).isEqualTo(6);
    simulation.step(1);
    assertThat(simulation.observation().get(0)).isEqualTo(1);
    assertThat(simulation.reward()).isEqualTo(9);
    assertThat(simulation.terminated()).isTrue();
    assertThat(task.actions).containsExactly("2", "2", "2", "1", "1");
  }

  @Test
  void flattenAction_numbers_areCombinations() {
    int[][] taken = new int[6][];
    for (int number = 0; number < 6; number++) {
      RandomTask task = new RandomTask(new Discrete(2), new MultiDiscrete(2, 3));
      int[] seen = new int[2];
      VectorEnvironment inner =
          new WrappedEnvironments(
              within -> within, task.rows(1), task.spec(), WrappedEnvironments.Change.NOTHING) {
            @Override
            public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
              System.arraycopy(actions.ints(), 0, seen, 0, 2);
              super.step(rows, actions, random, outcomes);
            }
          };
      Simulation simulation = new Simulation(new FlattenAction().wrap(inner));
      assertThat(simulation.spec().actionSpace()).isEqualTo(new Discrete(6));
      simulation.reset(0);
      simulation.step(number);
      taken[number] = seen;
    }
    assertThat(taken).isDeepEqualTo(new int[][] {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}});
  }

  @Test
  void flattenAction_mask_allowsCombinationsOfAllowedChoices() {
    RandomTask task = new RandomTask(new Discrete(2), new MultiDiscrete(2, 1, 3)).withMask();
    Simulation plain = new Simulation(task.rows(1));
    Simulation flat = new Simulation(new FlattenAction().wrap(task.rows(1)));
    int forbidden = 0;
    for (int seed = 0; seed < 20; seed++) {
      plain.reset(seed);
      flat.reset(seed);
      boolean[] choices = plain.observations().mask();
      boolean[] combinations = flat.observations().mask();
      assertThat(combinations).hasSize(6);
      for (int number = 0; number < 6; number++) {
        assertThat(combinations[number]).isEqualTo(choices[number / 3] && choices[3 + number % 3]);
        forbidden += combinations[number] ? 0 : 1;
      }
    }
    assertThat(forbidden).isPositive();
  }

  @Test
  void flattenAction_tooManyOrOtherActions_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.actions(Box.of(-1, 1, 2)).in(new FlattenAction()))
        .withMessageContaining("flatten-action takes actions in a MultiDiscrete, but");
    VectorEnvironment many = new RandomTask(new Discrete(2), new MultiDiscrete(1000, 1001)).rows(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlattenAction().wrap(many))
        .withMessageContaining("a MultiDiscrete of at most 1000000 combinations");
  }

  @Test
  void rescaleAction_boundsEqualAsFloats_refused() {
    double above = 1 + 1e-12;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RescaleAction(1, above))
        .withMessage(
            "min_action must be below max_action, both finite as float32, were 1.0 and " + above);
    assertThatIllegalArgumentException().isThrownBy(() -> new RescaleAction(0, 1e39));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Scripted.actions(Box.of(-2, 2, 1))
                .in(new RescaleAction(-1, 1, List.of(1.0), List.of(above))))
        .withMessageContaining("low must be below high as float32");
  }

  @Test
  void maxAndSkip_endWithinAnAction_showsTheLastTwo() {
    Scripted task =
        Scripted.of(f(0), f(9), f(2), f(1), f(5), f(4), f(8)).paying(0, 1, 1, 0, 1).endingAt(2);
    Simulation simulation = task.endingAt(4).in(new MaxAndSkip(4));
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.terminated()).isTrue();
    assertThat(simulation.discount()).isZero();
    assertThat(simulation.observation().get(0)).isEqualTo(9);
    assertThat(simulation.reward()).isEqualTo(2);
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.observation().get(0)).as("the only one of that action").isEqualTo(5);
    assertThat(task.actions).hasSize(3);
  }

  @Test
  void maxAndSkip_limit_countsTheTasksOwnSteps() {
    EnvironmentSpec spec =
        EnvironmentSpec.of("test/Short-v0", Box.of(0, 9, 1), new Discrete(2))
            .withMaxEpisodeSteps(5);
    Scripted task =
        new Scripted(spec, new float[][] {f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7)});
    Simulation simulation = task.in(new MaxAndSkip(4));
    assertThat(simulation.spec().maxEpisodeSteps()).isEqualTo(2);
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.ended()).isFalse();
    simulation.step(0);
    assertThat(simulation.truncated()).isTrue();
    assertThat(simulation.terminated()).isFalse();
    assertThat(simulation.discount()).isEqualTo(1);
    assertThat(task.actions).hasSize(5);
  }

  @Test
  void maxAndSkip_discounts_multiplyWhatFollows() {
    Scripted task = Scripted.rewards(0, 1, 10, 100).discounting(1, 0.5).discounting(3, 0.1);
    Simulation simulation = task.in(new MaxAndSkip(3));
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.reward()).isEqualTo(1 + 0.5 * 110);
    assertThat(simulation.discount()).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void actionMask_forbidden_addsAMask() {
    Simulation simulation =
        Scripted.of(f(1), f(2)).in(new ActionMask(new ActionMask.Options(List.of(1), false)));
    assertThat(simulation.spec().masked()).isTrue();
    simulation.reset();
    assertThat(simulation.observations().mask()).containsExactly(true, false, true);
    simulation.step(0);
    assertThat(simulation.observations().mask()).containsExactly(true, false, true);
    assertThat(simulation.observation().get(0)).isEqualTo(2);
  }

  @Test
  void actionMask_rule_narrowsTheTasksOwn() {
    ActionMask noPickup = new ActionMask((observations, row, mask, from) -> mask[from + 4] = false);
    Simulation plain = new Simulation(new Taxi(TaxiOptions.defaults()));
    Simulation masked =
        new Simulation(noPickup.wrap(VectorEnvironment.of(new Taxi(TaxiOptions.defaults()))));
    for (int seed = 0; seed < 20; seed++) {
      plain.reset(seed);
      masked.reset(seed);
      boolean[] expected = plain.observations().mask().clone();
      expected[4] = false;
      assertThat(masked.observations().mask()).isEqualTo(expected);
    }
  }

  @Test
  void actionMask_hidden_givesNone() {
    Simulation simulation =
        new Simulation(
            ActionMask.hidden().wrap(VectorEnvironment.of(new Taxi(TaxiOptions.defaults()))));
    Simulation plain = new Simulation(new Taxi(TaxiOptions.defaults()));
    assertThat(simulation.spec().masked()).isFalse();
    simulation.reset(3);
    plain.reset(3);
    simulation.step(1);
    plain.step(1);
    assertThat(simulation.observations().mask()).isEmpty();
    assertThat(simulation.observation().discrete()).isEqualTo(plain.observation().discrete());
    assertThat(simulation.reward()).isEqualTo(-1);
  }

  @Test
  void actionMask_badOptions_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ActionMask.Options(List.of(1), true))
        .withMessage("hidden=true leaves no mask to forbid [1] in; give one of the two");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Scripted.of(f(1)).in(new ActionMask(new ActionMask.Options(List.of(3), false))))
        .withMessageContaining("forbidden must be in [0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.actions(Box.of(0, 1, 1)).in(ActionMask.hidden()))
        .withMessageContaining("Discrete, MultiDiscrete or MultiBinary");
  }

  @Test
  void capability_whatIsNoLongerTrue_isHidden() {
    VectorEnvironment lake = lake();
    assertThat(new TimeLimit(9).wrap(lake).capability(0, Modelled.class)).isPresent();
    assertThat(new StickyAction().wrap(lake).capability(0, Modelled.class)).isEmpty();
    assertThat(new StickyAction().wrap(lake).capability(0, GridView.class)).isPresent();
    VectorEnvironment flat = new FlattenObservation().wrap(lake);
    assertThat(flat.capability(0, GridView.class)).isEmpty();
    assertThat(flat.capability(0, TextView.class)).isPresent();
  }

  private static VectorEnvironment lake() {
    return VectorEnvironment.of(new FrozenLake(FrozenLakeOptions.defaults()));
  }

  /** Draws one number at each reset and step, after whatever a wrapper has drawn. */
  private static final class Drawing implements Environment {
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("test/Drawing-v0", new Discrete(1), new Discrete(10));
    private String actions = "";

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      random.random();
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      actions += ", " + action.discrete();
      outcome.observation().setDiscrete(0);
      outcome.reward(random.random());
    }
  }
}
