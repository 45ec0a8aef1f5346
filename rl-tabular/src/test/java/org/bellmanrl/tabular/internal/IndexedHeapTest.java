package org.bellmanrl.tabular.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexedHeapTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 64})
  void operations_atRandom_equalASearchThroughAll(int capacity) {
    RandomStream random = RandomStreams.ofSeeds(capacity).row(0);
    IndexedHeap heap = new IndexedHeap(capacity);
    double[] reference = new double[capacity];
    Arrays.fill(reference, Double.NaN);
    for (int i = 0; i < 3000; i++) {
      int item = random.integers(capacity);
      switch (random.integers(4)) {
        case 0, 1 -> {
          // Few different priorities, so that there are ties.
          reference[item] = random.integers(8);
          heap.put(item, reference[item]);
        }
        case 2 -> {
          reference[item] = Double.NaN;
          heap.remove(item);
        }
        default -> {
          int best = best(reference);
          if (best >= 0) {
            assertThat(heap.first()).isEqualTo(best);
            assertThat(heap.priority(best)).isEqualTo(reference[best]);
            assertThat(heap.poll()).isEqualTo(best);
            reference[best] = Double.NaN;
          }
        }
      }
      assertThat(heap.contains(item)).isEqualTo(!Double.isNaN(reference[item]));
      assertThat(heap.isEmpty()).isEqualTo(best(reference) < 0);
    }
    heap.clear();
    assertThat(heap.size()).isZero();
    assertThat(heap.contains(0)).isFalse();
  }

  private static int best(double[] priorities) {
    int best = -1;
    for (int i = 0; i < priorities.length; i++) {
      if (!Double.isNaN(priorities[i]) && (best < 0 || priorities[i] > priorities[best])) {
        best = i;
      }
    }
    return best;
  }
}
