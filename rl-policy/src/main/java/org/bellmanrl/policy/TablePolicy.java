package org.bellmanrl.policy;

import java.util.Locale;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;

/**
 * A policy over a table: a number for each action in each state of a finite task.
 *
 * <p>Under a mask, which {@link Discrete} actions alone may have here, forbidden actions are left
 * out. Immutable: any number of threads may use it, each with its own actor, which allocates
 * nothing when it acts.
 */
public final class TablePolicy implements WritablePolicy {
  private static final double ROUNDING = 1e-9;

  /** What the numbers mean. */
  public enum Rule {
    /** The action of the largest number; of several, the first. Draws nothing. */
    GREEDY_FIRST,
    /**
     * An action of the largest number; of several, each is as likely. Draws per row one {@code
     * integers(ties)} if there are several.
     */
    GREEDY_RANDOM,
    /**
     * The numbers are probabilities; under a mask, in proportion among what is allowed. Draws per
     * row one {@code random()}.
     */
    PROBABILITIES
  }

  private final Space observationSpace;
  private final Space actionSpace;
  private final Rule rule;
  private final ProductIndex states;
  private final ProductIndex choices;
  private final double[] numbers;

  /** Per int of an observation: its smallest value, and how many there are. */
  private final int[] intStart;

  private final int[] intCount;

  /**
   * A policy by its numbers.
   *
   * @param observationSpace finite: a product of Discrete, MultiDiscrete and MultiBinary
   * @param actionSpace finite too
   * @param numbers those of the actions of state 0, then of state 1, and so on, in the order of
   *     {@link ProductIndex}; copied
   * @param rule what they mean
   * @throws IllegalArgumentException if a space is not finite, or if the numbers are not as many,
   *     are NaN, or are to be probabilities and are not
   */
  public TablePolicy(Space observationSpace, Space actionSpace, double[] numbers, Rule rule) {
    this.observationSpace = observationSpace;
    this.actionSpace = actionSpace;
    this.rule = rule;
    this.states = finite("observations", observationSpace);
    this.choices = finite("actions", actionSpace);
    if ((long) states.size() * choices.size() != numbers.length) {
      throw new IllegalArgumentException(
          "a table of %d states and %d actions needs as many numbers as their product, had %d"
              .formatted(states.size(), choices.size(), numbers.length));
    }
    this.numbers = numbers.clone();
    this.intStart = new int[observationSpace.layout().ints()];
    this.intCount = new int[intStart.length];
    for (Leaf leaf : observationSpace.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        if (leaf.dtype() == DType.INT32) {
          intStart[leaf.offset() + i] = leaf.start(i);
          intCount[leaf.offset() + i] = leaf.count(i);
        }
      }
    }
    for (int state = 0; state < states.size(); state++) {
      check(state);
    }
  }

  private static ProductIndex finite(String what, Space space) {
    return ProductIndex.of(space)
        .orElseThrow(() ->
            new IllegalArgumentException(
                what + " must be finite (Discrete or a product of such), were " + space));
  }

  private void check(int state) {
    double sum = 0;
    for (int a = 0; a < choices.size(); a++) {
      double number = numbers[state * choices.size() + a];
      if (Double.isNaN(number) || (rule == Rule.PROBABILITIES && !(number >= 0 && number <= 1))) {
        throw new IllegalArgumentException(
            "%s of action %d in state %d must be %s, was %s"
                .formatted(
                    rule == Rule.PROBABILITIES ? "the probability" : "the number",
                    a,
                    state,
                    rule == Rule.PROBABILITIES ? "in [0, 1]" : "a number",
                    number));
      }
      sum += number;
    }
    if (rule == Rule.PROBABILITIES && Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "the probabilities of state %d must sum to 1, summed to %s".formatted(state, sum));
    }
  }

  @Override
  public Space observationSpace() {
    return observationSpace;
  }

  @Override
  public Space actionSpace() {
    return actionSpace;
  }

  /** What the numbers mean. */
  public Rule rule() {
    return rule;
  }

  /** How many states there are. */
  public int states() {
    return states.size();
  }

  /** How many actions there are. */
  public int actions() {
    return choices.size();
  }

  /** The number of an action in a state. */
  public double number(int state, int action) {
    return numbers[state * choices.size() + action];
  }

  /** All numbers, those of state 0 first: a copy. */
  public double[] numbers() {
    return numbers.clone();
  }

  @Override
  public String format() {
    return TableFormat.NAME;
  }

  @Override
  public void write(State state) {
    TableFormat.write(this, state);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "a table of %,d states and %,d actions, %s",
        states.size(),
        choices.size(),
        switch (rule) {
          case GREEDY_FIRST -> "the best action, the first of several";
          case GREEDY_RANDOM -> "the best action, any of several";
          case PROBABILITIES -> "each action with its probability";
        });
  }

  /** This itself: nothing of it changes. */
  @Override
  public TablePolicy snapshot() {
    return this;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new TableActor(this, rows, random);
  }

  /** The number of what a row shows. */
  private int state(Columns observations, int row) {
    for (int i = 0; i < intStart.length; i++) {
      int place = observations.ints()[row * intStart.length + i] - intStart[i];
      if (place < 0 || place >= intCount[i]) {
        throw outside(observations, row);
      }
    }
    int bits = observations.layout().bytes();
    for (int i = 0; i < bits; i++) {
      if ((observations.bytes()[row * bits + i] & ~1) != 0) {
        throw outside(observations, row);
      }
    }
    return states.of(observations, row);
  }

  private IllegalArgumentException outside(Columns observations, int row) {
    return new IllegalArgumentException(
        "observation must be in %s, was %s".formatted(observationSpace, observations.text(row)));
  }

  private static final class TableActor extends Actor.Memoryless {
    private final TablePolicy policy;
    private final double[] numbers;
    private final int count;

    TableActor(TablePolicy policy, int rows, RandomStreams random) {
      super(rows, random);
      this.policy = policy;
      this.numbers = policy.numbers;
      this.count = policy.choices.size();
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      if (observations.maskWidth() != 0 && !(policy.actionSpace instanceof Discrete)) {
        throw new IllegalArgumentException(
            "a table can be masked for Discrete actions alone, not for " + policy.actionSpace);
      }
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int from = policy.state(observations.values(), row) * count;
        int action =
            policy.rule == Rule.PROBABILITIES
                ? drawn(from, observations, row)
                : greedy(from, observations, row);
        if (policy.actionSpace instanceof Discrete discrete) {
          actions.values().ints()[row] = discrete.start() + action;
        } else {
          policy.choices.set(action, actions.values(), row);
        }
      }
    }

    private int greedy(int from, Observations observations, int row) {
      int best = -1;
      int ties = 0;
      for (int a = 0; a < count; a++) {
        if (observations.allows(row, a)) {
          if (best < 0 || numbers[from + a] > numbers[from + best]) {
            best = a;
            ties = 1;
          } else if (numbers[from + a] == numbers[from + best]) {
            ties++;
          }
        }
      }
      if (best < 0) {
        throw new IllegalStateException(
            "the mask of row " + row + " allows no action; it must allow at least one");
      }
      if (ties == 1 || policy.rule == Rule.GREEDY_FIRST) {
        return best;
      }
      double most = numbers[from + best];
      int skip = random.row(row).integers(ties);
      while (skip > 0) {
        best++;
        skip -= numbers[from + best] == most && observations.allows(row, best) ? 1 : 0;
      }
      return best;
    }

    private int drawn(int from, Observations observations, int row) {
      double allowed = 1;
      if (observations.maskWidth() != 0) {
        allowed = 0;
        for (int a = 0; a < count; a++) {
          allowed += observations.allows(row, a) ? numbers[from + a] : 0;
        }
        if (!(allowed > 0)) {
          throw new IllegalStateException(
              "the mask of row %d allows no action that this policy takes in state %d"
                  .formatted(row, from / count));
        }
      }
      RandomStream stream = random.row(row);
      double point = stream.random() * allowed;
      int action = -1;
      for (int a = 0; a < count && (action < 0 || point >= 0); a++) {
        if (numbers[from + a] > 0 && observations.allows(row, a)) {
          action = a;
          point -= numbers[from + a];
        }
      }
      return action;
    }
  }
}
