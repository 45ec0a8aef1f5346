package org.bellmanrl.deep.onpolicy;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the steps of a full rollout in minibatches: of single steps, or, for recurrent
 * networks, of whole sequences, as many as there is room for. What the rollout says of the steps of
 * the current minibatch is in its arrays, from index 0 on.
 */
final class Minibatches {
  /** ln π(A|S) of the policy that collected the rollout. */
  final double[] oldLogProbability;

  /** v(S) of the network that the rollout was finished with. */
  final double[] oldValue;

  /** Â, normalised if that is wanted. */
  final double[] advantage;

  /** G. */
  final double[] target;

  private final Rollout rollout;
  private final ActorCriticTraining training;
  private final int batchSize;
  private final boolean normalizeAdvantage;
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
   * @param shape whose minibatches have at least as many steps as its sequences
   */
  Minibatches(Rollout rollout, ActorCriticTraining training, RolloutLearner.Shape shape) {
    this.rollout = rollout;
    this.training = training;
    this.batchSize = shape.batchSize();
    this.normalizeAdvantage = shape.normalizeAdvantage();
    this.sequences = rollout.sequences();
    this.order = new int[shape.capacity()];
    this.slots = sequences == null ? order : new int[batchSize];
    this.oldLogProbability = new double[batchSize];
    this.oldValue = new double[batchSize];
    this.advantage = new double[batchSize];
    this.target = new double[batchSize];
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
    int n = sequences == null ? nextSteps() : nextSequences(sequences);
    for (int i = 0; i < n; i++) {
      int slot = slots[from + i];
      oldLogProbability[i] = rollout.logProbability(slot);
      oldValue[i] = rollout.value(slot);
      advantage[i] = rollout.advantage(slot);
      target[i] = rollout.target(slot);
    }
    if (normalizeAdvantage && n > 1) {
      Losses.normalise(n, advantage);
    }
    return n;
  }

  /**
   * Corrects advantages and targets for the ratio of the present policy to the one that collected
   * the rollout, after a {@link #forward} of all its steps in one minibatch.
   */
  void correct(int n, double gamma, double lambda, double largestRho, double largestC) {
    for (int i = 0; i < n; i++) {
      rollout.revise(slots[from + i], training.logProbability[i], training.value[i]);
    }
    rollout.estimateCorrected(gamma, lambda, largestRho, largestC);
    for (int i = 0; i < n; i++) {
      advantage[i] = rollout.advantage(slots[from + i]);
      target[i] = rollout.target(slots[from + i]);
    }
  }

  private int nextSteps() {
    from = next;
    next = Math.min(from + batchSize, count);
    return next - from;
  }

  private int nextSequences(RolloutSequences all) {
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

  /**
   * Computes what both networks give for some steps of the minibatch.
   *
   * @param first the first of them, an index into the arrays
   * @param n how many
   */
  void forward(int first, int n) {
    training.forward(rollout.observations(), rollout.taken(), slots, from + first, n);
  }
}
