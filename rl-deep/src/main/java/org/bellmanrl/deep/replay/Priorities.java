package org.bellmanrl.deep.replay;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.kernel.Activations;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.bellmanrl.deep.network.NonFiniteException;

/** How often each slot of a replay is drawn: 0 where nothing can be. */
final class Priorities implements Stateful {
  private final float alpha;
  private final float epsilon;
  private final SumTree tree;
  private final Activations functions = Kernels.chosen().activations();

  /** The largest priority so far, which new transitions take. */
  private float largest = 1f;

  Priorities(Prioritisation how, int slots) {
    this.alpha = (float) how.alpha();
    this.epsilon = Math.max(Float.MIN_NORMAL, (float) how.epsilon());
    this.tree = new SumTree(slots);
  }

  /** A transition can be drawn from now on. */
  void enter(int slot) {
    tree.set(slot, largest);
  }

  /** And now no more. */
  void clear(int slot) {
    tree.set(slot, 0f);
  }

  /** Draws the batch's slots, one from each of as many equal parts of the sum, with weights. */
  void draw(RandomStream random, ReplayBatch batch, double beta) {
    double[] values = batch.values();
    int[] slots = batch.slots();
    double part = (double) tree.total() / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = (i + random.random()) * part;
    }
    tree.find(values, slots);
    weigh(slots, batch.weights(), (float) beta);
  }

  /**
   * (size · pᵢ / Σp)^−β by the largest of the batch, which belongs to the smallest p: the sizes and
   * sums cancel.
   */
  private void weigh(int[] slots, float[] weights, float beta) {
    float[] leaves = tree.leaves();
    // Positive floats compare as their bits do, and the least integer is found faster.
    int leastBits = Integer.MAX_VALUE;
    for (int i = 0; i < slots.length; i++) {
      float priority = leaves[slots[i]];
      weights[i] = priority;
      leastBits = Math.min(leastBits, Float.floatToRawIntBits(priority));
    }
    float least = Float.intBitsToFloat(leastBits);
    for (int i = 0; i < slots.length; i++) {
      weights[i] = least / weights[i];
    }
    functions.power(slots.length, weights, beta);
  }

  void update(ReplayBatch batch, float[] errors) {
    int[] slots = batch.slots();
    float[] leaves = tree.leaves();
    float[] updated = batch.priorities();
    for (int i = 0; i < updated.length; i++) {
      updated[i] = Math.abs(errors[i]) + epsilon;
    }
    functions.power(updated.length, updated, alpha);
    for (int i = 0; i < slots.length; i++) {
      if (!Float.isFinite(errors[i])) {
        throw new NonFiniteException(
            "errors must be finite, number %d of the batch is %s".formatted(i, errors[i]));
      }
      if (leaves[slots[i]] > 0f) {
        tree.set(slots[i], updated[i]);
        largest = Math.max(largest, updated[i]);
      }
    }
  }

  /** The slots of one row that are filled, beginning with its first. */
  void carry(State state, int from, int count) {
    state.carry("priorities", tree.leaves(), from, count);
  }

  @Override
  public void carry(State state) {
    state.begin("priorities", 1);
    largest = state.carry("largest", largest);
    state.end();
  }

  /** Forgets everything, before rows are restored. */
  void reset() {
    Arrays.fill(tree.leaves(), 0f);
  }

  /** After rows were restored. */
  void rebuild() {
    tree.rebuild();
  }
}
