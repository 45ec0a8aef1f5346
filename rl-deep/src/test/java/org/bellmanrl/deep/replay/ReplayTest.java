package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {
  private static final float INFINITE = Float.POSITIVE_INFINITY;
  private static final float GAMMA = 0.5f;

  static Stream<Arguments> layouts() {
    EnvironmentSpec vector =
        EnvironmentSpec.of("Vector", Box.of(-INFINITE, INFINITE, 4), new Discrete(2));
    EnvironmentSpec control =
        EnvironmentSpec.of("Control", Box.of(-1f, 1f, 40), Box.of(-2f, 2f, 3));
    EnvironmentSpec table = EnvironmentSpec.of("Table", new Discrete(500, -3), new Discrete(6));
    EnvironmentSpec masked =
        EnvironmentSpec.of("Masked", new MultiDiscrete(4, 3), new MultiDiscrete(2, 3)).withMask();
    EnvironmentSpec nested =
        EnvironmentSpec.of(
                "Nested",
                Dict.of(
                    Map.of(
                        "bits",
                        new MultiBinary(3),
                        "box",
                        Box.of(-1f, 1f, 2, 2),
                        "number",
                        new Discrete(7, 2))),
                new MultiBinary(2))
            .withMask();
    EnvironmentSpec pixels =
        EnvironmentSpec.of("Pixels", Box.pixels(6, 7, 2), new Discrete(3, 1)).withMask();
    EnvironmentSpec joined = EnvironmentSpec.of("Joined", Box.pixels(5, 4, 8), new Discrete(3));
    EnvironmentSpec stacked = EnvironmentSpec.of("Stacked", Box.pixels(3, 20), new Discrete(3));
    return Stream.of(
        Arguments.of(vector, 1, 1, 1, 37),
        Arguments.of(vector, 3, 1, 1, 37),
        Arguments.of(vector, 1, 3, 1, 37),
        Arguments.of(vector, 4, 5, 1, 60),
        Arguments.of(control, 2, 2, 1, 41),
        Arguments.of(table, 1, 1, 1, 20),
        Arguments.of(table, 2, 4, 1, 23),
        Arguments.of(masked, 2, 2, 1, 30),
        Arguments.of(nested, 3, 3, 1, 50),
        Arguments.of(pixels, 2, 1, 1, 33),
        Arguments.of(joined, 1, 1, 4, 40),
        Arguments.of(joined, 2, 3, 2, 40),
        Arguments.of(stacked, 2, 2, 3, 40));
  }

  private static ReplayConfig config(int capacity, int steps, int frames, boolean prioritised) {
    return new ReplayConfig(
        capacity,
        steps,
        GAMMA,
        frames,
        prioritised ? Optional.of(new Prioritisation()) : Optional.empty());
  }

  private static List<ReplayConfig> configs(
      EnvironmentSpec spec, int capacity, int steps, int frames) {
    ReplayConfig uniform = config(capacity, steps, frames, false);
    ReplayConfig prioritised = config(capacity, steps, frames, true);
    return spec.observationSpace().layout().bytes() == 0
        ? List.of(uniform, prioritised)
        : List.of(uniform, prioritised, prioritised.withCompressedFrames(true));
  }

  /** What should come back for the step that paid a reward, by that reward. */
  private record Expected(
      String observation,
      String mask,
      String action,
      float rewards,
      float bootstrap,
      String next,
      String nextMask) {}

  /** Every transition whose window is complete, by the reward of its first step. */
  private static Map<Integer, Expected> complete(Recorder recorder, int steps) {
    Map<Integer, Expected> expected = new HashMap<>();
    for (List<Recorder.Played> row : recorder.episodes) {
      for (int e = 0; e < row.size(); e++) {
        Recorder.Played played = row.get(e);
        int count = played.steps.size();
        boolean over = e < row.size() - 1 || played.steps.getLast().last();
        for (int t = 0; t < count; t++) {
          if (t + steps > count && !over) {
            continue;
          }
          float rewards = 0;
          float factor = 1;
          int k = t;
          while (k < Math.min(count, t + steps)) {
            rewards += factor * (float) played.steps.get(k).reward();
            factor *= GAMMA * (float) played.steps.get(k).discount();
            k++;
          }
          Recorder.Step first = played.steps.get(t);
          expected.put(
              (int) first.reward(),
              new Expected(
                  first.observation(),
                  played.masks.get(t),
                  first.action(),
                  rewards,
                  factor,
                  played.observations.get(k),
                  played.masks.get(k)));
        }
      }
    }
    return expected;
  }

  /** The reward of the first step of what was drawn, found by its observation and action. */
  private static Expected drawn(Recorder recorder, ReplayBatch batch, int i) {
    return new Expected(
        batch.observations().text(i),
        recorder.mask(batch.mask(), i),
        batch.actions().text(i),
        batch.rewards()[i],
        batch.bootstraps()[i],
        batch.nextObservations().text(i),
        recorder.mask(batch.nextMask(), i));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everythingDrawn_wasPlayedLikeThat(
      EnvironmentSpec spec, int rows, int steps, int frames, int capacity) {
    for (ReplayConfig config : configs(spec, capacity, steps, frames)) {
      Recorder recorder = new Recorder(spec, rows, frames, 5);
      Replay replay = new Replay(spec, rows, config);
      RandomStream random = RandomStream.ofSeed(1);
      ReplayBatch batch = replay.batch(16);
      for (int step = 0; step < 200; step++) {
        recorder.step(replay);
        // At first, and around several times when the ring starts over.
        if (step % 67 >= 2 || replay.size() == 0) {
          continue;
        }
        Set<Expected> played = new HashSet<>(complete(recorder, steps).values());
        Set<Expected> seen = new HashSet<>();
        for (int draws = 0; draws < 40; draws++) {
          replay.sample(random, batch);
          for (int i = 0; i < batch.size(); i++) {
            Expected one = drawn(recorder, batch, i);
            assertThat(played).contains(one);
            seen.add(one);
          }
        }
        // 640 draws from at most 60: the chance that one is missed is below 2 in 10⁵.
        assertThat(seen).hasSize(replay.size());
      }
      assertThat(replay.added()).isGreaterThan(capacity);
    }
  }

  @Test
  void returns_equalHandComputedTable() {
    Line line = new Line();
    Replay replay = new Replay(line.spec(), 1, config(100, 3, 1, false));
    line.step(replay, true, 1, 1, false, false);
    assertThat(replay.size()).isZero();
    line.step(replay, false, 2, 1, false, false);
    line.step(replay, false, 4, 0.5, false, false);
    assertThat(replay.size()).isEqualTo(1);
    line.step(replay, false, 8, 1, false, false);
    line.step(replay, false, 16, 1, false, true); // truncated: bootstraps from observation 5
    assertThat(replay.size()).isEqualTo(5);
    line.step(replay, true, 32, 1, false, false);
    line.step(replay, false, 64, 0, true, false); // terminated
    assertThat(replay.size()).isEqualTo(7);
    Map<Float, String> table = new HashMap<>();
    ReplayBatch batch = replay.batch(100);
    RandomStream random = RandomStream.ofSeed(0);
    for (int draw = 0; draw < 5; draw++) {
      replay.sample(random, batch);
      for (int i = 0; i < 100; i++) {
        table.put(
            batch.observations().floats()[i],
            "%s * v(%s) + %s"
                .formatted(
                    batch.bootstraps()[i],
                    batch.nextObservations().floats()[i],
                    batch.rewards()[i]));
      }
    }
    assertThat(table)
        .containsOnly(
            Map.entry(0f, "0.0625 * v(3.0) + 3.0"), // 1 + 2/2 + 4/4; 1/2 · 1/2 · 1/4
            Map.entry(1f, "0.0625 * v(4.0) + 5.0"), // 2 + 4/2 + 8/8
            Map.entry(2f, "0.0625 * v(5.0) + 8.0"), // 4 + 8/4 + 16/8
            Map.entry(3f, "0.25 * v(5.0) + 16.0"), // 8 + 16/2, cut short
            Map.entry(4f, "0.5 * v(5.0) + 16.0"),
            Map.entry(6f, "0.0 * v(8.0) + 64.0"), // 32 + 64/2, terminal
            Map.entry(7f, "0.0 * v(8.0) + 64.0"));
  }

  @Test
  void uniformDraws_areUniform() {
    EnvironmentSpec spec = EnvironmentSpec.of("Table", new Discrete(5), new Discrete(2));
    Recorder recorder = new Recorder(spec, 3, 1, 8);
    Replay replay = new Replay(spec, 3, config(60, 1, 1, false));
    for (int step = 0; step < 300; step++) {
      recorder.step(replay);
    }
    Map<Float, Integer> counts = new HashMap<>();
    ReplayBatch batch = replay.batch(50);
    RandomStream random = RandomStream.ofSeed(3);
    for (int draw = 0; draw < 2000; draw++) {
      replay.sample(random, batch);
      for (float reward : batch.rewards()) {
        counts.merge(reward, 1, Integer::sum);
      }
    }
    assertThat(counts).hasSize(replay.size());
    double expected = 100_000.0 / replay.size();
    // Five standard deviations of a binomial.
    assertThat(counts.values())
        .allSatisfy(count ->
            assertThat((double) count)
                .isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected)));
  }

  @Test
  void priorities_decideHowOftenEachIsDrawn() {
    Line line = new Line();
    Prioritisation how = new Prioritisation(0.5, 1e-6);
    Replay replay = new Replay(line.spec(), 1, new ReplayConfig(64, 1, GAMMA, 1, Optional.of(how)));
    for (int step = 0; step < 200; step++) {
      line.step(replay, step == 0, step, 1, false, false);
    }
    RandomStream random = RandomStream.ofSeed(4);
    ReplayBatch batch = replay.batch(8);
    float[] errors = new float[8];
    // Errors are set by the reward until every transition has had its turn.
    for (int draw = 0; draw < 4000; draw++) {
      replay.sample(random, batch);
      for (int i = 0; i < 8; i++) {
        errors[i] = error(batch.rewards()[i]);
      }
      replay.update(batch, errors);
    }
    Map<Float, Integer> counts = new HashMap<>();
    for (int draw = 0; draw < 10_000; draw++) {
      replay.sample(random, batch, 0.4);
      float heaviest = 0;
      for (int i = 0; i < 8; i++) {
        counts.merge(batch.rewards()[i], 1, Integer::sum);
        heaviest = Math.max(heaviest, batch.weights()[i]);
        for (int k = 0; k < 8 && draw < 200; k++) {
          double ratio =
              Math.pow(
                  Math.sqrt(error(batch.rewards()[k])) / Math.sqrt(error(batch.rewards()[i])), 0.4);
          assertThat(batch.weights()[i] / batch.weights()[k])
              .isCloseTo((float) ratio, Percentage.withPercentage(0.01));
        }
      }
      assertThat(heaviest == 1f).isTrue();
    }
    double sum = 0;
    for (float reward : counts.keySet()) {
      sum += Math.sqrt(error(reward));
    }
    assertThat(counts).hasSize(replay.size());
    for (Map.Entry<Float, Integer> count : counts.entrySet()) {
      double expected = 80_000 * Math.sqrt(error(count.getKey())) / sum;
      assertThat((double) count.getValue())
          .isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
    }
  }

  private static float error(float reward) {
    return 0.1f + reward % 7;
  }

  @Test
  void savedAndRestored_drawsTheSameForEver() {
    EnvironmentSpec spec =
        EnvironmentSpec.of("Pixels", Box.pixels(3, 4, 2), new Discrete(3)).withMask();
    for (ReplayConfig config : configs(spec, 50, 3, 2)) {
      for (int before : new int[] {3, 17, 200}) {
        Recorder recorder = new Recorder(spec, 2, 2, 6);
        Replay whole = new Replay(spec, 2, config);
        for (int step = 0; step < before; step++) {
          recorder.step(whole);
        }
        Replay restored = new Replay(spec, 2, config);
        Recorder other = new Recorder(spec, 2, 2, 7);
        for (int step = 0; step < 70; step++) {
          other.step(restored);
        }
        BinaryState.fromBytes(BinaryState.toBytes(whole), restored);
        RandomStream one = RandomStream.ofSeed(9);
        RandomStream two = RandomStream.ofSeed(9);
        ReplayBatch first = whole.batch(7);
        ReplayBatch second = restored.batch(7);
        for (int step = 0; step < 100; step++) {
          recorder.step(whole, restored);
          assertThat(restored.size()).isEqualTo(whole.size());
          if (whole.size() > 0) {
            whole.sample(one, first, 0.5);
            restored.sample(two, second, 0.5);
            for (int i = 0; i < 7; i++) {
              assertThat(drawn(recorder, second, i)).isEqualTo(drawn(recorder, first, i));
            }
            assertThat(second.weights()).isEqualTo(first.weights());
            if (config.prioritisation().isPresent()) {
              whole.update(first, first.rewards());
              restored.update(second, second.rewards());
            }
          }
        }
        assertThat(Arrays.equals(BinaryState.toBytes(restored), BinaryState.toBytes(whole)))
            .isTrue();
      }
    }
  }

  @Test
  void savedState_growsWithWhatIsFilledNotWithTheCapacity() {
    EnvironmentSpec spec = EnvironmentSpec.of("Pixels", Box.pixels(8, 8, 1), new Discrete(3));
    Replay replay = new Replay(spec, 1, config(100_000, 1, 1, true));
    Recorder recorder = new Recorder(spec, 1, 1, 2);
    for (int step = 0; step < 10; step++) {
      recorder.step(replay);
    }
    assertThat(BinaryState.toBytes(replay).length).isLessThan(5000);
  }

  @Test
  void restore_ofAnotherShape_isRefused() {
    EnvironmentSpec spec = EnvironmentSpec.of("Table", new Discrete(5), new Discrete(2));
    byte[] saved = BinaryState.toBytes(new Replay(spec, 1, config(60, 1, 1, false)));
    Replay other = new Replay(spec, 1, config(61, 1, 1, false));
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, other))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("expected a replay of 1 rows of 61 slots")
        .hasMessageContaining("found 1 rows of 60 slots");
  }

  @Test
  void capacityBeyondTheHeap_isRefused() {
    EnvironmentSpec spec = EnvironmentSpec.of("Atari", Box.pixels(84, 84, 4), new Discrete(6));
    assertThatThrownBy(() -> new Replay(spec, 1, config(50_000_000, 1, 1, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a replay of 50000000 observations needs 13")
        .hasMessageContaining("smaller capacity");
  }

  @Test
  void nothingToDraw_isRefused() {
    Line line = new Line();
    Replay replay = new Replay(line.spec(), 1, config(100, 2, 1, false));
    ReplayBatch batch = replay.batch(1);
    RandomStream random = RandomStream.ofSeed(0);
    assertThatThrownBy(() -> replay.sample(random, batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing can be drawn yet: 0 transitions");
    line.step(replay, true, 1, 1, false, false);
    assertThatThrownBy(() -> replay.sample(random, batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 transitions were added");
  }

  @Test
  void impossibleSizes_areRefused() {
    EnvironmentSpec spec = new Line().spec();
    assertThatThrownBy(() -> new Replay(spec, 4, config(12, 3, 1, false)))
        .hasMessageContaining("capacity must be at least 4 (rows) × (3 (n-step) + 1 (frames))");
    Replay replay = new Replay(spec, 1, config(10, 1, 1, false));
    assertThatThrownBy(() -> replay.batch(11)).hasMessageContaining("capacity is 10, was 11");
    assertThatThrownBy(() -> replay.update(replay.batch(1), new float[1]))
        .hasMessageContaining("no priorities");
    Space discrete = new Discrete(1 << 25);
    assertThatThrownBy(() ->
            new Replay(
                EnvironmentSpec.of("Large", discrete, new Discrete(2)), 1, config(10, 1, 1, false)))
        .hasMessageContaining("within ±16777216");
    assertThatThrownBy(() -> new Replay(spec, 1, config(10, 1, 3, false)))
        .hasMessageContaining("can't be stacks of 3 frames");
  }

  @Test
  void compressedFrames_ofObservationsWithoutBytes_areRefused() {
    ReplayConfig config = config(10, 1, 1, false).withCompressedFrames(true);
    assertThatThrownBy(() -> new Replay(new Line().spec(), 1, config))
        .hasMessageStartingWith("compressed_frames must be false for observations without bytes");
  }

  @Test
  void compressedFrames_areDrawnAsTheOthersAre() {
    EnvironmentSpec spec = EnvironmentSpec.of("Pixels", Box.pixels(6, 7, 4), new Discrete(3));
    ReplayConfig config = config(50, 2, 4, true);
    Replay plain = new Replay(spec, 2, config);
    Replay compressed = new Replay(spec, 2, config.withCompressedFrames(true));
    Recorder recorder = new Recorder(spec, 2, 4, 6);
    ReplayBatch one = plain.batch(9);
    ReplayBatch other = compressed.batch(9);
    RandomStream random = RandomStream.ofSeed(3);
    RandomStream again = RandomStream.ofSeed(3);
    for (int step = 0; step < 300; step++) {
      recorder.step(plain, compressed);
      if (plain.size() > 0) {
        plain.sample(random, one);
        compressed.sample(again, other);
        plain.update(one, one.rewards());
        compressed.update(other, other.rewards());
        assertThat(other.observations().bytes()).isEqualTo(one.observations().bytes());
        assertThat(other.nextObservations().bytes()).isEqualTo(one.nextObservations().bytes());
        assertThat(other.weights()).isEqualTo(one.weights());
      }
    }
  }

  @Test
  void framesThatAreNoStack_areRefused() {
    EnvironmentSpec spec = EnvironmentSpec.of("Pixels", Box.pixels(3, 4, 2), new Discrete(3));
    Recorder unstacked = new Recorder(spec, 1, 1, 6);
    Replay replay = new Replay(spec, 1, config(50, 1, 2, false));
    assertThatThrownBy(
            () -> {
              for (int step = 0; step < 20; step++) {
                unstacked.step(replay);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not stacks of 2 frames");
  }

  @Test
  void frames_areStoredOnce() {
    EnvironmentSpec spec = EnvironmentSpec.of("Pixels", Box.pixels(84, 84, 4), new Discrete(3));
    Recorder recorder = new Recorder(spec, 1, 4, 6);
    Replay replay = new Replay(spec, 1, config(100, 1, 4, false));
    for (int step = 0; step < 300; step++) {
      recorder.step(replay);
    }
    assertThat(BinaryState.toBytes(replay).length).isBetween(100 * 84 * 84, 101 * 84 * 84);
  }

  /** A million transitions of 84 × 84 × 4 bytes with priorities: 7.1 GB. */
  @Test
  void memory_perTransitionOfStackedFrames_isOneFrameAndLittleMore() {
    EnvironmentSpec spec = EnvironmentSpec.of("Pixels", Box.pixels(84, 84, 4), new Discrete(3));
    long before = Allocation.bytes();
    Replay small = new Replay(spec, 1, config(1000, 1, 4, true));
    long between = Allocation.bytes();
    Replay large = new Replay(spec, 1, config(3000, 1, 4, true));
    long after = Allocation.bytes();
    assertThat(small.config().capacity()).isLessThan(large.config().capacity());
    assertThat(((after - between) - (between - before)) / 2000.0).isBetween(84 * 84.0, 7_100.0);
  }

  @Test
  void notFiniteErrors_areRefused() {
    Line line = new Line();
    Replay replay = new Replay(line.spec(), 1, config(64, 1, 1, true));
    line.step(replay, true, 1, 1, false, false);
    ReplayBatch batch = replay.batch(2);
    replay.sample(RandomStream.ofSeed(0), batch);
    assertThatThrownBy(() -> replay.update(batch, new float[] {1, Float.NaN}))
        .hasMessageContaining("number 1 of the batch is NaN");
    assertThatThrownBy(() -> replay.update(batch, new float[] {Float.NEGATIVE_INFINITY, 1}))
        .hasMessageContaining("number 0 of the batch is -Infinity");
  }
}
