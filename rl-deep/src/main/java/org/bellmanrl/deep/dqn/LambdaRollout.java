package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.EncodedObservations;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.Workspace;

/**
 * Steps of all rows in the order in which they came, and the λ-returns of action values once it is
 * full.
 *
 * <p>Rows need not take turns: each has its own trajectory, which is cut where an episode ended, or
 * was abandoned, or the rollout is full. At each cut stands the value of what was really observed
 * last.
 */
final class LambdaRollout implements Stateful {
  private static final int NONE = -1;
  private static final int CHUNK = 128;

  private final int capacity;
  private final int rows;
  private final int actions;
  private final int start;
  private final int maskWidth;
  private final NetworkValues values;
  private final Workspace batch;
  private final EncodedObservations observations;
  private final boolean[] mask;
  private final int[] row;
  private final int[] action;
  private final double[] reward;
  private final double[] discount;
  private final boolean[] cut;
  private final double[] bootstrap;
  private final double[] best;
  private final double[] target;
  private int size;

  /** Per row, its latest step in here, and what it observed after it. */
  private final int[] latest;

  private final EncodedObservations following;
  private final boolean[] followingMask;
  private final double[] nextBest;
  private final double[] nextTarget;

  /**
   * An empty rollout.
   *
   * @param values of the network that learns
   * @param rows how many the learner has
   * @param maskWidth of the task
   */
  LambdaRollout(NetworkValues values, Discrete actionSpace, int capacity, int rows, int maskWidth) {
    this.capacity = capacity;
    this.rows = rows;
    this.actions = actionSpace.n();
    this.start = actionSpace.start();
    this.maskWidth = maskWidth;
    this.values = values;
    this.batch = values.network().workspace(Math.min(CHUNK, capacity), Workspace.Use.FORWARD);
    this.observations = new EncodedObservations(values.encoder(), capacity);
    this.mask = new boolean[Math.multiplyExact(capacity, maskWidth)];
    this.row = new int[capacity];
    this.action = new int[capacity];
    this.reward = new double[capacity];
    this.discount = new double[capacity];
    this.cut = new boolean[capacity];
    this.bootstrap = new double[capacity];
    this.best = new double[capacity];
    this.target = new double[capacity];
    this.latest = new int[rows];
    this.following = new EncodedObservations(values.encoder(), rows);
    this.followingMask = new boolean[rows * maskWidth];
    this.nextBest = new double[rows];
    this.nextTarget = new double[rows];
    Arrays.fill(latest, NONE);
  }

  /** Adds a row's step. Only while it is not {@link #full()}. */
  void add(Transitions transitions, int from) {
    int before = latest[from];
    boolean first = transitions.first()[from];
    if (first && before != NONE && !cut[before]) {
      cut(before, best(following, from, followingMask, from)); // its episode was abandoned
    }
    int slot = size++;
    Observations now = transitions.observations();
    observations.put(slot, now, from);
    System.arraycopy(now.mask(), from * maskWidth, mask, slot * maskWidth, maskWidth);
    row[slot] = from;
    action[slot] = transitions.actions().values().ints()[from] - start;
    reward[slot] = transitions.reward()[from];
    discount[slot] = transitions.discount()[from];
    cut[slot] = false;
    latest[from] = slot;
    Observations next = transitions.nextObservations();
    following.put(from, next, from);
    System.arraycopy(next.mask(), from * maskWidth, followingMask, from * maskWidth, maskWidth);
    if (transitions.last(from)) {
      cut(slot, discount[slot] == 0 ? 0 : best(following, from, followingMask, from));
    }
  }

  private void cut(int slot, double valueOfTheNext) {
    cut[slot] = true;
    bootstrap[slot] = valueOfTheNext;
  }

  private double best(EncodedObservations from, int slot, boolean[] masks, int maskSlot) {
    from.get(slot, batch, 0);
    values.network().forward(batch, 1);
    return best(0, masks, maskSlot);
  }

  /** The largest value that a mask allows in a row of the outputs. */
  private double best(int at, boolean[] masks, int maskSlot) {
    int from = at * batch.outputStride();
    int best = MaskedValues.argmax(batch.outputs(), from, actions, masks, maskSlot * maskWidth);
    if (best < 0) {
      throw new IllegalStateException(
          "the mask of an observation that is not terminal allows no action; it must allow at"
              + " least one");
    }
    return batch.outputs()[from + best];
  }

  boolean full() {
    return size == capacity;
  }

  /**
   * Targets of all steps, backwards along each row's trajectory: Peng's Q(λ),
   *
   * <pre>
   * G = R + γ d ((1 − λ) max_a Q(S', a) + λ G')
   * </pre>
   *
   * where d is the environment's own discount, and at a cut the maximum at the true last
   * observation stands alone.
   */
  void finish(double gamma, double lambda) {
    for (int r = 0; r < rows; r++) {
      if (latest[r] != NONE && !cut[latest[r]]) {
        cut(latest[r], best(following, r, followingMask, r));
      }
    }
    for (int from = 0; from < size; from += batch.maxRows()) {
      int count = Math.min(batch.maxRows(), size - from);
      observations.range(from, count, batch);
      values.network().forward(batch, count);
      for (int i = 0; i < count; i++) {
        best[from + i] = best(i, mask, from + i);
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      int r = row[i];
      double continued =
          cut[i] ? bootstrap[i] : (1 - lambda) * nextBest[r] + lambda * nextTarget[r];
      target[i] = reward[i] + gamma * discount[i] * continued;
      nextBest[r] = best[i];
      nextTarget[r] = target[i];
    }
  }

  /** Empties it. */
  void clear() {
    size = 0;
    Arrays.fill(latest, NONE);
  }

  EncodedObservations observations() {
    return observations;
  }

  /** The index of the action that was taken, from 0. */
  int action(int slot) {
    return action[slot];
  }

  /** What Q(S, A) should be. */
  double target(int slot) {
    return target[slot];
  }

  @Override
  public void carry(State state) {
    state.begin("lambda-rollout", 1);
    size = state.carryIndex("size", size, capacity + 1);
    observations.carry(state, size);
    state.carry("mask", mask, 0, size * maskWidth);
    state.carry("row", row, 0, size);
    state.carry("action", action, 0, size);
    state.carry("reward", reward, 0, size);
    state.carry("discount", discount, 0, size);
    state.carry("cut", cut, 0, size);
    state.carry("bootstrap", bootstrap, 0, size);
    state.carry("latest", latest);
    state.carry("following", following);
    state.carry("following_mask", followingMask);
    state.end();
    if (state.restoring()) {
      check();
    }
  }

  private void check() {
    for (int i = 0; i < size; i++) {
      if (row[i] < 0 || row[i] >= rows || action[i] < 0 || action[i] >= actions) {
        throw new StateException(
            "a saved rollout has action %d of row %d, expected actions in [0, %d) of rows in [0, %d)"
                .formatted(action[i], row[i], actions, rows));
      }
    }
    for (int slot : latest) {
      if (slot < NONE || slot >= size) {
        throw new StateException(
            "a saved rollout of %d steps has its latest at %d".formatted(size, slot));
      }
    }
  }
}
