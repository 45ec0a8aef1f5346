package org.bellmanrl.tabular.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.tabular.Entries;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans without discounting lead to the goal, or are refused. */
final class GreedyActionsTest {
  private static final List<String> LAKE = List.of("SFFF", "FHFH", "FFFH", "HFFG");

  /** The cliff: every step costs 1, a step off the edge 100 and leads back to the start. */
  private static final List<String> CLIFF =
      List.of("FFFFFFFFFFFF", "FFFFFFFFFFFF", "FFFFFFFFFFFF", "SCCCCCCCCCCG");

  private static final List<String> MAZE = List.of("S#FFF", "F#F#F", "FFF#G");

  /** Two islands of ice, of which one has no way to the goal. */
  private static final List<String> ISLANDS = List.of("SFG#FF", "FFF#FF");

  /**
   * A grid: moves left, down, right and up; H ends the episode, G does and pays, C pays -100 and
   * leads to the start.
   */
  private static FiniteModel grid(List<String> map, double stepReward) {
    int columns = map.getFirst().length();
    String cells = String.join("", map);
    int start = cells.indexOf('S');
    FiniteModel.Builder model = FiniteModel.builder(cells.length(), 4).initial(start, 1);
    int[] down = {0, 1, 0, -1};
    int[] right = {-1, 0, 1, 0};
    for (int s = 0; s < cells.length(); s++) {
      for (int a = 0; a < 4; a++) {
        int row = Math.clamp(s / columns + down[a], 0, map.size() - 1);
        int column = Math.clamp(s % columns + right[a], 0, columns - 1);
        int ahead = row * columns + column;
        int next = cells.charAt(ahead) == '#' ? s : ahead;
        if ("HG#".indexOf(cells.charAt(s)) >= 0) {
          model.add(s, a, 1, s, 0, true);
        } else if (cells.charAt(next) == 'C') {
          model.add(s, a, 1, start, -100, false);
        } else {
          boolean goal = cells.charAt(next) == 'G';
          boolean ends = goal || cells.charAt(next) == 'H';
          model.add(s, a, 1, next, stepReward + (goal && stepReward == 0 ? 1 : 0), ends);
        }
      }
    }
    return model.build();
  }

  static List<Arguments> tasks() {
    return List.of(
        Arguments.of("lake", grid(LAKE, 0), 1),
        Arguments.of("maze", grid(MAZE, 0), 1),
        Arguments.of("islands", grid(ISLANDS, 0), 1),
        Arguments.of("cliff", grid(CLIFF, -1), -13),
        Arguments.of("gambler", Examples.gambler(0.4), 0.4));
  }

  private static double worth(FiniteModel model, PolicyTable policy) {
    // Over a long horizon: a policy that goes round in circles is worth what it earned by then.
    double[] v = new double[model.states()];
    for (int step = 0; step < 1_000; step++) {
      double[] before = v.clone();
      for (int s = 0; s < v.length; s++) {
        v[s] = Backup.policy(model, policy, before, 1, s);
      }
    }
    return Backup.atStart(model, v);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void policies_withoutDiscount_earnTheOptimum(String name, FiniteModel model, double optimum) {
    for (SweepOrder order : SweepOrder.values()) {
      ValueIteration iteration =
          new ValueIteration(model, ValueIteration.Config.defaults().withGamma(1).withOrder(order));
      iteration.run();
      assertThat(worth(model, iteration.policy()))
          .as("%s, %s", name, order)
          .isCloseTo(optimum, within(1e-8));
    }
    PolicyIteration iteration =
        new PolicyIteration(model, PolicyIteration.Config.defaults().withGamma(1));
    iteration.run();
    assertThat(worth(model, iteration.policy())).as(name).isCloseTo(optimum, within(1e-8));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void learners_withoutDiscount_earnTheOptimum(String name, FiniteModel model, double optimum) {
    for (String id : List.of("value-iteration", "policy-iteration")) {
      EnvironmentSpec spec =
          EnvironmentSpec.of(name, new Discrete(model.states()), new Discrete(model.actions()));
      Learner learner = learner(id, spec, model, Map.of("gamma", "1"));
      Steps steps = new Steps(spec, 1);
      for (int sweep = 0; sweep < 3_000 && scalar(learner, "settled") == 0; sweep++) {
        steps.step(0, 0, 0, 0, 0).to(learner);
      }
      assertThat(scalar(learner, "settled")).as("%s of %s", id, name).isEqualTo(1);
      assertThat(worth(model, PolicyTable.deterministic(acted(learner, spec), model.actions())))
          .as("%s of %s", id, name)
          .isCloseTo(optimum, within(1e-8));
    }
  }

  /**
   * The stakes of figure 4.3: of all optimal ones the smallest, by the values of bold play, which
   * solve a linear recursion that contracts by 0.6 at least with every step.
   */
  @ParameterizedTest
  @EnumSource
  void policy_gambler_takesTheSmallestOptimalStake(SweepOrder order) {
    double[] v = new double[101];
    v[100] = 1;
    for (int round = 0; round < 200; round++) {
      for (int s = 1; s < 100; s++) {
        v[s] = s <= 50 ? 0.4 * v[2 * s] : 0.4 + 0.6 * v[2 * s - 100];
      }
    }
    ValueIteration iteration =
        new ValueIteration(
            Examples.gambler(0.4), ValueIteration.Config.defaults().withGamma(1).withOrder(order));
    iteration.run();

    for (int s = 1; s < 100; s++) {
      int smallest = 0;
      for (int stake = Math.min(s, 100 - s); stake >= 1; stake--) {
        double value = 0.4 * v[s + stake] + 0.6 * v[s - stake];
        smallest = Math.abs(value - v[s]) < 1e-9 ? stake : smallest;
      }
      assertThat(iteration.policy().likeliest(s) + 1).as("capital %d", s).isEqualTo(smallest);
    }
  }

  @Test
  void lead_policyThatEndsAlready_isNotChanged() {
    int[] policy = {1, 0};
    Termination.lead(Examples.patience(), Termination.Choices.ALL, policy);
    assertThat(policy).containsExactly(1, 0);
    int[] stay = {0};
    Termination.lead(Examples.fountain(), Termination.Choices.ALL, stay);
    assertThat(stay).containsExactly(1);
    int[] only = {0};
    Termination.lead(Examples.fountain(), (state, action) -> action == 0, only);
    assertThat(only).containsExactly(0);
  }

  @Test
  void find_loops_dependsOnWhatTheyPay() {
    assertThat(EndlessReward.find(Examples.fountain())).isZero();
    assertThat(EndlessReward.find(Examples.geometric())).isEqualTo(EndlessReward.NONE);
    assertThat(EndlessReward.find(Examples.endless())).isEqualTo(EndlessReward.NONE);
    assertThat(EndlessReward.find(grid(LAKE, 0))).isEqualTo(EndlessReward.NONE);
    assertThat(EndlessReward.find(grid(CLIFF, -1))).isEqualTo(EndlessReward.NONE);
    assertThat(EndlessReward.find(ring(1))).isEqualTo(EndlessReward.NONE);
    assertThat(EndlessReward.find(ring(1.01))).isNotEqualTo(EndlessReward.NONE);
  }

  /** A ring of 20 places, of which one costs 1 and one pays; a second action ends. */
  private static FiniteModel ring(double pays) {
    FiniteModel.Builder model = FiniteModel.builder(20, 2).initial(0, 1);
    for (int s = 0; s < 20; s++) {
      model.add(s, 0, 1, (s + 1) % 20, s == 3 ? -1 : s == 11 ? pays : 0, false);
      model.add(s, 1, 1, s, 0, true);
    }
    return model.build();
  }

  @ParameterizedTest
  @MethodSource("planners")
  void create_rewardWithoutEnd_isRefused(String id) {
    EnvironmentSpec spec = EnvironmentSpec.of("Ring", new Discrete(20), new Discrete(2));

    assertThatThrownBy(() -> learner(id, spec, ring(2), Map.of("gamma", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(id + " with gamma = 1 needs optimal values that are finite")
        .hasMessageContaining("is paid for ever; use gamma < 1");
    assertThat(learner(id, spec, ring(2), Map.of("gamma", "0.9"))).isNotNull();
    assertThat(learner(id, spec, ring(0.5), Map.of("gamma", "1"))).isNotNull();
  }

  static List<String> planners() {
    return List.of("value-iteration", "policy-iteration", "rtdp", "trajectory-sampling");
  }

  @Test
  void observe_moreSweepsThanAllowed_isRefused() {
    FiniteModel model = Examples.gambler(0.4);
    EnvironmentSpec spec = EnvironmentSpec.of("Gambler", new Discrete(100), new Discrete(50));
    Learner learner =
        learner("value-iteration", spec, model, Map.of("gamma", "1", "max_sweeps", "3"));
    Steps steps = new Steps(spec, 1);
    for (int sweep = 1; sweep <= 3; sweep++) {
      steps.step(0, 1, 0, 0, 0).to(learner);
      assertThat(scalar(learner, "sweeps")).isEqualTo(sweep);
      assertThat(scalar(learner, "settled")).isZero();
    }
    Learner restored =
        learner("value-iteration", spec, model, Map.of("gamma", "1", "max_sweeps", "3"));
    BinaryState.fromBytes(BinaryState.toBytes(learner), restored);

    assertThatThrownBy(() -> steps.step(0, 1, 0, 0, 0).to(restored))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("value iteration has not settled after 3 sweeps");
  }

  private static Learner learner(
      String id, EnvironmentSpec spec, FiniteModel model, Map<String, String> options) {
    LearnerContext context =
        LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(0, 0)).withModel(model);
    return Entries.learner(id).create(context, options);
  }

  private static double scalar(Learner learner, String name) {
    Map<String, Double> scalars = new TreeMap<>();
    Metrics metrics = scalars::put;
    learner.report(metrics);
    return scalars.get(name);
  }

  /** The action that the learner's policy takes in each state. */
  private static int[] acted(Learner learner, EnvironmentSpec spec) {
    int states = ((Discrete) spec.observationSpace()).n();
    Observations observations = new Observations(spec, states);
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, states);
    for (int s = 0; s < states; s++) {
      observations.values().ints()[s] = s;
    }
    Actor actor = learner.policy().actor(states, RandomStreams.ofSeeds(new long[states]));
    actor.act(Rows.all(states), observations, actions);
    return actions.values().ints().clone();
  }
}
