package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 255, 256, 257, 4097, 100_000})
  void find_findsWhereTheRunningSumPasses(int size) {
    RandomStream random = RandomStream.ofSeed(size);
    SumTree tree = new SumTree(size);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < size; i++) {
        // Whole numbers, so that every sum is exact; a third of them zero.
        tree.set(i, Math.max(0, random.integers(6) - 2));
      }
      tree.set(size / 2, 3);
      double[] running = new double[size + 1];
      for (int i = 0; i < size; i++) {
        running[i + 1] = running[i] + tree.leaves()[i];
      }
      assertThat((double) tree.total()).isEqualTo(running[size]);
      double[] values = new double[1000];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == 0 ? 0 : i == 1 ? running[size] : random.random() * running[size];
      }
      double[] asked = values.clone();
      int[] found = new int[values.length];
      tree.find(values, found);
      for (int i = 0; i < found.length; i++) {
        assertThat(running[found[i]]).isLessThanOrEqualTo(asked[i]);
        if (i != 1) {
          assertThat(running[found[i] + 1]).isGreaterThan(asked[i]);
        }
        assertThat(tree.leaves()[found[i]]).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 300, 70_000})
  void find_neverFindsZero_whateverRoundingDoes(int size) {
    RandomStream random = RandomStream.ofSeed(size);
    SumTree tree = new SumTree(size);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 200; i++) {
        int leaf = random.integers(size);
        // Over forty powers of two, so that sums round.
        tree.set(leaf, random.integers(3) == 0 ? 0f : (float) Math.pow(2, random.uniform(-20, 20)));
      }
      double total = tree.total();
      double[] values = new double[3000];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i + 1.0) / values.length * total;
      }
      int[] found = new int[values.length];
      tree.find(values, found);
      for (int leaf : found) {
        assertThat(tree.leaves()[leaf]).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 1000, 50_000})
  void changedTree_equalsRebuiltOne(int size) {
    RandomStream random = RandomStream.ofSeed(size);
    SumTree changed = new SumTree(size);
    SumTree rebuilt = new SumTree(size);
    for (int i = 0; i < 5000; i++) {
      int leaf = random.integers(size);
      float value = random.randomFloat();
      changed.set(leaf, value);
      rebuilt.leaves()[leaf] = value;
      if (i % 1700 == 0) {
        rebuilt.rebuild();
        assertThat(changed.total()).isEqualTo(rebuilt.total());
      }
    }
    rebuilt.rebuild();
    assertThat(changed.total()).isEqualTo(rebuilt.total());
  }
}
