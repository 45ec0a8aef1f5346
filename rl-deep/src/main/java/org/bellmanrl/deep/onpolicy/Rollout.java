package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.EncodedObservations;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.jspecify.annotations.Nullable;

/**
 * Steps of all rows in the order in which they came, and their advantages once it is full.
 *
 * <p>Rows need not take turns: each has its own trajectory, which is cut where an episode ended, or
 * was abandoned, or the rollout is full. At each cut stands the value of what was really observed
 * last, whatever the next episode begins with.
 */
final class Rollout implements Stateful {
  private static final int NONE = -1;

  private final int capacity;
  private final int rows;
  private final ActionHead head;

  /** Extra columns of an action that are the head's, its last ones. */
  private final int own;

  private final EncodedObservations observations;
  private final TakenActions taken;
  private final int[] row;
  private final double[] reward;
  private final double[] discount;
  private final boolean[] cut;
  private final double[] bootstrap;
  private final double[] logProbability;
  private final double[] value;
  private final double[] advantage;
  private final double[] target;

  /**
   * The probability of what was done, now to then; of steps that are {@linkplain #revise revised}.
   */
  private final double[] ratio;

  private int size;

  /** Per row, its latest step in here, and what it observed after it. */
  private final int[] latest;

  private final EncodedObservations following;

  /** Of the value network, by row: before what the row shows now. */
  private final float[] criticStates;

  private final double[] nextValue;
  private final double[] nextAdvantage;
  private final double[] nextTarget;

  /** What recurrent networks need; null if none is. */
  private final @Nullable RolloutSequences sequences;

  /**
   * An empty rollout.
   *
   * @param rows how many the learner has
   * @param maskWidth of the task
   * @param sequenceLength the most steps of a sequence, if a network is recurrent
   */
  Rollout(ActorCriticNetworks networks, int capacity, int rows, int maskWidth, int sequenceLength) {
    this.capacity = capacity;
    this.rows = rows;
    this.head = networks.head(1);
    this.own = head.extras().layout().floats();
    this.observations = new EncodedObservations(networks.encoder(), capacity);
    this.taken = head.taken(capacity, maskWidth);
    this.row = new int[capacity];
    this.reward = new double[capacity];
    this.discount = new double[capacity];
    this.cut = new boolean[capacity];
    this.bootstrap = new double[capacity];
    this.logProbability = new double[capacity];
    this.value = new double[capacity];
    this.advantage = new double[capacity];
    this.target = new double[capacity];
    this.ratio = new double[capacity];
    this.latest = new int[rows];
    this.following = new EncodedObservations(networks.encoder(), rows);
    this.nextValue = new double[rows];
    this.nextAdvantage = new double[rows];
    this.nextTarget = new double[rows];
    this.sequences =
        networks.recurrent()
            ? new RolloutSequences(networks, capacity, rows, sequenceLength)
            : null;
    this.criticStates = sequences == null ? new float[0] : sequences.criticStates;
    Arrays.fill(latest, NONE);
  }

  /** Adds a row's step. Only while it is not {@link #full()}. */
  void add(Transitions transitions, int from, ActorCriticTraining critic) {
    int before = latest[from];
    boolean first = transitions.first()[from];
    if (first && before != NONE && !cut[before]) {
      cut(before, valueOfFollowing(critic, from)); // its episode was abandoned
    }
    int slot = size++;
    Observations next = transitions.nextObservations();
    if (first || before == NONE) {
      observations.put(slot, transitions.observations(), from);
    } else {
      observations.put(slot, following, from); // what came after the step before, encoded already
    }
    head.take(transitions, from, taken, slot);
    row[slot] = from;
    reward[slot] = transitions.reward()[from];
    discount[slot] = transitions.discount()[from];
    Columns extras = transitions.actions().extras();
    logProbability[slot] = extras.floats()[(from + 1) * extras.layout().floats() - own];
    cut[slot] = false;
    bootstrap[slot] = 0;
    latest[from] = slot;
    if (sequences != null) {
      sequences.add(slot, from, first, transitions.actions());
      if (sequences.remembersValues()) {
        value[slot] = critic.value(observations, slot, criticStates, from);
        critic.advance(criticStates, from);
      }
    }
    if (transitions.last(from)) {
      cut(slot, discount[slot] == 0 ? 0 : critic.value(next, from, criticStates));
    } else {
      following.put(from, next, from);
    }
  }

  private void cut(int slot, double valueOfTheNext) {
    cut[slot] = true;
    bootstrap[slot] = valueOfTheNext;
  }

  private double valueOfFollowing(ActorCriticTraining critic, int r) {
    return critic.value(following, r, criticStates, r);
  }

  boolean full() {
    return size == capacity;
  }

  /** After how many more steps of all rows it is full. */
  int stepsLeft() {
    return Math.ceilDiv(capacity - size, rows);
  }

  /** Values, advantages and targets of all steps. */
  void finish(ActorCriticTraining critic, double gamma, double lambda) {
    for (int r = 0; r < rows; r++) {
      if (latest[r] != NONE && !cut[latest[r]]) {
        cut(latest[r], valueOfFollowing(critic, r));
      }
    }
    if (sequences == null || !sequences.remembersValues()) {
      critic.values(observations, size, value);
    }
    estimateAdvantages(gamma, lambda);
  }

  /**
   * Generalised advantage estimates (Schulman et al., 2016, equation 16), backwards along each
   * row's trajectory:
   *
   * <pre>
   * δ = R + γ d v(S') − v(S)
   * A = δ + γ λ d (1 − cut) A'
   * </pre>
   *
   * where d is the environment's own discount, and S' at a cut is the true last observation. The
   * target of v(S) is A + v(S).
   */
  private void estimateAdvantages(double gamma, double lambda) {
    for (int i = size - 1; i >= 0; i--) {
      int r = row[i];
      double following = cut[i] ? bootstrap[i] : nextValue[r];
      double continued = cut[i] ? 0 : nextAdvantage[r];
      double decay = gamma * discount[i];
      double delta = reward[i] + decay * following - value[i];
      advantage[i] = delta + decay * lambda * continued;
      target[i] = advantage[i] + value[i];
      nextValue[r] = value[i];
      nextAdvantage[r] = advantage[i];
    }
  }

  /**
   * Says what the networks give for a step now.
   *
   * @param presentLogProbability ln π(a|s)
   * @param presentValue v(S)
   */
  void revise(int slot, double presentLogProbability, double presentValue) {
    ratio[slot] = ExactMath.exp(presentLogProbability - logProbability[slot]);
    value[slot] = presentValue;
  }

  /**
   * V-trace targets and advantages (Espeholt et al., 2018, section 4.1), backwards along each row's
   * trajectory, once all steps are {@linkplain #revise revised}:
   *
   * <pre>
   * G = v(S) + ρ (R + γ d v(S') − v(S)) + γ λ d c (1 − cut) (G' − v(S'))
   * A = ρ (R + γ d G' − v(S))
   * </pre>
   *
   * where G' at a cut is v(S'), and ρ and c are the ratio up to their limits.
   */
  void estimateCorrected(double gamma, double lambda, double largestRho, double largestC) {
    for (int i = size - 1; i >= 0; i--) {
      int r = row[i];
      double following = cut[i] ? bootstrap[i] : nextValue[r];
      double corrected = cut[i] ? bootstrap[i] : nextTarget[r];
      double decay = gamma * discount[i];
      double rho = Math.min(largestRho, ratio[i]);
      double delta = rho * (reward[i] + decay * following - value[i]);
      double later = decay * lambda * Math.min(largestC, ratio[i]) * (corrected - following);
      target[i] = value[i] + delta + later;
      advantage[i] = rho * (reward[i] + decay * corrected - value[i]);
      nextValue[r] = value[i];
      nextTarget[r] = target[i];
    }
  }

  /** The share of the targets' variance that the values explain; NaN if they don't vary. */
  double explainedVariance() {
    double meanTarget = 0;
    double meanAdvantage = 0;
    for (int i = 0; i < size; i++) {
      meanTarget += target[i] / size;
      meanAdvantage += advantage[i] / size;
    }
    double total = 0;
    double rest = 0;
    for (int i = 0; i < size; i++) {
      total += (target[i] - meanTarget) * (target[i] - meanTarget);
      rest += (advantage[i] - meanAdvantage) * (advantage[i] - meanAdvantage);
    }
    return total == 0 ? Double.NaN : 1 - rest / total;
  }

  /** Empties this rollout for the next one. */
  void clear() {
    size = 0;
    Arrays.fill(latest, NONE);
    if (sequences != null) {
      sequences.clear();
    }
  }

  int size() {
    return size;
  }

  /** The sequences of the steps, for recurrent networks; null if none is. */
  @Nullable RolloutSequences sequences() {
    return sequences;
  }

  EncodedObservations observations() {
    return observations;
  }

  TakenActions taken() {
    return taken;
  }

  /** ln π(a|s) when the step was taken. */
  double logProbability(int slot) {
    return logProbability[slot];
  }

  /** v(S) when the rollout was full; of a recurrent network, when the step was added. */
  double value(int slot) {
    return value[slot];
  }

  double advantage(int slot) {
    return advantage[slot];
  }

  /** What v(S) should be. */
  double target(int slot) {
    return target[slot];
  }

  @Override
  public void carry(State state) {
    state.begin("rollout", 2);
    size = state.carryIndex("size", size, capacity + 1);
    state.carry("row", row, 0, size);
    observations.carry(state, size);
    taken.carry(state, size);
    state.carry("reward", reward, 0, size);
    state.carry("discount", discount, 0, size);
    state.carry("cut", cut, 0, size);
    state.carry("bootstrap", bootstrap, 0, size);
    state.carry("log_probability", logProbability, 0, size);
    state.carry("latest", latest);
    state.carry("following", following);
    if (sequences != null) {
      state.carry("value", value, 0, size);
      state.carry("sequences", sequences);
    }
    state.end();
    if (state.restoring()) {
      check();
    }
  }

  private void check() {
    for (int i = 0; i < size; i++) {
      if (row[i] < 0 || row[i] >= rows) {
        throw new StateException(
            "a saved rollout has a step of row %d, expected rows in [0, %d)"
                .formatted(row[i], rows));
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
