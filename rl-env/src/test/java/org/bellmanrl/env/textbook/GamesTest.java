package org.bellmanrl.env.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;

final class GamesTest {

  private static Simulation begin(Environment environment) {
    Simulation simulation = new Simulation(environment);
    simulation.reset(1);
    return simulation;
  }

  private static double[] gambler(double heads) {
    return Values.best(
        new Gambler(GamblerOptions.defaults().withHeadsProbability(heads)).model(), 1);
  }

  /** Bold play: V(50) = p, V(25) = p², V(75) = p + (1 − p) p. */
  @Test
  void gambler_poorCoin_boldPlayIsBest() {
    for (double p : new double[] {0.25, 0.4}) {
      double[] v = gambler(p);
      assertThat(v[50]).isCloseTo(p, within(1e-12));
      assertThat(v[25]).isCloseTo(p * p, within(1e-12));
      assertThat(v[75]).isCloseTo(p + (1 - p) * p, within(1e-12));
    }
  }

  /** Timid play is the ruin of a gambler who stakes 1: V(s) = (1 − rˢ) / (1 − r¹⁰⁰), r = q / p. */
  @Test
  void gambler_goodCoin_timidPlayIsBest() {
    double[] v = gambler(0.55);
    double r = 0.45 / 0.55;
    for (int s : new int[] {1, 10, 60}) {
      assertThat(v[s]).isCloseTo((1 - Math.pow(r, s)) / (1 - Math.pow(r, 100)), within(1e-9));
    }
  }

  @Test
  void gambler_stakes_areMaskedBeyondWhatIsThere() {
    Gambler game = new Gambler(new GamblerOptions(1, 100, Optional.of(30)));
    try (Simulation task = begin(game)) {
      boolean[] mask = task.observations().mask();
      for (int stake = 1; stake <= 50; stake++) {
        assertThat(mask[stake - 1]).isEqualTo(stake <= 30);
      }
      task.step(30);
      task.step(40);
      assertThat(task.ended()).isTrue();
      assertThat(task.reward()).isEqualTo(1);
    }
  }

  /** From a separate NumPy program, with Poisson sums of 80 and 60 terms. */
  @Test
  void carRental_values_areThoseOfSumsOfPoissonTerms() {
    double[] v = values(CarRentalOptions.defaults());
    assertThat(v[0]).isCloseTo(421.4140633956644, within(1e-8));
    assertThat(v[10 * 21 + 10]).isCloseTo(574.9483239843988, within(1e-8));
    assertThat(v[440]).isCloseTo(636.9896068035201, within(1e-8));
    double[] changed = values(CarRentalOptions.withShuttleAndParking());
    assertThat(changed[0]).isCloseTo(429.94630496342955, within(1e-8));
    assertThat(changed[440]).isCloseTo(603.536700915319, within(1e-8));
  }

  private static double[] values(CarRentalOptions options) {
    return Values.best(model(new CarRental(options)), 0.9);
  }

  private static FiniteModel model(CarRental rental) {
    return rental.capability(Modelled.class).orElseThrow().model();
  }

  @Test
  void carRental_drawnIncome_paysWhatWasExpectedInTheMean() {
    CarRental drawn = new CarRental(CarRentalOptions.defaults().withDrawnIncome());
    assertThat(drawn.capability(Modelled.class)).isEmpty();
    FiniteModel model = model(new CarRental(CarRentalOptions.defaults()));
    int start = 10 * 21 + 10;
    int n = 20_000;
    double[] seen = new double[441];
    double sum = 0;
    double squares = 0;
    try (Simulation task = begin(drawn)) {
      for (int i = 0; i < n; i++) {
        task.reset();
        task.step(2);
        sum += task.reward();
        squares += task.reward() * task.reward();
        seen[task.observations().values().ints()[0]] += 1.0 / n;
      }
    }
    double error = Math.sqrt((squares / n - sum / n * sum / n) / n);
    int from = model.from(start, 7);
    assertThat(sum / n).isCloseTo(model.reward(from), within(4 * error));
    for (int i = from; i < model.to(start, 7); i++) {
      double p = model.probability(i);
      assertThat(seen[model.next(i)]).isCloseTo(p, within(5 * Math.sqrt(p / n) + 1.0 / n));
    }
  }

  /** Where two states and actions meet in an afterstate, the model's outcomes are the same. */
  @Test
  void carRental_afterstates_decideWhatComes() {
    CarRental rental = new CarRental(CarRentalOptions.withShuttleAndParking());
    FiniteModel model = model(rental);
    Afterstates after = rental.capability(Afterstates.class).orElseThrow();
    RandomStream random = RandomStream.ofSeed(4);
    int[] state = new int[after.afterstates()];
    int[] action = new int[after.afterstates()];
    int met = 0;
    for (int i = 0; i < 3000; i++) {
      int s = random.integers(441);
      int a = random.integers(11);
      int y = after.afterstate(s, a);
      if (state[y] > 0) {
        met++;
        int here = model.from(s, a);
        int there = model.from(state[y], action[y]);
        assertThat(model.to(s, a) - here).isEqualTo(model.to(state[y], action[y]) - there);
        assertThat(model.probability(here)).isEqualTo(model.probability(there));
        assertThat(model.reward(here) - after.reward(s, a))
            .isCloseTo(model.reward(there) - after.reward(state[y], action[y]), within(1e-9));
      }
      state[y] = s;
      action[y] = a;
    }
    assertThat(met).isGreaterThan(100);
  }

  /** From a separate NumPy program. */
  @Test
  void accessControl_gain_isThatOfRelativeValueIteration() {
    FiniteModel model = new AccessControl(AccessControlOptions.defaults()).model();
    assertThat(Values.gain(model)).isCloseTo(2.7476419505794416, within(1e-8));
  }

  @Test
  void accessControl_noServerFree_turnsAway() {
    FiniteModel model = new AccessControl(AccessControlOptions.defaults()).model();
    for (int i = model.from(3, AccessControl.ACCEPT); i < model.to(3, AccessControl.ACCEPT); i++) {
      assertThat(model.reward(i)).isZero();
    }
  }

  @Test
  void maximizationBias_left_paysItsMean() {
    MaximizationBias task = new MaximizationBias(MaximizationBiasOptions.defaults());
    int n = 20_000;
    double sum = 0;
    try (Simulation simulation = begin(task)) {
      assertThat(simulation.observations().mask()).containsExactly(allowed(2));
      for (int i = 0; i < n; i++) {
        simulation.step(MaximizationBias.LEFT);
        assertThat(simulation.reward()).isZero();
        assertThat(simulation.ended()).isFalse();
        simulation.step(i % 10);
        assertThat(simulation.ended()).isTrue();
        sum += simulation.reward();
        simulation.reset();
      }
      assertThat(sum / n).isCloseTo(-0.1, within(4 / Math.sqrt(n)));
      simulation.step(MaximizationBias.RIGHT);
      assertThat(simulation.ended()).isTrue();
      assertThat(simulation.reward()).isZero();
    }
  }

  private static boolean[] allowed(int actions) {
    boolean[] mask = new boolean[10];
    for (int a = 0; a < actions; a++) {
      mask[a] = true;
    }
    return mask;
  }

  @Test
  void contextualBandit_rewards_areLinearInTheContext() {
    ContextualBandit bandit = new ContextualBandit(new ContextualBanditOptions(3, 4, 0, 7, 1000));
    try (Simulation task = begin(bandit)) {
      for (int i = 0; i < 30; i++) {
        float[] x = task.observations().values().floats().clone();
        task.step(i % 3);
        double[] mean = new double[3];
        for (int arm = 0; arm < 3; arm++) {
          for (int k = 0; k < 4; k++) {
            mean[arm] += bandit.weight(arm, k) * x[k];
          }
        }
        double most = Math.max(mean[0], Math.max(mean[1], mean[2]));
        assertThat(task.reward()).isEqualTo(mean[i % 3]);
        assertThat(task.diagnostic("optimal")).isEqualTo(mean[i % 3] == most ? 1 : 0);
        assertThat(task.diagnostic("regret")).isEqualTo(most - mean[i % 3]);
      }
    }
  }

  @Test
  void options_outOfRange_nameValueAndRange() {
    assertThatThrownBy(() -> new GamblerOptions(1.5, 100, Optional.empty()))
        .hasMessage("heads_probability must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> new GamblerOptions(0.4, 1, Optional.empty()))
        .hasMessage("goal must be in [2, 10000], was 1");
    assertThatThrownBy(() -> new GamblerOptions(0.4, Integer.MAX_VALUE, Optional.empty()))
        .hasMessage("goal must be in [2, 10000], was 2147483647");
    assertThatThrownBy(() -> new AccessControlOptions(1 << 29, 0.06, 100))
        .hasMessage("servers must be in [1, 1000], was 536870912");
    assertThatThrownBy(() -> new ContextualBanditOptions(1 << 16, 1 << 16, 0.5, 0, 10))
        .hasMessageContaining("was 65536 with 65536 arms");
    assertThatThrownBy(() -> new RandomWalkOptions(19, 1 << 30, -1, 1))
        .hasMessage("jump must be in [1, 1000000], was 1073741824");
    assertThatThrownBy(() -> new GamblerOptions(0.4, 100, Optional.of(100)))
        .hasMessage("start must be in [1, 100), was 100");
    assertThatThrownBy(() -> new CarRentalOptions(false, -4, false, 100))
        .hasMessage("parking_cost must be at least 0, was -4.0");
    assertThatThrownBy(() -> new AccessControlOptions(10, 0, 100))
        .hasMessage("freed must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> new MaximizationBiasOptions(1, 0, 1))
        .hasMessage("actions must be at least 2, was 1");
    assertThatThrownBy(() -> new ContextualBanditOptions(5, 0, 0.5, 0, 10))
        .hasMessage("features must be in [1, 1000000], was 0");
  }

  @Test
  void modelTask_starts_areWhereTheyAreWanted() {
    ModelTask task = new ModelTask("Gamble", new Gambler(GamblerOptions.defaults()).model(), 0);
    assertThat(task.from(7).model().initial(7)).isEqualTo(1);
    assertThat(Values.start(task.from(25).model(), 1)).isCloseTo(0.16, within(1e-12));
    assertThat(task.fromAnywhere().model().initial(100)).isEqualTo(1.0 / 101);
    assertThatThrownBy(() -> task.from(101)).hasMessage("state must be in [0, 101), was 101");
  }
}
