package org.bellmanrl.deep.onpolicy;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the steps of a full rollout in minibatches: of single steps, or, for recurrent
 * networks, of whole sequences, as many as there is room for.
 */
final class Minibatches {
  private final Rollout rollout;
  private final ActorCriticTraining training;
  private final int batchSize;
  private final @Nullable RolloutSequences sequences;

  /** The steps, or the sequences, in the order in which they are gone through. */
  private final int[] order;

  /** The steps of the minibatch: the order itself, or as its sequences are arranged. */
  private final int[] slots;

  private int count;
  private int from;
  private int next;

  /**
   * Minibatches of a rollout.
   *
   * @param capacity of the rollout
   * @param batchSize the most steps of a minibatch, at least those of a sequence
   */
  Minibatches(Rollout rollout, ActorCriticTraining training, int capacity, int batchSize) {
    this.rollout = rollout;
    this.training = training;
    this.batchSize = batchSize;
    this.sequences = rollout.sequences();
    this.order = new int[capacity];
    this.slots = sequences == null ? order : new int[batchSize];
  }

  /** Begins with a full rollout, in the order in which it came. */
  void begin() {
    count = sequences == null ? rollout.size() : sequences.count();
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    next = 0;
  }

  /** Goes through everything again, in an order drawn from the last one. */
  void shuffle(RandomStream random) {
    random.shuffle(order, count);
    next = 0;
  }

  /** Goes on to the next minibatch; its number of steps, 0 after the last. */
  int next() {
    if (sequences != null) {
      return next(sequences);
    }
    from = next;
    next = Math.min(from + batchSize, count);
    return next - from;
  }

  private int next(RolloutSequences all) {
    Sequences batch = training.sequences();
    batch.clear();
    int first = next;
    int steps = 0;
    while (next < count && steps + all.length(order[next]) <= batchSize) {
      int length = all.length(order[next++]);
      batch.add(length);
      steps += length;
    }
    if (steps == 0) {
      return 0;
    }
    batch.arrange();
    for (int place = 0; place < batch.count(); place++) {
      int sequence = order[first + batch.at(place)];
      all.copyStates(sequence, training, place);
      for (int step = 0; step < batch.length(place); step++) {
        int row = batch.row(step, place);
        slots[row] = all.slot(sequence, step);
        batch.first(row, all.first(slots[row]));
      }
    }
    return steps;
  }

  /** The slots of the minibatch's steps, from {@link #from} on. */
  int[] slots() {
    return slots;
  }

  /** Where the minibatch begins in {@link #slots}. */
  int from() {
    return from;
  }
}
