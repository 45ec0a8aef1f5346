package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.EncodedObservations;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.TakenActions;

/** The steps of the episode that a row is in, and their returns once it has ended. */
final class EpisodeSteps implements Stateful {
  private static final int FIRST_CAPACITY = 128;
  private static final int MOST = 1 << 28;

  private final ActionHead head;
  private final EncodedObservations observations;
  private final TakenActions taken;
  private int capacity = FIRST_CAPACITY;
  private int[] slots = new int[FIRST_CAPACITY];
  private double[] rewards = new double[FIRST_CAPACITY];
  private double[] discounts = new double[FIRST_CAPACITY];
  private double[] returns = new double[FIRST_CAPACITY];
  private double[] discounting = new double[FIRST_CAPACITY];
  private int length;

  EpisodeSteps(ActorCriticNetworks networks, int maskWidth) {
    this.head = networks.head(1);
    this.observations = new EncodedObservations(networks.encoder(), FIRST_CAPACITY);
    this.taken = head.taken(FIRST_CAPACITY, maskWidth);
    numberSlots();
  }

  private void numberSlots() {
    for (int i = 0; i < capacity; i++) {
      slots[i] = i;
    }
  }

  private void grow(int least) {
    if (least > MOST) {
      throw new IllegalStateException(
          "an episode of more than %d steps can't be kept; give the task an episode limit"
              .formatted(MOST));
    }
    while (capacity < least) {
      capacity *= 2;
    }
    observations.grow(capacity);
    taken.grow(capacity);
    slots = new int[capacity];
    rewards = Arrays.copyOf(rewards, capacity);
    discounts = Arrays.copyOf(discounts, capacity);
    returns = new double[capacity];
    discounting = new double[capacity];
    numberSlots();
  }

  void add(Transitions transitions, int row) {
    if (length == capacity) {
      grow(length + 1);
    }
    observations.put(length, transitions.observations(), row);
    head.take(transitions, row, taken, length);
    rewards[length] = transitions.reward()[row];
    discounts[length] = transitions.discount()[row];
    length++;
  }

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /**
   * Returns and discounting of an episode that is over:
   *
   * <pre>
   * G_t = R_t+1 + γ d_t+1 G_t+1,  0 after the last step
   * I_t = Π_k≤t γ d_k, 1 at first
   * </pre>
   *
   * where d is the environment's own discount.
   */
  void sumReturns(double gamma) {
    double g = 0;
    for (int t = length - 1; t >= 0; t--) {
      g = rewards[t] + gamma * discounts[t] * g;
      returns[t] = g;
    }
    double i = 1;
    for (int t = 0; t < length; t++) {
      discounting[t] = i;
      i *= gamma * discounts[t];
    }
  }

  /** G of step t. */
  double episodeReturn(int t) {
    return returns[t];
  }

  /** I of step t. */
  double discounting(int t) {
    return discounting[t];
  }

  EncodedObservations observations() {
    return observations;
  }

  TakenActions taken() {
    return taken;
  }

  /** 0, 1, 2 and so on. */
  int[] slots() {
    return slots;
  }

  @Override
  public void carry(State state) {
    state.begin("episode-steps", 1);
    length = state.carryIndex("length", length, MOST + 1);
    if (length > capacity) {
      grow(length);
    }
    observations.carry(state, length);
    taken.carry(state, length);
    state.carry("rewards", rewards, 0, length);
    state.carry("discounts", discounts, 0, length);
    state.end();
  }
}
