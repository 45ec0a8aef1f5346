package org.bellmanrl.env.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class TextbookTest {

  /** A task in one row. */
  private static final class Row {
    final Environment environment;
    final RandomStream random = RandomStream.ofSeed(5);
    final Observations first;
    final Outcomes outcomes;
    final Columns actions;

    Row(Environment environment) {
      this.environment = environment;
      this.first = new Observations(environment.spec(), 1);
      this.outcomes = new Outcomes(environment.spec(), 1);
      this.actions = new Columns(environment.spec().actionSpace(), 1);
      environment.reset(random, new Observation(first));
    }

    double step(int action) {
      outcomes.clear(Rows.all(1));
      actions.ints()[0] = action;
      environment.step(new Action(actions), random, new Outcome(outcomes));
      return outcomes.reward()[0];
    }
  }

  @Test
  void bandit_rewards_areNormalAboutTheTrueValue() {
    KArmedBandit bandit = new KArmedBandit(KArmedBanditOptions.defaults());
    Row row = new Row(bandit);
    int n = 20_000;
    for (int arm = 0; arm < 10; arm += 9) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double noise = row.step(arm) - bandit.trueValue(arm);
        sum += noise;
        squares += noise * noise;
      }
      assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
      assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    }
  }

  @Test
  void bandit_best_isTheLargestAndReported() {
    KArmedBandit bandit = new KArmedBandit(new KArmedBanditOptions(10, 3, 0, 1000));
    Row row = new Row(bandit);
    for (int arm = 0; arm < 10; arm++) {
      row.step(arm);
      double regret = bandit.trueValue(bandit.best()) - bandit.trueValue(arm);
      assertThat(regret).isGreaterThanOrEqualTo(0);
      assertThat(row.outcomes.diagnostics()).containsExactly(arm == bandit.best() ? 1 : 0, regret);
    }
  }

  @Test
  void bandit_problems_areNormalAboutTheMean() {
    double sum = 0;
    double squares = 0;
    int problems = 1000;
    for (int problem = 0; problem < problems; problem++) {
      KArmedBandit bandit = new KArmedBandit(new KArmedBanditOptions(10, problem, 4, 1000));
      for (int arm = 0; arm < 10; arm++) {
        double x = bandit.trueValue(arm) - 4;
        sum += x;
        squares += x * x;
      }
    }
    int n = 10 * problems;
    assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
  }

  @Test
  void corridor_secondCell_switchesTheActions() {
    Row row = new Row(new ShortCorridor(ShortCorridorOptions.defaults()));
    // To the wall, right, the wrong way, right, through the switched cell, out.
    int[] actions = {0, 1, 1, 1, 0, 1};
    for (int i = 0; i < actions.length; i++) {
      assertThat(row.step(actions[i])).isEqualTo(-1);
      assertThat(row.outcomes.terminated()[0]).isEqualTo(i == actions.length - 1);
      assertThat(row.outcomes.observations().values().ints()[0]).isZero();
    }
  }

  /** The closed form of the class comment, at the best policy and beside it. */
  @Test
  void corridor_returns_areThoseOfTheClosedForm() {
    for (double p : new double[] {0.3, 2 - Math.sqrt(2)}) {
      Row row = new Row(new ShortCorridor(ShortCorridorOptions.defaults()));
      RandomStream random = RandomStream.ofSeed(2);
      double sum = 0;
      double squares = 0;
      int n = 4000;
      for (int episode = 0; episode < n; episode++) {
        row.environment.reset(row.random, new Observation(row.first));
        double g = 0;
        do {
          g += row.step(random.random() < p ? 1 : 0);
        } while (!row.outcomes.terminated()[0]);
        sum += g;
        squares += g * g;
      }
      double mean = sum / n;
      double error = Math.sqrt((squares / n - mean * mean) / n);
      assertThat(mean).isCloseTo(-(4 - 2 * p) / (p * (1 - p)), within(4 * error));
    }
  }

  @Test
  void baird_features_areThoseOfTheFigure() {
    Row row = new Row(new BairdCounterexample());

    row.step(1);
    assertThat(row.outcomes.observations().values().floats())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
    boolean[] seen = new boolean[6];
    for (int i = 0; i < 200; i++) {
      assertThat(row.step(0)).isZero();
      float[] x = row.outcomes.observations().values().floats();
      assertThat(x[7]).isEqualTo(1);
      assertThat(x[6]).isZero();
      for (int state = 0; state < 6; state++) {
        seen[state] |= x[state] == 2;
      }
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void options_outOfRange_nameValueAndRange() {
    assertThatThrownBy(() -> new KArmedBanditOptions(1, 0, 0, 1000))
        .hasMessage("arms must be in [2, 1000000], was 1");
    assertThatThrownBy(() -> new ShortCorridorOptions(0))
        .hasMessage("max_episode_steps must be at least 1, was 0");
  }

  @Nested
  class KArmedBanditContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new KArmedBandit(KArmedBanditOptions.defaults());
    }
  }

  @Nested
  class ShortCorridorContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new ShortCorridor(ShortCorridorOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class BairdContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new BairdCounterexample();
    }
  }
}
