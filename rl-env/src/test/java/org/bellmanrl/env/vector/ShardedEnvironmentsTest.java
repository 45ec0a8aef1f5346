package org.bellmanrl.env.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedEnvironmentsTest {

  /** Enough rows that shards are aligned, and few; more threads than rows, too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9})
  void step_anyNumberOfThreads_sameBits(int threads) {
    for (int n : new int[] {7, 1000}) {
      List<float[]> expected = play(CartPole.batch(CartPoleOptions.defaults(), n));
      try (var batch =
          ShardedEnvironments.of(threads, CartPole.batch(CartPoleOptions.defaults(), n))) {
        assertEqual(play(batch), expected);
      }
      try (var singles = ShardedEnvironments.of(threads, poles(n))) {
        assertEqual(play(singles), expected);
      }
    }
  }

  private static Environment[] poles(int n) {
    Environment[] poles = new Environment[n];
    Arrays.setAll(poles, i -> new CartPole(CartPoleOptions.defaults()));
    return poles;
  }

  private static void assertEqual(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  private static List<float[]> play(VectorEnvironment environment) {
    int n = environment.rows();
    long[] seeds = new long[n];
    Arrays.setAll(seeds, row -> row);
    RandomStreams random = RandomStreams.ofSeeds(seeds);
    RandomStream choices = RandomStream.ofSeed(5);
    Columns actions = new Columns(environment.spec().actionSpace(), n);
    Observations current = new Observations(environment.spec(), n);
    Outcomes outcomes = new Outcomes(environment.spec(), n);
    List<float[]> seen = new ArrayList<>();
    environment.reset(Rows.all(n), random, current);
    for (int step = 0; step < 40; step++) {
      for (int row = 0; row < n; row++) {
        actions.ints()[row] = choices.integers(2);
      }
      Rows rows = new Rows(n);
      for (int row = 0; row < n; row++) {
        if (step % 2 == 0 || row % 3 == 0) {
          rows.add(row);
        }
      }
      outcomes.clear(rows);
      environment.step(rows, actions, random, outcomes);
      seen.add(outcomes.observations().values().floats().clone());
      Rows ended = new Rows(n);
      for (int i = 0; i < rows.count(); i++) {
        if (outcomes.terminated()[rows.at(i)]) {
          ended.add(rows.at(i));
        }
      }
      environment.reset(ended, random, current);
      seen.add(current.values().floats().clone());
    }
    return seen;
  }

  @Test
  void step_twoThreads_eachWorksOnItsShardOnly() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Recording[] environments = new Recording[6];
    Arrays.setAll(environments, i -> new Recording(threads, false));
    try (var sharded = ShardedEnvironments.of(2, environments)) {
      Scene scene = new Scene(sharded);
      scene.reset();
      for (int i = 0; i < 10; i++) {
        scene.step();
      }
      assertThat(threads).hasSize(2).contains(Thread.currentThread());
      assertThat(environments[0].last).isSameAs(environments[2].last);
      assertThat(environments[3].last).isSameAs(environments[5].last);
      assertThat(environments[3].last).isNotSameAs(environments[2].last);
      assertThat(environments[3].last.getName()).isEqualTo("environments-1");
      assertThat(environments[3].last.isDaemon()).isTrue();
    }
  }

  /** Long enough pauses that the other thread sleeps. */
  @Test
  void step_afterPauses_goesOn() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Recording[] environments = new Recording[4];
    Arrays.setAll(environments, i -> new Recording(threads, false));
    try (var sharded = ShardedEnvironments.of(4, environments)) {
      Scene scene = new Scene(sharded);
      scene.reset();
      for (int i = 0; i < 5; i++) {
        Thread.sleep(10);
        scene.step();
      }
      for (Recording environment : environments) {
        assertThat(environment.steps).isEqualTo(5);
      }
    }
  }

  @Test
  void step_environmentThrows_lowestRowsExceptionReachesTheCallerAndOthersFinish() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Recording[] environments = new Recording[6];
    Arrays.setAll(environments, i -> new Recording(threads, i == 3 || i == 5));
    try (var sharded = ShardedEnvironments.of(3, environments)) {
      Scene scene = new Scene(sharded);
      scene.reset();
      assertThatThrownBy(scene::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("row 3 is broken")
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("row 5 is broken"));
      assertThat(environments[1].steps).isEqualTo(1);
      assertThat(environments[4].steps).isEqualTo(1);
      scene.reset();
    }
  }

  @Test
  void close_twice_endsThreadsAndEnvironmentsOnce() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Recording[] environments = new Recording[4];
    Arrays.setAll(environments, i -> new Recording(threads, false));
    ShardedEnvironments sharded = ShardedEnvironments.of(2, environments);
    Scene scene = new Scene(sharded);
    scene.reset();
    scene.step();
    Thread helper = environments[3].last;
    sharded.close();
    sharded.close();
    assertThat(helper.isAlive()).isFalse();
    assertThat(environments[0].closed).isEqualTo(1);
    assertThatThrownBy(scene::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Recording can't be stepped: it is closed");
  }

  @Test
  void restore_intoAnotherNumberOfThreads_sameState() {
    try (var two = ShardedEnvironments.of(2, poles(5));
        var three = ShardedEnvironments.of(3, poles(5))) {
      new Scene(two).reset();
      BinaryState.fromBytes(BinaryState.toBytes(two), three);
      for (int row = 0; row < 5; row++) {
        assertThat(three.capability(row, TextView.class).orElseThrow().text(false))
            .isEqualTo(two.capability(row, TextView.class).orElseThrow().text(false));
      }
    }
  }

  @Test
  void of_vectorWithoutConcurrentRows_refused() {
    VectorEnvironment serial = VectorEnvironment.of(poles(3));
    assertThatThrownBy(() -> ShardedEnvironments.of(2, serial))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CartPole-v1")
        .hasMessageContaining("divide single environments instead");
  }

  @Test
  void of_noThreads_refused() {
    assertThatThrownBy(() -> ShardedEnvironments.of(0, poles(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, was 0");
  }

  /** What a loop owns. */
  private static final class Scene {
    private final VectorEnvironment environment;
    private final Rows rows;
    private final RandomStreams random;
    private final Observations current;
    private final Columns actions;
    private final Outcomes outcomes;

    Scene(VectorEnvironment environment) {
      int n = environment.rows();
      this.environment = environment;
      this.rows = Rows.all(n);
      this.random = RandomStreams.ofSeeds(new long[n]);
      this.current = new Observations(environment.spec(), n);
      this.actions = new Columns(environment.spec().actionSpace(), n);
      this.outcomes = new Outcomes(environment.spec(), n);
    }

    void reset() {
      environment.reset(rows, random, current);
    }

    void step() {
      environment.step(rows, actions, random, outcomes);
    }
  }

  /** Remembers by whom it was stepped. */
  private static final class Recording implements Environment {
    private final Set<Thread> threads;
    private final boolean broken;
    private Thread last = Thread.currentThread();
    private int steps;
    private int closed;

    Recording(Set<Thread> threads, boolean broken) {
      this.threads = threads;
      this.broken = broken;
    }

    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Recording", new Discrete(1), new Discrete(2));
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      if (broken) {
        throw new IllegalStateException("row " + action.row() + " is broken");
      }
      last = Thread.currentThread();
      threads.add(last);
      steps++;
      outcome.observation().setDiscrete(0);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
