package org.bellmanrl.deep.replay;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.jspecify.annotations.Nullable;

/**
 * Transitions drawn from a {@link Replay}, one per row. Made once by {@link Replay#batch}; its
 * arrays stay the same and are overwritten by the next draw. Not thread-safe.
 */
public final class ReplayBatch {
  private final @Nullable SequenceBatch sequences;
  private int size;
  private final int maskWidth;
  private final Columns observations;
  private final Columns nextObservations;
  private final Columns actions;
  private final boolean[] mask;
  private final boolean[] nextMask;
  private final float[] rewards;
  private final float[] bootstraps;
  private final float[] weights;
  private final int[] slots;
  private final int[] nextSlots;
  private final double[] values;
  private final float[] priorities;

  ReplayBatch(EnvironmentSpec spec, int size) {
    this(spec, size, null);
  }

  ReplayBatch(EnvironmentSpec spec, int size, @Nullable SequenceBatch sequences) {
    Require.atLeast("size", size, 1);
    this.sequences = sequences;
    this.size = size;
    this.maskWidth = spec.maskWidth();
    this.observations = new Columns(spec.observationSpace(), size);
    this.nextObservations = new Columns(spec.observationSpace(), size);
    this.actions = new Columns(spec.actionSpace(), size);
    this.mask = new boolean[Math.multiplyExact(size, maskWidth)];
    this.nextMask = new boolean[Math.multiplyExact(size, maskWidth)];
    this.rewards = new float[size];
    this.bootstraps = new float[size];
    this.weights = new float[size];
    this.slots = new int[size];
    this.nextSlots = new int[size];
    this.values = new double[size];
    this.priorities = new float[size];
    Arrays.fill(weights, 1f);
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** Most rows that there can be. */
  public int maxSize() {
    return rewards.length;
  }

  /** The sequences that the rows are steps of; null if they were drawn as single transitions. */
  public @Nullable SequenceBatch sequences() {
    return sequences;
  }

  /** Lets the first rows count alone. */
  void size(int rows) {
    size = rows;
  }

  /** What was observed. */
  public Columns observations() {
    return observations;
  }

  /** What was done then. */
  public Columns actions() {
    return actions;
  }

  /**
   * What was paid from then on, over up to n steps: {@code R₁ + γd₁R₂ + γ²d₁d₂R₃ + …} with the
   * task's γ and the environment's discounts d.
   */
  public float[] rewards() {
    return rewards;
  }

  /**
   * By what the value of the next observation is to be multiplied: the product of γ and of the
   * environment's discounts over the same steps; 0 after a terminal state.
   */
  public float[] bootstraps() {
    return bootstraps;
  }

  /** What was observed after these steps: at an end, the true last observation of the episode. */
  public Columns nextObservations() {
    return nextObservations;
  }

  /**
   * Which actions the observation allowed: row {@code r} takes elements {@code r * maskWidth()}
   * onwards. Empty if the task has no masks.
   */
  public boolean[] mask() {
    return mask;
  }

  /**
   * Which actions the next observation allows: row {@code r} takes elements {@code r * maskWidth()}
   * onwards. Empty if the task has no masks.
   */
  public boolean[] nextMask() {
    return nextMask;
  }

  /** Mask elements in a row; 0 if the task has no masks. */
  public int maskWidth() {
    return maskWidth;
  }

  /**
   * Importance weights, the largest of the batch being 1: all 1 if the draw was uniform (Schaul et
   * al., 2016, section 3.4, there normalised by the largest of the whole memory in some
   * implementations, of the batch in others).
   */
  public float[] weights() {
    return weights;
  }

  int[] slots() {
    return slots;
  }

  int[] nextSlots() {
    return nextSlots;
  }

  /** Scratch for a draw by priority. */
  double[] values() {
    return values;
  }

  /** Scratch for an update of priorities. */
  float[] priorities() {
    return priorities;
  }
}
