package org.bellmanrl.env.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batched forms give the bits of so many single environments. */
class BatchTest {

  static Arguments[] variants() {
    return new Arguments[] {
      Arguments.of("Acrobot-v1", Map.of()),
      Arguments.of("Acrobot-v1", Map.of("book_or_nips", "nips", "torque_noise_max", 0.5)),
      Arguments.of("Acrobot-v1", Map.of("low", -3.1, "high", 3.1)),
      Arguments.of("CartPole-v1", Map.of()),
      Arguments.of("CartPole-v1", Map.of("sutton_barto_reward", true, "low", -2, "high", 3)),
      Arguments.of("MountainCar-v0", Map.of("low", -1.2, "high", 0.6)),
      Arguments.of("MountainCar-v0", Map.of("goal_velocity", 0.01, "low", 0.3, "high", 0.6)),
      Arguments.of("MountainCarContinuous-v0", Map.of("low", -1.2, "high", 0.6)),
      Arguments.of("MountainCarContinuous-v0", Map.of("goal_velocity", 0.02, "low", 0.4)),
      Arguments.of("Pendulum-v1", Map.of()),
      Arguments.of("Pendulum-v1", Map.of("g", 9.81, "x_init", 1000, "y_init", 8)),
    };
  }

  /** All rows, a range of them, and some with gaps; 300 rows are more than one block. */
  @ParameterizedTest
  @MethodSource("variants")
  void step_anyGrouping_sameBitsAsSingles(String id, Map<String, ?> options) {
    Map<String, Object> all = new java.util.HashMap<>(options);
    if (all.containsKey("low") && !all.containsKey("high")) {
      all.put("high", 0.6);
    }
    int n = 300;
    Run batch = new Run(Environments.batch(id, all, n));
    Run singles = new Run(Environments.singles(id, all, n));
    assertThat(batch.environment.spec()).isEqualTo(singles.environment.spec());
    batch.reset(Rows.all(n));
    singles.reset(Rows.all(n));
    RandomStream random = RandomStream.ofSeed(11);
    int ends = 0;
    for (int step = 0; step < 120; step++) {
      Rows rows = rows(n, step, random);
      batch.sampleActions(step);
      singles.sampleActions(step);
      batch.step(rows);
      singles.step(rows);
      batch.assertEqualTo(singles);
      Rows ended = new Rows(n);
      for (int row = 0; row < n; row++) {
        boolean over = batch.outcomes.terminated()[row] || random.random() < 0.01;
        if (over) {
          ended.add(row);
        }
        ends += batch.outcomes.terminated()[row] ? 1 : 0;
      }
      batch.reset(ended);
      singles.reset(ended);
      batch.assertEqualTo(singles);
    }
    if (batch.environment.spec().terminates() && !id.equals("Acrobot-v1")) {
      assertThat(ends).isPositive();
    }
    batch.close();
    singles.close();
  }

  private static Rows rows(int n, int step, RandomStream random) {
    Rows rows = new Rows(n);
    switch (step % 4) {
      case 0 -> {
        return rows.fill();
      }
      case 1 -> {
        for (int row = 37; row < 299; row++) {
          rows.add(row);
        }
      }
      default -> {
        double share = random.random();
        for (int row = 0; row < n; row++) {
          if (random.random() < share) {
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void restore_midEpisode_sameFuture(String id, Map<String, ?> options) {
    Map<String, Object> all = new java.util.HashMap<>(options);
    if (all.containsKey("low") && !all.containsKey("high")) {
      all.put("high", 0.6);
    }
    int n = 20;
    Run one = new Run(Environments.batch(id, all, n));
    one.reset(Rows.all(n));
    for (int step = 0; step < 7; step++) {
      one.sampleActions(step);
      one.step(Rows.all(n));
    }
    one.reset(new Rows(n).add(3).add(7));
    Run other = new Run(Environments.batch(id, all, n));
    BinaryState.fromBytes(BinaryState.toBytes(one.environment), other.environment);
    BinaryState.fromBytes(BinaryState.toBytes(one.random), other.random);
    for (int step = 0; step < 9; step++) {
      one.sampleActions(step);
      other.sampleActions(step);
      one.step(Rows.all(n));
      other.step(Rows.all(n));
      assertThat(other.outcomes.observations().values().floats())
          .isEqualTo(one.outcomes.observations().values().floats());
      assertThat(other.outcomes.reward()).isEqualTo(one.outcomes.reward());
    }
  }

  @Test
  void restore_otherNumberOfRows_refused() {
    byte[] saved = BinaryState.toBytes(Environments.batch("CartPole-v1", Map.of(), 4));
    VectorEnvironment other = Environments.batch("CartPole-v1", Map.of(), 5);
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, other))
        .isInstanceOf(StateException.class)
        .hasMessage("rows was saved as 4, expected 5");
  }

  @Test
  void batch_noRows_refused() {
    assertThatThrownBy(() -> CartPole.batch(CartPoleOptions.defaults(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of CartPole-v1 must be at least 1, was 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acrobot-v1",
        "CartPole-v1",
        "MountainCar-v0",
        "MountainCarContinuous-v0",
        "Pendulum-v1"
      })
  void text_rowOfBatch_textOfSingle(String id) {
    Run batch = new Run(Environments.batch(id, Map.of(), 3));
    Run singles = new Run(Environments.singles(id, Map.of(), 3));
    for (Run run : new Run[] {batch, singles}) {
      run.reset(Rows.all(3));
      run.sampleActions(0);
      run.step(Rows.all(3));
    }
    for (int row = 0; row < 3; row++) {
      String text = text(batch, row);
      assertThat(text).isEqualTo(text(singles, row)).endsWith("\n").matches("(?s).*\\d.*");
    }
    assertThat(text(batch, 0)).isNotEqualTo(text(batch, 1));
  }

  private static String text(Run run, int row) {
    return run.environment.capability(row, TextView.class).orElseThrow().text(false);
  }

  /** An environment with what its loop owns. */
  private static final class Run {
    final VectorEnvironment environment;
    final Columns actions;
    final Observations current;
    final Outcomes outcomes;
    final RandomStreams random;

    Run(VectorEnvironment environment) {
      int n = environment.rows();
      this.environment = environment;
      this.actions = new Columns(environment.spec().actionSpace(), n);
      this.current = new Observations(environment.spec(), n);
      this.outcomes = new Outcomes(environment.spec(), n);
      long[] seeds = new long[n];
      for (int row = 0; row < n; row++) {
        seeds[row] = row;
      }
      this.random = RandomStreams.ofSeeds(seeds);
    }

    void reset(Rows rows) {
      environment.reset(rows, random, current);
    }

    void sampleActions(int seed) {
      RandomStream stream = RandomStream.ofSeed(seed);
      for (int row = 0; row < environment.rows(); row++) {
        environment.spec().actionSpace().sample(stream, actions, row);
      }
    }

    void step(Rows rows) {
      outcomes.clear(rows);
      environment.step(rows, actions, random, outcomes);
    }

    void assertEqualTo(Run other) {
      assertThat(current.values().floats()).isEqualTo(other.current.values().floats());
      assertThat(outcomes.observations().values().floats())
          .isEqualTo(other.outcomes.observations().values().floats());
      assertThat(outcomes.reward()).isEqualTo(other.outcomes.reward());
      assertThat(outcomes.discount()).isEqualTo(other.outcomes.discount());
      assertThat(outcomes.terminated()).isEqualTo(other.outcomes.terminated());
      assertThat(outcomes.truncated()).isEqualTo(other.outcomes.truncated());
    }

    void close() {
      environment.close();
    }
  }
}
