package org.bellmanrl.tabular.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.junit.jupiter.api.Test;

final class LspiTest {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  private static Lspi.Config config(String features, int samples, int interval, double gamma) {
    return new Lspi.Config(
        Features.parse(features), samples, interval, 20, 1e-6, 1e-6, gamma, Schedule.constant(1));
  }

  private static Lspi learn(String features, int steps) {
    try (Trainer<?> trainer =
        Trainer.on(new Chain())
            .seed(1)
            .budget(Budget.steps(steps))
            .build(context -> new Lspi(context, config(features, steps, steps, 0.9)))) {
      trainer.run();
      return (Lspi) trainer.learner();
    }
  }

  private static double value(Lspi learner, int state, int action) {
    Columns columns = new Columns(new Discrete(4), 1);
    columns.ints()[0] = state;
    return learner.q().value(columns, 0, action);
  }

  /**
   * The chain of section 9.1 of the paper: 1, s and s² for each action find the best policy, RRLL,
   * from samples of the random one.
   */
  @Test
  void chain_polynomials_findTheBestPolicy() {
    Lspi learner = learn("polynomial:2", 1000);
    for (int state = 0; state < 4; state++) {
      boolean right = value(learner, state, RIGHT) > value(learner, state, LEFT);
      assertThat(right).as("state %d", state).isEqualTo(state < 2);
    }
  }

  /** With a feature per state the values are the optimal ones, but for the samples' luck. */
  @Test
  void chain_featurePerState_findsTheOptimalValues() {
    ValueIteration exact =
        new ValueIteration(Chain.model(), ValueIteration.Config.defaults().withGamma(0.9));
    exact.run();
    Lspi learner = learn("aggregation:4", 20_000);
    for (int state = 0; state < 4; state++) {
      for (int action = 0; action < 2; action++) {
        assertThat(value(learner, state, action))
            .isCloseTo(exact.value(state, action), within(0.15));
      }
    }
  }

  /** Two samples that say everything: Q(0, 0) = 1 + 0.5 Q(1, 1) and Q(1, 1) = 4. */
  @Test
  void samples_ofACertainChain_areSolvedExactly() {
    EnvironmentSpec spec = Tasks.chain();
    Lspi learner = new Lspi(Tasks.context(spec, 1), config("aggregation:3", 2, 2, 0.5));
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 1, 1).first(0).to(learner);
    assertThat(learner.q().weight(0, 0)).isZero();
    steps.step(0, 1, 1, 4, 2).terminated(0).to(learner);

    assertThat(learner.q().weight(1, 1)).isCloseTo(4, within(1e-4));
    assertThat(learner.q().weight(0, 0)).isCloseTo(3, within(1e-4));

    // The oldest sample makes way, and a truncation bootstraps from where it was cut: Q(2, ·) = 0.
    steps.step(0, 1, 1, 8, 2).first(0).truncated(0).to(learner);
    steps.step(0, 0, 0, 1, 1).first(0).to(learner);
    assertThat(learner.q().weight(1, 1)).isCloseTo(8, within(1e-4));
    assertThat(learner.q().weight(0, 0)).isCloseTo(5, within(1e-4));
  }

  @Test
  void solve_singular_isRefused() {
    assertThatThrownBy(() -> LinearSystem.solve(new double[] {1, 2, 2, 4}, new double[] {1, 2}))
        .hasMessage("the equations of 2 features are singular at 1; raise the regularisation");
    double[] x = {5, 3, 4};
    LinearSystem.solve(new double[] {0, 2, 1, 1, 0, 0, 0, 1, 1}, x);
    assertThat(x).containsExactly(3, 1, 3);
  }

  @Test
  void config_outOfRange_namesValueAndRange() {
    assertThatThrownBy(() -> config("raw", 0, 1, 0.9))
        .hasMessage("samples must be at least 1, was 0");
    assertThatThrownBy(() -> config("raw", 1, 1, 1.1))
        .hasMessage("gamma must be in [0, 1], was 1.1");
  }

  /**
   * Four states in a line: an action goes its way with probability 0.9, else the other; leaving the
   * second or the third pays 1.
   */
  private static final class Chain implements Environment {
    private static final List<Integer> PAYS = List.of(0, 1, 1, 0);
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Chain", new Discrete(4), new Discrete(2))
            .withMaxEpisodeSteps(20)
            .continuing();
    private int state;

    static FiniteModel model() {
      FiniteModel.Builder model = FiniteModel.builder(4, 2).initial(0, 1);
      for (int s = 0; s < 4; s++) {
        for (int a = 0; a < 2; a++) {
          model.add(s, a, 0.9, next(s, a), PAYS.get(s), false);
          model.add(s, a, 0.1, next(s, 1 - a), PAYS.get(s), false);
        }
      }
      return model.build();
    }

    private static int next(int state, int action) {
      return Math.clamp(state + (action == RIGHT ? 1 : -1), 0, 3);
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      state = random.integers(4);
      observation.setDiscrete(state);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(PAYS.get(state));
      state = next(state, random.random() < 0.9 ? action.discrete() : 1 - action.discrete());
      outcome.observation().setDiscrete(state);
    }
  }
}
