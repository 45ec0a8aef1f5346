package org.bellmanrl.bench.tabular;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.tabular.linear.TileCoding;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Observations per second of two numbers whose tiles in 8 tilings of 8 × 8 are found: ours, exact
 * and hashed, and a bare loop for exact ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
@OperationsPerInvocation(TileCodingBenchmark.OBSERVATIONS)
public class TileCodingBenchmark {
  static final int OBSERVATIONS = 1 << 12;
  private static final int TILINGS = 8;
  private static final int TILES = 8;
  private static final float[] LOW = {-1.2f, -0.07f};
  private static final float[] HIGH = {0.6f, 0.07f};

  private TileCoding exact;
  private TileCoding hashed;
  private Columns observations;
  private final float[] numbers = new float[2 * OBSERVATIONS];

  /** Draws observations. */
  @Setup
  public void draw() {
    Box box = Box.of(LOW, HIGH);
    exact = TileCoding.exact(box, TILINGS, TILES);
    hashed = TileCoding.hashed(box, TILINGS, TILES, 4096);
    observations = new Columns(box, OBSERVATIONS);
    RandomStream random = RandomStream.ofSeed(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (LOW[i % 2] + random.random() * (HIGH[i % 2] - LOW[i % 2]));
      observations.floats()[i] = numbers[i];
    }
  }

  /** Ours. */
  @Benchmark
  public int framework() {
    return sum(exact);
  }

  /** Ours, hashed to 4096 features. */
  @Benchmark
  public int frameworkHashed() {
    return sum(hashed);
  }

  private int sum(TileCoding tiles) {
    int sum = 0;
    for (int row = 0; row < OBSERVATIONS; row++) {
      for (int k = 0; k < TILINGS; k++) {
        sum += tiles.index(observations, row, k);
      }
    }
    return sum;
  }

  /** A bare loop. */
  @Benchmark
  public int bare() {
    int sum = 0;
    double scaleX = TILES * TILINGS / (HIGH[0] - (double) LOW[0]);
    double scaleY = TILES * TILINGS / (HIGH[1] - (double) LOW[1]);
    for (int row = 0; row < OBSERVATIONS; row++) {
      int x = (int) ((numbers[2 * row] - (double) LOW[0]) * scaleX);
      int y = (int) ((numbers[2 * row + 1] - (double) LOW[1]) * scaleY);
      for (int k = 0; k < TILINGS; k++) {
        int tileX = (x + k) / TILINGS;
        int tileY = (y + 3 * k % TILINGS) / TILINGS;
        sum += (k * (TILES + 1) + tileX) * (TILES + 1) + tileY;
      }
    }
    return sum;
  }
}
