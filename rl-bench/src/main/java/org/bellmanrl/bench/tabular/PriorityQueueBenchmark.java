package org.bellmanrl.bench.tabular;

import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.tabular.internal.IndexedHeap;
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
 * Changes per second of the queue of prioritised sweeping, which holds 40,000 entries at most: two
 * get a new priority, one is taken. Ours, a bare heap over arrays, and the JDK's tree for
 * comparison.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
@OperationsPerInvocation(PriorityQueueBenchmark.CHANGES)
public class PriorityQueueBenchmark {
  static final int CHANGES = 1 << 12;
  private static final int ENTRIES = 40_000;

  private final int[] entry = new int[CHANGES];
  private final double[] value = new double[CHANGES];
  private IndexedHeap queue;

  private final double[] priority = new double[ENTRIES];
  private final int[] place = new int[ENTRIES];
  private final int[] heap = new int[ENTRIES];
  private int size;

  private final double[] treePriority = new double[ENTRIES];
  private TreeSet<Integer> tree;

  /** Draws the changes. */
  @Setup
  public void draw() {
    RandomStream random = RandomStream.ofSeed(1);
    queue = new IndexedHeap(ENTRIES);
    tree =
        new TreeSet<>(
            Comparator.comparingDouble((Integer i) -> -treePriority[i]).thenComparing(i -> i));
    Arrays.fill(place, -1);
    for (int i = 0; i < CHANGES; i++) {
      entry[i] = random.integers(ENTRIES);
      value[i] = random.random();
    }
  }

  /** Ours. */
  @Benchmark
  public int framework() {
    int sum = 0;
    for (int i = 0; i < CHANGES; i++) {
      queue.put(entry[i], value[i]);
      if ((i & 1) == 1) {
        sum += queue.poll();
      }
    }
    return sum;
  }

  /** A bare heap. */
  @Benchmark
  public int bare() {
    int sum = 0;
    for (int i = 0; i < CHANGES; i++) {
      int item = entry[i];
      if (place[item] < 0) {
        place[item] = size;
        heap[size++] = item;
      }
      priority[item] = value[i];
      sift(item);
      if ((i & 1) == 1) {
        int best = heap[0];
        sum += best;
        place[best] = -1;
        int last = heap[--size];
        if (last != best) {
          place[last] = 0;
          heap[0] = last;
          sift(last);
        }
      }
    }
    return sum;
  }

  private void sift(int item) {
    int at = place[item];
    double own = priority[item];
    while (at > 0 && priority[heap[(at - 1) / 2]] < own) {
      int above = heap[(at - 1) / 2];
      heap[at] = above;
      place[above] = at;
      at = (at - 1) / 2;
    }
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && priority[heap[child + 1]] > priority[heap[child]]) {
        child++;
      }
      if (priority[heap[child]] <= own) {
        break;
      }
      heap[at] = heap[child];
      place[heap[at]] = at;
      at = child;
    }
    heap[at] = item;
    place[item] = at;
  }

  /** The JDK's tree, which boxes. */
  @Benchmark
  public int tree() {
    int sum = 0;
    for (int i = 0; i < CHANGES; i++) {
      tree.remove(entry[i]);
      treePriority[entry[i]] = value[i];
      tree.add(entry[i]);
      if ((i & 1) == 1) {
        sum += tree.removeFirst();
      }
    }
    return sum;
  }
}
