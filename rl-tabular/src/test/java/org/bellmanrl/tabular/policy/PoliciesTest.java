package org.bellmanrl.tabular.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoliciesTest {
  private static final int DRAWS = 40_000;
  private static final Progress PROGRESS = Tasks.progress(0, 0);

  private final Discrete four = new Discrete(4);
  private final EnvironmentSpec spec = EnvironmentSpec.of("Four", new Discrete(1), four);

  private QTable table(double... values) {
    QTable q = new QTable(spec, 0);
    for (int a = 0; a < values.length; a++) {
      q.set(0, a, values[a]);
    }
    return q;
  }

  private EpsilonGreedy epsilonGreedy(QTable q, double epsilon, TieBreak ties) {
    return new EpsilonGreedy(q, four, Schedule.constant(epsilon), PROGRESS, ties);
  }

  /** How often each of four actions is chosen in one row, under a mask if there is one. */
  private double[] frequencies(Policy policy, long seed, boolean... mask) {
    EnvironmentSpec task = mask.length == 0 ? spec : spec.withMask();
    Observations observations = new Observations(task, 1);
    System.arraycopy(mask, 0, observations.mask(), 0, mask.length);
    Actions actions = new Actions(four, Dict.EMPTY, 1);
    Actor actor = policy.actor(1, RandomStreams.ofSeeds(seed));
    Rows rows = Rows.all(1);
    double[] frequency = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      actor.act(rows, observations, actions);
      frequency[actions.values().ints()[0]] += 1.0 / DRAWS;
    }
    return frequency;
  }

  /** Six standard deviations: one seed in a hundred million fails. */
  private static void assertDistribution(double[] frequency, double... probability) {
    for (int a = 0; a < probability.length; a++) {
      double p = probability[a];
      double bound = 6 * Math.sqrt(p * (1 - p) / DRAWS);
      assertThat(frequency[a])
          .as("action %d of %s", a, Arrays.toString(frequency))
          .isBetween(p - bound - 1e-9, p + bound + 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_withAndWithoutMask_isUniform(long seed) {
    RandomPolicy policy = new RandomPolicy(four);

    assertDistribution(frequencies(policy, seed), 0.25, 0.25, 0.25, 0.25);
    assertDistribution(frequencies(policy, seed, false, true, false, true), 0, 0.5, 0, 0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void greedy_ties_areBrokenAsChosen(long seed) {
    QTable q = table(1, 3, 3, 2);

    assertDistribution(frequencies(new Greedy(q, four, TieBreak.FIRST), seed), 0, 1, 0, 0);
    assertDistribution(frequencies(new Greedy(q, four, TieBreak.RANDOM), seed), 0, 0.5, 0.5, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void greedy_mask_choosesTheBestAllowed(long seed) {
    QTable q = table(-1, 3, -1, -2);
    boolean[] mask = {true, false, true, true};

    assertDistribution(frequencies(new Greedy(q, four, TieBreak.FIRST), seed, mask), 1, 0, 0, 0);
    assertDistribution(
        frequencies(new Greedy(q, four, TieBreak.RANDOM), seed, mask), 0.5, 0, 0.5, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void epsilonGreedy_oneBest_hasTheOtherActionsInEpsilon(long seed) {
    double[] frequency = frequencies(epsilonGreedy(table(1, 3, 0, 2), 0.2, TieBreak.RANDOM), seed);

    assertDistribution(frequency, 0.05, 0.85, 0.05, 0.05);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void epsilonGreedy_tiesAndMask_haveTheirShare(long seed) {
    QTable q = table(3, 3, 9, 0);
    boolean[] mask = {true, true, false, true};

    assertDistribution(
        frequencies(epsilonGreedy(q, 0.3, TieBreak.RANDOM), seed, mask), 0.45, 0.45, 0, 0.1);
    assertDistribution(
        frequencies(epsilonGreedy(q, 0.3, TieBreak.FIRST), seed, mask), 0.8, 0.1, 0, 0.1);
  }

  @Test
  void epsilonGreedy_zeroAndOne_neverAndAlwaysExplores() {
    QTable q = table(0, 0, 1, 0);

    assertDistribution(frequencies(epsilonGreedy(q, 0, TieBreak.RANDOM), 1), 0, 0, 1, 0);
    assertDistribution(
        frequencies(epsilonGreedy(q, 1, TieBreak.RANDOM), 1), 0.25, 0.25, 0.25, 0.25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void softmax_values_giveTheirExponentialsShare(long seed) {
    Softmax policy =
        new Softmax(
            table(0, Math.log(2) / 2, Math.log(5) / 2, 0), four, Schedule.constant(0.5), PROGRESS);

    assertDistribution(frequencies(policy, seed), 1 / 9.0, 2 / 9.0, 5 / 9.0, 1 / 9.0);
    assertDistribution(frequencies(policy, seed, true, true, false, true), 0.25, 0.5, 0, 0.25);
  }

  @Test
  void softmax_hugeValues_doesNotOverflow() {
    Softmax policy =
        new Softmax(table(1e300, -1e300, 1e300, 0), four, Schedule.constant(1), PROGRESS);

    assertDistribution(frequencies(policy, 1), 0.5, 0, 0.5, 0);
  }

  @Test
  void act_exactly_drawsAsDocumented() {
    QTable q = table(1, 3, 3, 2);
    Observations observations = new Observations(spec, 1);
    Actions actions = new Actions(four, Dict.EMPTY, 1);
    Actor actor = epsilonGreedy(q, 0.5, TieBreak.RANDOM).actor(1, RandomStreams.ofSeeds(7));
    RandomStream expected = RandomStream.ofSeed(7);
    boolean explored = false;
    boolean exploited = false;

    for (int i = 0; i < 100; i++) {
      actor.act(Rows.all(1), observations, actions);
      boolean explore = expected.random() < 0.5;
      int action = explore ? expected.integers(4) : 1 + expected.integers(2);
      explored |= explore;
      exploited |= !explore;
      assertThat(actions.values().ints()[0]).isEqualTo(action);
    }
    assertThat(explored && exploited).isTrue();
  }

  @Test
  void act_listedRows_leavesOtherRowsAndTheirStreamsAlone() {
    RandomStreams random = RandomStreams.ofSeeds(1, 2, 3);
    Actor actor = new RandomPolicy(four).actor(3, random);
    Actions actions = new Actions(four, Dict.EMPTY, 3);
    Arrays.fill(actions.values().ints(), -1);
    RandomStream untouched = RandomStream.ofSeed(1);
    RandomStream used = RandomStream.ofSeed(2);

    actor.act(new Rows(3).add(1), new Observations(spec, 3), actions);

    assertThat(actions.values().ints()).containsExactly(-1, used.integers(4), -1);
    assertThat(random.row(0).next64()).isEqualTo(untouched.next64());
  }

  @Test
  void act_shiftedAndJointActions_areWrittenInTheirSpace() {
    Space joint = new MultiDiscrete(2, 3);
    EnvironmentSpec task = EnvironmentSpec.of("Joint", new Discrete(1), joint);
    QTable q = new QTable(task, 0);
    q.set(0, 4, 1);
    Actions actions = new Actions(joint, Dict.EMPTY, 1);
    new Greedy(q, joint, TieBreak.FIRST)
        .actor(1, RandomStreams.ofSeeds(1))
        .act(Rows.all(1), new Observations(task, 1), actions);
    assertThat(actions.values().ints()).containsExactly(1, 1);

    Discrete shifted = new Discrete(3, 5);
    EnvironmentSpec other = EnvironmentSpec.of("Shifted", new Discrete(1), shifted);
    QTable r = new QTable(other, 0);
    r.set(0, 2, 1);
    Actions single = new Actions(shifted, Dict.EMPTY, 1);
    new Greedy(r, shifted, TieBreak.FIRST)
        .actor(1, RandomStreams.ofSeeds(1))
        .act(Rows.all(1), new Observations(other, 1), single);
    assertThat(single.values().ints()).containsExactly(7);
  }

  @Test
  void act_jointMask_allowsWhatAllItsPartsAllow() {
    Space joint = new MultiDiscrete(2, 3);
    EnvironmentSpec task = EnvironmentSpec.of("Joint", new Discrete(1), joint).withMask();
    Observations observations = new Observations(task, 1);
    // First part: 1 only; second part: 0 and 2.
    boolean[] mask = {false, true, true, false, true};
    System.arraycopy(mask, 0, observations.mask(), 0, mask.length);
    Actor actor = new RandomPolicy(joint).actor(1, RandomStreams.ofSeeds(1));
    Actions actions = new Actions(joint, Dict.EMPTY, 1);
    int twos = 0;

    for (int i = 0; i < 1000; i++) {
      actor.act(Rows.all(1), observations, actions);
      assertThat(actions.values().ints()[0]).isEqualTo(1);
      assertThat(actions.values().ints()[1]).isIn(0, 2);
      twos += actions.values().ints()[1] == 2 ? 1 : 0;
    }
    assertThat(twos).isBetween(400, 600);
  }

  @Test
  void act_nothingAllowed_isRefused() {
    Policy[] policies = {
      new RandomPolicy(four),
      new Greedy(table(), four, TieBreak.RANDOM),
      new Softmax(table(), four, Schedule.constant(1), PROGRESS)
    };
    for (Policy policy : policies) {
      assertThatThrownBy(() -> frequencies(policy, 1, false, false, false, false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("row 0 allows no action");
    }
  }

  @Test
  void policy_valuesChange_followsThemButItsSnapshotDoesNot() {
    QTable q = table(1, 0, 0, 0);
    Greedy policy = new Greedy(q, four, TieBreak.FIRST);
    Greedy then = policy.snapshot();

    q.set(0, 3, 2);

    assertDistribution(frequencies(policy, 1), 0, 0, 0, 1);
    assertDistribution(frequencies(then, 1), 1, 0, 0, 0);
  }

  @Test
  void snapshot_schedules_areFrozen() {
    double[] shown = {0};
    Progress moving =
        new Progress() {
          @Override
          public long steps() {
            return (long) shown[0];
          }

          @Override
          public long episodes() {
            return 0;
          }

          @Override
          public double fraction() {
            return 0;
          }
        };
    Schedule falling = Schedule.linear(1, 0.5, 100, Schedule.Clock.STEPS);
    EpsilonGreedy greedy = new EpsilonGreedy(table(), four, falling, moving, TieBreak.FIRST);
    Softmax softmax = new Softmax(table(), four, falling, moving);
    shown[0] = 50;

    EpsilonGreedy greedyThen = greedy.snapshot();
    Softmax softmaxThen = softmax.snapshot();
    shown[0] = 100;

    assertThat(greedy.epsilon()).isEqualTo(0.5);
    assertThat(greedyThen.epsilon()).isEqualTo(0.75);
    assertThat(softmax.temperature()).isEqualTo(0.5);
    assertThat(softmaxThen.temperature()).isEqualTo(0.75);
  }

  @Test
  void restore_actor_goesOnWithItsStreams() {
    Policy policy = new RandomPolicy(four);
    Actor actor = policy.actor(2, RandomStreams.ofSeeds(1, 2));
    Actor other = policy.actor(2, RandomStreams.ofSeeds(3, 4));
    Observations observations = new Observations(spec, 2);
    Actions actions = new Actions(four, Dict.EMPTY, 2);
    actor.act(Rows.all(2), observations, actions);

    BinaryState.fromBytes(BinaryState.toBytes(actor), other);

    for (int i = 0; i < 20; i++) {
      actor.act(Rows.all(2), observations, actions);
      int[] expected = actions.values().ints().clone();
      other.act(Rows.all(2), observations, actions);
      assertThat(actions.values().ints()).containsExactly(expected);
    }
  }

  @Test
  void create_wrongValues_isRefused() {
    VTable v = new VTable(spec, 0);

    assertThatThrownBy(() -> new Greedy(v, four, TieBreak.FIRST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 4 values per observation, one per action, was given 1");
    assertThatThrownBy(() -> epsilonGreedy(table(), 1.1, TieBreak.FIRST))
        .hasMessageContaining("epsilon must be in [0, 1], was 1.1");
    assertThatThrownBy(() -> new Softmax(table(), four, Schedule.constant(0), PROGRESS))
        .hasMessageContaining("temperature must be above 0, was 0.0");
    assertThatThrownBy(() -> new RandomPolicy(four).actor(2, RandomStreams.ofSeeds(1)))
        .hasMessageContaining("an actor of 2 rows needs as many streams, was given 1");
  }
}
