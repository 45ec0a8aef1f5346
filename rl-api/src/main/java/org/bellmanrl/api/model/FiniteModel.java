package org.bellmanrl.api.model;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;

/**
 * A finite Markov decision process, p(s', r | s, a) (Sutton &amp; Barto, 2nd ed., 2018, section
 * 3.1).
 *
 * <p>The outcomes of action {@code a} in state {@code s} are numbered {@code from(s, a)} (included)
 * to {@code to(s, a)} (not included), in the order in which they were added; outcomes that lead to
 * the same state are kept apart. Immutable and safe for threads.
 */
public final class FiniteModel {
  /** How far the probabilities of one action may be from 1 together. */
  public static final double TOLERANCE = 1e-9;

  private final int states;
  private final int actions;
  private final int[] first;
  private final double[] probability;
  private final int[] next;
  private final double[] reward;
  private final boolean[] terminated;
  private final double[] initial;

  private FiniteModel(Builder builder, int[] first, int[] order) {
    this.states = builder.states;
    this.actions = builder.actions;
    this.first = first;
    this.probability = new double[order.length];
    this.next = new int[order.length];
    this.reward = new double[order.length];
    this.terminated = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      probability[i] = builder.probability[order[i]];
      next[i] = builder.next[order[i]];
      reward[i] = builder.reward[order[i]];
      terminated[i] = builder.terminated[order[i]];
    }
    this.initial = builder.initial.clone();
  }

  /** Starts a model of {@code states} states and {@code actions} actions, at least 1 each. */
  public static Builder builder(int states, int actions) {
    return new Builder(states, actions);
  }

  /** Number of states. */
  public int states() {
    return states;
  }

  /** Number of actions, the same in every state. */
  public int actions() {
    return actions;
  }

  /** Number of all outcomes. */
  public int outcomes() {
    return next.length;
  }

  /** The first outcome of an action in a state. */
  public int from(int state, int action) {
    return first[state * actions + action];
  }

  /** One past the last outcome of an action in a state. */
  public int to(int state, int action) {
    return first[state * actions + action + 1];
  }

  /** Probability of an outcome, in (0, 1]. */
  public double probability(int outcome) {
    return probability[outcome];
  }

  /** The state that an outcome leads to. */
  public int next(int outcome) {
    return next[outcome];
  }

  /** The reward of an outcome. */
  public double reward(int outcome) {
    return reward[outcome];
  }

  /** Returns whether an outcome ends the episode. */
  public boolean terminated(int outcome) {
    return terminated[outcome];
  }

  /** Probability that an episode begins in a state. */
  public double initial(int state) {
    return initial[state];
  }

  /** Collects a model's outcomes. */
  public static final class Builder {
    /** Of an action in a state, which has an outcome at least. */
    private static final double LEAST_BYTES = 37;

    private final int states;
    private final int actions;
    private int count;
    private int[] pair = new int[64];
    private double[] probability = new double[64];
    private int[] next = new int[64];
    private double[] reward = new double[64];
    private boolean[] terminated = new boolean[64];
    private final double[] initial;

    private Builder(int states, int actions) {
      if (states < 1 || actions < 1) {
        throw new IllegalArgumentException(
            "a model needs at least 1 state and 1 action, had %d and %d"
                .formatted(states, actions));
      }
      if ((long) states * actions >= Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "a model has less than 2147483639 pairs of a state and an action, had %d times %d"
                .formatted(states, actions));
      }
      Require.memory(
          "a model of %d states and %d actions".formatted(states, actions),
          8.0 * states + LEAST_BYTES * states * actions);
      this.states = states;
      this.actions = actions;
      this.initial = new double[states];
    }

    /** Sets the probability that an episode begins in a state. */
    public Builder initial(int state, double chance) {
      check("state", state, states);
      initial[state] = chance;
      return this;
    }

    /** Adds an outcome of an action in a state; outcomes of probability 0 are left out. */
    public Builder add(
        int state, int action, double chance, int nextState, double pay, boolean terminates) {
      check("state", state, states);
      check("action", action, actions);
      check("next state", nextState, states);
      if (!(chance >= 0 && chance <= 1 + TOLERANCE)) {
        throw new IllegalArgumentException(
            "probability of state %d, action %d must be in [0, 1], was %s"
                .formatted(state, action, chance));
      }
      if (!Double.isFinite(pay)) {
        throw new IllegalArgumentException(
            "reward of state %d, action %d must be finite, was %s".formatted(state, action, pay));
      }
      if (chance == 0) {
        return this;
      }
      if (count == pair.length) {
        int more = 2 * count;
        pair = Arrays.copyOf(pair, more);
        probability = Arrays.copyOf(probability, more);
        next = Arrays.copyOf(next, more);
        reward = Arrays.copyOf(reward, more);
        terminated = Arrays.copyOf(terminated, more);
      }
      pair[count] = state * actions + action;
      probability[count] = chance;
      next[count] = nextState;
      reward[count] = pay;
      terminated[count] = terminates;
      count++;
      return this;
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException if some action's probabilities, or the initial ones, don't
     *     sum to 1
     */
    public FiniteModel build() {
      int[] first = new int[states * actions + 1];
      double[] sum = new double[states * actions];
      for (int i = 0; i < count; i++) {
        first[pair[i] + 1]++;
        sum[pair[i]] += probability[i];
      }
      for (int i = 0; i < sum.length; i++) {
        if (Math.abs(sum[i] - 1) > TOLERANCE) {
          throw new IllegalArgumentException(
              "probabilities of state %d, action %d must sum to 1, summed to %s"
                  .formatted(i / actions, i % actions, sum[i]));
        }
        first[i + 1] += first[i];
      }
      double start = 0;
      for (double chance : initial) {
        start += chance;
      }
      if (Math.abs(start - 1) > TOLERANCE) {
        throw new IllegalArgumentException(
            "initial probabilities must sum to 1, summed to " + start);
      }
      int[] order = new int[count];
      int[] fill = first.clone();
      for (int i = 0; i < count; i++) {
        order[fill[pair[i]]++] = i;
      }
      return new FiniteModel(this, first, order);
    }

    private static void check(String what, int value, int bound) {
      if (value < 0 || value >= bound) {
        throw new IllegalArgumentException(what + " must be in [0, " + bound + "), was " + value);
      }
    }
  }
}
