package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bellmanrl.env.wrapper.Scripted.f;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StatefulRows;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.env.classic.MountainCar;
import org.bellmanrl.env.classic.MountainCarOptions;
import org.junit.jupiter.api.Test;

class ObservationWrappersTest {
  /** Layout: a (4 floats), b/0 (an int), b/1 (2 bits), c (2 ints). */
  private static final Space NESTED =
      Dict.of(
          Map.of(
              "b",
              Tuple.of(new Discrete(3, 1), new MultiBinary(2)),
              "a",
              Box.of(-1, 2, 2, 2),
              "c",
              new MultiDiscrete(2, 3)));

  private static final float[] NESTED_VALUE = f(0.5, -1, 2, 0, 2, 1, 0, 1, 2);

  /** Gymnasium's RunningMeanStd in double precision, one observation at a time. */
  @Test
  void normalizeObservation_oneRow_equalsGymnasium() {
    Simulation simulation =
        Scripted.of(f(1, 2), f(3, -1), f(0.5, 4), f(10, 0), f(-2, 1))
            .in(new NormalizeObservation());
    double[][] expected = {
      {0.007070714249638547, 0.008944093012040463},
      {1.0000000049980002, -0.9999944426388265},
      {-0.9257462566913576, 1.135578975167074},
      {1.6787097197998966, -0.6509307632064003},
      {-1.1044755096293473, -0.11623389331189919}
    };
    simulation.reset();
    near(simulation, expected[0]);
    simulation.step(0);
    near(simulation, expected[1]);
    simulation.step(0);
    near(simulation, expected[2]);
    simulation.reset();
    near(simulation, expected[3]);
    simulation.step(0);
    near(simulation, expected[4]);
  }

  /** The same, two rows at a time and then one of them. */
  @Test
  void normalizeObservation_severalRows_takesInBatches() {
    ObservationTransform transform = new NormalizeObservation().transform(Box.of(-99, 99, 2), 2);
    Columns in = new Columns(Box.of(-99, 99, 2), 2);
    Columns out = new Columns(transform.space(), 2);
    set(in, 1, 2, 3, -1);
    transform.begin(Rows.all(2), in, out);
    near(
        out.floats(),
        -0.9998000349925015,
        1.0000277746758468,
        1.0000000049980007,
        -0.9999944426388269);
    set(in, 0.5f, 4, 10, 0);
    transform.next(Rows.all(2), in, out);
    near(
        out.floats(),
        -0.8228613608098786,
        1.432099753515137,
        1.6787097197998964,
        -0.6509307632064003);
    set(in, 77, 77, -2, 1);
    transform.next(new Rows(2).add(1), in, out);
    near(new float[] {out.floats()[2], out.floats()[3]}, -1.1044755096293468, -0.11623389331189919);
    assertThat(out.floats()[0])
        .as("a row that is not listed")
        .isEqualTo((float) -0.8228613608098786);
  }

  /** In a round, statistics stay; when it ends, they are those of all that was shown. */
  @Test
  void normalizeObservation_byRounds_takesInWhatARoundHasShown() {
    Box space = Box.of(-99, 99, 1);
    ObservationTransform transform =
        new NormalizeObservation(1e-8, Double.POSITIVE_INFINITY, Update.ROUND).transform(space, 2);
    assertThat(transform.sharing()).isEqualTo(StatefulRows.Sharing.BY_MERGING);
    assertThat(new NormalizeObservation().transform(space, 2).sharing())
        .isEqualTo(StatefulRows.Sharing.BY_STEPPING);
    Columns in = new Columns(space, 2);
    Columns out = new Columns(transform.space(), 2);
    set(in, 1, 3);
    transform.begin(Rows.all(2), in, out);
    near(out.floats(), 1, 3);
    set(in, 2, 6);
    transform.next(Rows.all(2), in, out);
    near(out.floats(), 2, 6);
    set(in, 4, 99);
    transform.next(new Rows(2).add(0), in, out);
    near(out.floats(), 4, 6);
    transform.mergeRows();
    // Of 1, 2, 4, 3, 6 and of 0.0001 times mean 0 and variance 1.
    double count = 5 + 1e-4;
    double mean = 16 / count;
    double variance = (66 + 1e-4) / count - mean * mean;
    set(in, 5, 0);
    transform.next(Rows.all(2), in, out);
    double deviation = Math.sqrt(variance + 1e-8);
    near(out.floats(), (5 - mean) / deviation, -mean / deviation);
    byte[] shared = BinaryState.toBytes(transform::carryShared);
    transform.mergeRows();
    assertThat(BinaryState.toBytes(transform::carryShared)).isNotEqualTo(shared);
    shared = BinaryState.toBytes(transform::carryShared);
    transform.mergeRows();
    assertThat(BinaryState.toBytes(transform::carryShared))
        .as("nothing was shown since")
        .isEqualTo(shared);
  }

  @Test
  void normalizeObservation_frozen_staysAsItWas() {
    Box space = Box.of(-99, 99, 1);
    ObservationTransform learning = new NormalizeObservation().transform(space, 1);
    Columns in = new Columns(space, 1);
    Columns out = new Columns(learning.space(), 1);
    Rows all = Rows.all(1);
    for (int i = 0; i < 10; i++) {
      in.floats()[0] = i;
      learning.next(all, in, out);
    }
    ObservationTransform frozen = learning.frozen(1);
    float last = out.floats()[0];
    frozen.begin(all, in, out);
    assertThat(out.floats()[0]).isEqualTo(last);
    in.floats()[0] = 50;
    learning.next(all, in, out);
    frozen.next(all, in, out);
    in.floats()[0] = 9;
    frozen.next(all, in, out);
    assertThat(out.floats()[0]).isEqualTo(last);
    learning.next(all, in, out);
    assertThat(out.floats()[0]).isNotEqualTo(last);
  }

  @Test
  void normalizeObservation_clip_bounds() {
    Simulation simulation =
        Scripted.of(f(0), f(0), f(0), f(0), f(1000))
            .in(new NormalizeObservation(1e-8, 1.5, Update.STEP));
    assertThat(simulation.spec().observationSpace()).isEqualTo(Box.of(-1.5f, 1.5f, 1));
    simulation.reset();
    for (int i = 0; i < 4; i++) {
      simulation.step(0);
    }
    assertThat(simulation.observation().get(0)).isEqualTo(1.5f);
  }

  @Test
  void normalizeObservation_pixels_areReals() {
    Box pixels = Box.pixels(1, 1, 3);
    ObservationTransform transform = new NormalizeObservation().transform(pixels, 2);
    assertThat(transform.space())
        .isEqualTo(Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 1, 3));
    Columns in = new Columns(pixels, 2);
    in.bytes()[0] = (byte) 200;
    Columns out = new Columns(transform.space(), 2);
    transform.begin(Rows.all(2), in, out);
    assertThat(out.floats()[0]).isCloseTo(1, within(1e-3f));
    assertThat(out.floats()[3]).isCloseTo(-1, within(1e-3f));
  }

  @Test
  void normalizeObservation_nan_refused() {
    Simulation simulation = Scripted.of(f(0, 1), f(0, Double.NaN)).in(new NormalizeObservation());
    simulation.reset();
    assertThatThrownBy(() -> simulation.step(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("element 1 of Box");
  }

  @Test
  void flattenObservation_nested_hasGymnasiumsLayout() {
    Simulation simulation =
        new Scripted(
                EnvironmentSpec.of("test/Nested-v0", NESTED, new Discrete(2)),
                new float[][] {NESTED_VALUE})
            .in(new FlattenObservation());
    simulation.reset();
    assertThat(simulation.observations().values().floats())
        .containsExactly(0.5f, -1, 2, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1);
    assertThat(simulation.spec().observationSpace())
        .isEqualTo(
            Box.of(
                f(-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                f(2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)));
  }

  @Test
  void filterObservation_alone_showsThePartItself() {
    assertThat(nested(new FilterObservation(List.of("b"), true)).spec().observationSpace())
        .isEqualTo(((Dict) NESTED).spaces().get("b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilterObservation(List.of("a", "b"), true))
        .withMessageContaining("one part with alone=true");
  }

  @Test
  void filterObservation_dict_keepsTheNamedParts() {
    Simulation simulation = nested(new FilterObservation(List.of("c", "b")));
    assertThat(simulation.spec().observationSpace())
        .isEqualTo(
            Dict.of(
                Map.of(
                    "b",
                    Tuple.of(new Discrete(3, 1), new MultiBinary(2)),
                    "c",
                    new MultiDiscrete(2, 3))));
    simulation.reset();
    assertThat(simulation.observations().values().text(0)).isEqualTo("{b=(2, [1, 0]), c=[1, 2]}");
  }

  @Test
  void filterObservation_tuple_keepsTheOrderGiven() {
    Space space = Tuple.of(new Discrete(5), Box.of(0, 9, 1), new Discrete(7));
    Simulation simulation =
        new Scripted(
                EnvironmentSpec.of("test/Nested-v0", space, new Discrete(2)),
                new float[][] {f(4, 8, 6)})
            .in(new FilterObservation(List.of("2", "0")));
    assertThat(simulation.spec().observationSpace())
        .isEqualTo(Tuple.of(new Discrete(7), new Discrete(5)));
    simulation.reset();
    assertThat(simulation.observations().values().text(0)).isEqualTo("(6, 4)");
  }

  @Test
  void filterObservation_unknownPart_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nested(new FilterObservation(List.of("d"))))
        .withMessage(
            "filter_keys names 'd', which is no part of %s; its parts are [a, b, c]"
                .formatted(NESTED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilterObservation().transform(NESTED))
        .withMessageContaining("filter_keys must name at least one part");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilterObservation(List.of("3")).transform(Tuple.of(NESTED)));
    assertThatIllegalArgumentException().isThrownBy(() -> new FilterObservation(List.of("a", "a")));
  }

  @Test
  void hide_elements_areTakenAway() {
    Simulation simulation = Scripted.of(f(1, 2, 3), f(4, 5, 6)).in(new Hide(List.of(0, 2)));
    assertThat(simulation.spec().observationSpace()).isEqualTo(Box.of(-1000, 1000, 1));
    simulation.reset();
    assertThat(simulation.observations().values().floats()).containsExactly(2);
    simulation.step(0);
    assertThat(simulation.observations().values().floats()).containsExactly(5);
  }

  @Test
  void hide_channelsOfAPicture_areTakenAway() {
    ObservationTransform hide = new Hide(List.of(1)).transform(Box.bytes(1, 2, 1, 3));
    assertThat(hide.space()).isEqualTo(Box.bytes(1, 2, 1, 2));
    Columns in = new Columns(Box.bytes(1, 2, 1, 3), 1);
    System.arraycopy(new byte[] {1, 0, 1, 0, 1, 1}, 0, in.bytes(), 0, 6);
    Columns out = new Columns(hide.space(), 1);

    hide.next(Rows.all(1), in, out);

    assertThat(out.bytes()).containsExactly(1, 1, 0, 1);
  }

  @Test
  void hide_whatIsNotThereOrAll_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hide(List.of(2)).transform(Box.of(-1, 1, 2)))
        .withMessageContaining("components must be in [0, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hide(List.of(1, 0)).transform(Box.of(-1, 1, 2)))
        .withMessageContaining("and leave at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hide().transform(Box.of(-1, 1, 2)))
        .withMessageContaining("must name at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hide(List.of(1, 1)))
        .withMessageContaining("must not repeat");
  }

  /** As Gymnasium 1.3.0 pads with the first observation and with zero. */
  @Test
  void frameStack_padding_asGymnasium() {
    Simulation reset = Scripted.of(f(1, 2), f(3, 4), f(5, 6)).in(new FrameStack(3));
    reset.reset();
    assertThat(reset.observations().values().floats()).containsExactly(1, 2, 1, 2, 1, 2);
    reset.step(0);
    assertThat(reset.observations().values().floats()).containsExactly(1, 2, 1, 2, 3, 4);
    reset.step(0);
    assertThat(reset.observations().values().floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(reset.spec().observationSpace()).isEqualTo(Box.of(-1000, 1000, 3, 2));

    Simulation zero =
        Scripted.of(f(1, 2), f(3, 4), f(5, 6), f(7, 8))
            .in(new FrameStack(3, FrameStack.Padding.ZERO, false));
    zero.reset();
    assertThat(zero.observations().values().floats()).containsExactly(0, 0, 0, 0, 1, 2);
    zero.step(0);
    zero.reset();
    assertThat(zero.observations().values().floats())
        .as("nothing is left of the last episode")
        .containsExactly(0, 0, 0, 0, 5, 6);
  }

  @Test
  void frameStack_lastAxis_interleavesChannels() {
    Box pixels = Box.pixels(1, 2, 2);
    ObservationTransform transform =
        new FrameStack(2, FrameStack.Padding.RESET, true).transform(pixels, 1);
    assertThat(transform.space()).isEqualTo(Box.pixels(1, 2, 4));
    Columns in = new Columns(pixels, 1);
    Columns out = new Columns(transform.space(), 1);
    System.arraycopy(new byte[] {1, 2, 3, 4}, 0, in.bytes(), 0, 4);
    transform.begin(Rows.all(1), in, out);
    System.arraycopy(new byte[] {5, 6, 7, 8}, 0, in.bytes(), 0, 4);
    transform.next(Rows.all(1), in, out);
    assertThat(out.bytes()).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
  }

  @Test
  void frameStack_lastAxis_repeatsBounds() {
    Box box = Box.of(new int[] {2, 1}, f(0, 5), f(1, 6));
    assertThat(new FrameStack(2, FrameStack.Padding.RESET, true).transform(box, 1).space())
        .isEqualTo(Box.of(new int[] {2, 2}, f(0, 0, 5, 5), f(1, 1, 6, 6)));
    assertThat(new FrameStack(2).transform(box, 1).space())
        .isEqualTo(Box.of(new int[] {2, 2, 1}, f(0, 5, 0, 5), f(1, 6, 1, 6)));
  }

  @Test
  void frameStack_discrete_becomesMultiDiscrete() {
    ObservationTransform transform = new FrameStack(2).transform(new Discrete(4), 1);
    assertThat(transform.space()).isEqualTo(new MultiDiscrete(4, 4));
    Columns in = new Columns(new Discrete(4), 1);
    Columns out = new Columns(transform.space(), 1);
    in.ints()[0] = 3;
    transform.begin(Rows.all(1), in, out);
    in.ints()[0] = 1;
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(3, 1);
    assertThat(new FrameStack(2).transform(new Discrete(4, 1), 1).space())
        .isEqualTo(new MultiDiscrete(new int[] {4, 4}, new int[] {1, 1}));
  }

  /** Nested and flattened as Gymnasium 1.3.0 does. */
  @Test
  void timeAware_allSpaces_putTimeWhereGymnasiumDoes() {
    assertThat(timed(Box.of(-1, 1, 2), true, true, f(0.5, -0.5)))
        .containsExactly(0.5f, -0.5f, 0.5f);
    Space tuple = Tuple.of(new Discrete(2), Box.of(-1, 1, 1));
    assertThat(timed(tuple, true, false, f(1, -0.5))).containsExactly(0, 1, -0.5f, 2);
    Space dict = Dict.of(Map.of("z", new Discrete(2), "a", Box.of(-1, 1, 1)));
    assertThat(timed(dict, true, true, f(-0.5, 1))).containsExactly(-0.5f, 0.5f, 0, 1);
  }

  @Test
  void timeAware_notFlattened_addsAPart() {
    EnvironmentSpec spec =
        EnvironmentSpec.of("test/Timed-v0", new Discrete(2), new Discrete(2))
            .withMaxEpisodeSteps(4);
    assertThat(new TimeAwareObservation(false, false).transform(spec, 1).space())
        .isEqualTo(Dict.of(Map.of("obs", new Discrete(2), "time", Box.of(0, 4, 1))));
    assertThat(timed(new Discrete(2), false, true, f(1))).containsExactly(0.5f);
  }

  private static float[] timed(Space space, boolean flatten, boolean normalize, float[] value) {
    EnvironmentSpec spec =
        EnvironmentSpec.of("test/Timed-v0", space, new Discrete(2)).withMaxEpisodeSteps(4);
    Simulation simulation =
        new Scripted(spec, new float[][] {value, value, value, value, value})
            .in(new TimeAwareObservation(flatten, normalize));
    simulation.reset();
    simulation.step(0);
    simulation.reset();
    simulation.step(0);
    simulation.step(0);
    return simulation.observations().values().floats();
  }

  @Test
  void timeAware_noLimit_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.of(f(1)).in(new TimeAwareObservation()))
        .withMessageContaining("put time-limit inside");
  }

  /** As Gymnasium 1.3.0: nearest to zero first, then two steps late. */
  @Test
  void delayObservation_showsThePast() {
    EnvironmentSpec spec = EnvironmentSpec.of("test/Late-v0", Box.of(1, 9, 1), new Discrete(2));
    Simulation simulation =
        new Scripted(spec, new float[][] {f(4), f(5), f(6), f(7), f(8), f(9)})
            .in(new DelayObservation(2));
    simulation.reset();
    assertThat(simulation.observation().get(0)).isEqualTo(1);
    simulation.step(0);
    assertThat(simulation.observation().get(0)).isEqualTo(1);
    simulation.step(0);
    assertThat(simulation.observation().get(0)).isEqualTo(4);
    simulation.step(0);
    assertThat(simulation.observation().get(0)).isEqualTo(5);
    simulation.reset();
    assertThat(simulation.observation().get(0)).isEqualTo(1);
    simulation.step(0);
    assertThat(simulation.observation().get(0)).isEqualTo(1);
  }

  @Test
  void delayObservation_zero_changesNothing() {
    Simulation simulation = Scripted.of(f(4), f(5)).in(new DelayObservation(0));
    simulation.reset();
    simulation.step(0);
    assertThat(simulation.observation().get(0)).isEqualTo(5);
  }

  /** The numbers of Gymnasium 1.3.0's DiscretizeObservation. */
  @Test
  void discretize_numbered_equalsGymnasium() {
    Box box = Box.of(f(-1, 0), f(1, 10));
    Wrapper wrapper = new Discretize(List.of(4, 2), false, List.of(), List.of());
    Simulation simulation =
        new Scripted(
                EnvironmentSpec.of("test/Bins-v0", box, new Discrete(2)),
                new float[][] {f(-1, 0), f(1, 10), f(0, 4.9), f(-.51, 5), f(.5, 2.5)})
            .in(wrapper);
    assertThat(simulation.spec().observationSpace()).isEqualTo(new Discrete(8));
    simulation.reset();
    int[] expected = {0, 7, 4, 1, 6};
    assertThat(simulation.observation().discrete()).isEqualTo(expected[0]);
    for (int i = 1; i < expected.length; i++) {
      simulation.step(0);
      assertThat(simulation.observation().discrete()).isEqualTo(expected[i]);
    }
  }

  @Test
  void discretize_ofTwoElements_liesOnAGrid() {
    Discretize bins = new Discretize(List.of(4, 2), false, List.of(), List.of());
    try (VectorEnvironment cars = bins.wrap(MountainCar.batch(MountainCarOptions.defaults(), 1))) {
      GridView grid = cars.capability(0, GridView.class).orElseThrow();

      assertThat(List.of(grid.width(), grid.height(), grid.layers())).containsExactly(4, 2, 1);
      assertThat(grid.layer(0)).startsWith("across: position").contains("; up: velocity");
      assertThat(List.of(grid.glyph(0), grid.glyph(1), grid.glyph(2)))
          .containsExactly('←', '·', '→');
      Box box = Box.of(f(-1.2, -0.07), f(0.6, 0.07));
      Columns in = new Columns(box, 1);
      Columns out = new Columns(new Discrete(8), 1);
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < 4; column++) {
          set(in, -1.2f + 1.8f * (column + 0.5f) / 4, row == 0 ? 0.03f : -0.03f);
          bins.transform(box).next(Rows.all(1), in, out);
          assertThat(grid.state(0, row, column)).isEqualTo(out.ints()[0]);
        }
      }
    }
    try (VectorEnvironment apart =
        new Discretize(List.of(4, 2), true, List.of(), List.of())
            .wrap(MountainCar.batch(MountainCarOptions.defaults(), 1))) {
      assertThat(apart.capability(0, GridView.class)).isEmpty();
    }
  }

  @Test
  void sourceObservations_behindTwoTransforms_areThoseOfTheInnermost() {
    VectorEnvironment cars = MountainCar.batch(MountainCarOptions.defaults(), 1);
    assertThat(cars.capability(0, ObservationTransform.Source.class)).isEmpty();
    Wrapper bins = new Discretize(List.of(4, 2), true, List.of(), List.of());
    try (Simulation simulation = new Simulation(new FlattenObservation().wrap(bins.wrap(cars)))) {
      ObservationTransform.Source source =
          simulation.environment().capability(0, ObservationTransform.Source.class).orElseThrow();
      assertThat(source.spec()).isEqualTo(cars.spec());
      ObservationTransform transform =
          simulation
              .environment()
              .capability(0, ObservationTransform.class)
              .orElseThrow()
              .frozen(1);
      simulation.reset(3);
      for (int step = 0; step < 5; step++) {
        Columns out = new Columns(transform.space(), 1);
        transform.begin(Rows.all(1), source.observations().values(), out);
        assertThat(out.floats()).isEqualTo(simulation.observations().values().floats());
        assertThat(out.bytes()).isEqualTo(simulation.observations().values().bytes());
        simulation.step(2);
      }
    }
  }

  @Test
  void discretize_givenBounds_clampsOutside() {
    Box box = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2);
    Discretize wrapper = new Discretize(List.of(4), true, List.of(-2.0), List.of(2.0, 6.0));
    ObservationTransform transform = wrapper.transform(box);
    assertThat(transform.space()).isEqualTo(new MultiDiscrete(4, 4));
    Columns in = new Columns(box, 1);
    Columns out = new Columns(transform.space(), 1);
    set(in, -1e30f, 0);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(0, 1);
    set(in, 1e30f, 3.9f);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(3, 2);
    set(in, 0, Float.NaN);
    assertThatThrownBy(() -> transform.next(Rows.all(1), in, out))
        .hasMessageContainingAll("element 1 of an observation in Box", "is NaN");
  }

  @Test
  void discretize_infiniteBounds_refused() {
    Box box = Box.of(f(0, Float.NEGATIVE_INFINITY), f(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Discretize(4).transform(box))
        .withMessage(
            "discretize needs finite bounds with low < high, but element 1 of %s has -Infinity and"
                + " 1.0; give low and high",
            box);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Discretize(List.of(2, 3, 4), false, List.of(), List.of()).transform(box))
        .withMessage("bins must be one for all or one for each of 2 elements, was [2, 3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Discretize(100_000).transform(Box.of(0, 1, 2)))
        .withMessageContaining("multidiscrete=true");
  }

  /** Tilings of two tiles on [0, 1]², shifted by 0 and by (1, 3 mod 2) halves of a tile. */
  @Test
  void tileCoded_twoTilings_areShiftedApart() {
    Box box = Box.of(0, 1, 2);
    ObservationTransform transform = new TileCoded(2, 2).transform(box);
    assertThat(transform.space()).isEqualTo(new MultiDiscrete(9, 9));
    Columns in = new Columns(box, 1);
    Columns out = new Columns(transform.space(), 1);
    set(in, 0.1f, 0.1f);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(0, 0);
    set(in, 0.3f, 0.1f);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(0, 3);
    set(in, 0.6f, 0.8f);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(4, 5);
    set(in, 1, 1);
    transform.next(Rows.all(1), in, out);
    assertThat(out.ints()).containsExactly(8, 8);
  }

  @Test
  void tileCoded_flattened_hasOneOnePerTiling() {
    Wrapper wrapper = inner -> new FlattenObservation().wrap(new TileCoded(4, 3).wrap(inner));
    Simulation simulation = Scripted.of(f(3, -2), f(700, 900)).in(wrapper);
    assertThat(simulation.spec().observationSpace()).isEqualTo(Box.of(0, 1, 4 * 16));
    simulation.reset();
    float sum = 0;
    for (float value : simulation.observations().values().floats()) {
      sum += value;
    }
    assertThat(sum).isEqualTo(4);
  }

  @Test
  void transforms_wrongSpace_nameIt() {
    Space tuple = Tuple.of(new Discrete(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NormalizeObservation().transform(tuple, 1))
        .withMessage(
            "normalize-observation takes observations in a Box (flatten-observation makes one), but"
                + " they are in Tuple[Discrete(2)]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TileCoded().transform(tuple))
        .withMessageContaining("Tuple[Discrete(2)]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilterObservation(List.of("a")).transform(new Discrete(2)))
        .withMessageContaining("a Dict or a Tuple");
  }

  @Test
  void capability_severalTransforms_areOneChain() {
    VectorEnvironment wrapped =
        new FrameStack(2)
            .wrap(
                new ClipReward()
                    .wrap(
                        new NormalizeObservation()
                            .wrap(VectorEnvironment.of(Scripted.of(f(1), f(5), f(2), f(9))))));
    Simulation simulation = new Simulation(wrapped);
    simulation.reset();
    simulation.step(0);
    simulation.step(0);
    ObservationTransform frozen =
        wrapped.capability(0, ObservationTransform.class).orElseThrow().frozen(1);
    assertThat(frozen.space()).isEqualTo(wrapped.spec().observationSpace());
    float last = simulation.observations().values().floats()[1];
    Columns in = new Columns(Box.of(-1000, 1000, 1), 1);
    Columns out = new Columns(frozen.space(), 1);
    in.floats()[0] = 2;
    frozen.begin(Rows.all(1), in, out);
    assertThat(out.floats()).as("an empty memory, the same statistics").containsExactly(last, last);
  }

  @Test
  void evaluation_hasFrozenStatistics() {
    Wrapper both = inner -> new FrameStack(2).wrap(new NormalizeObservation().wrap(inner));
    VectorEnvironment training =
        both.wrap(VectorEnvironment.of(Scripted.of(f(1), f(5), f(2), f(9), f(1))));
    Simulation simulation = new Simulation(training);
    simulation.reset();
    simulation.step(0);
    simulation.step(0);
    float two = simulation.observations().values().floats()[1];
    Wrapper.ForEvaluation wrapping =
        training.capability(0, Wrapper.ForEvaluation.class).orElseThrow();
    Simulation evaluation =
        new Simulation(wrapping.around(VectorEnvironment.of(Scripted.of(f(2), f(70), f(2)))));
    evaluation.reset();
    assertThat(evaluation.observations().values().floats()).containsExactly(two, two);
    evaluation.step(0);
    evaluation.step(0);
    assertThat(evaluation.observations().values().floats()[1]).isEqualTo(two);
  }

  private static Simulation nested(Wrapper wrapper) {
    return new Scripted(
            EnvironmentSpec.of("test/Nested-v0", NESTED, new Discrete(2)),
            new float[][] {NESTED_VALUE})
        .in(wrapper);
  }

  private static void set(Columns columns, float... values) {
    System.arraycopy(values, 0, columns.floats(), 0, values.length);
  }

  private static void near(Simulation simulation, double[] expected) {
    near(simulation.observations().values().floats(), expected);
  }

  private static void near(float[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
