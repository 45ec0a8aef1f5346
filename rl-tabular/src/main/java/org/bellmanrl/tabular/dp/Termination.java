package org.bellmanrl.tabular.dp;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.bellmanrl.api.model.FiniteModel;

/**
 * The states of a model from which the end of an episode can be reached, and the refusal of models
 * that have no finite values.
 */
public final class Termination {
  private static final int NEVER = -1;

  private final int[] action;

  /** The actions that may be taken in a state. */
  interface Choices {
    /** Every action. */
    Choices ALL = (state, action) -> true;

    boolean contain(int state, int action);
  }

  /** Searches backwards from the outcomes that end an episode. */
  Termination(FiniteModel model, Choices choices) {
    this(model, choices, state -> false);
  }

  /**
   * Searches backwards from the outcomes that end an episode and from some states.
   *
   * @param ending the states from which an end is known to be reachable
   */
  private Termination(FiniteModel model, Choices choices, IntPredicate ending) {
    this.action = new int[model.states()];
    Arrays.fill(action, NEVER);
    int[] queue = new int[model.states()];
    int found = 0;
    for (int s = 0; s < model.states(); s++) {
      if (ending.test(s)) {
        action[s] = 0;
      }
      for (int a = 0; a < model.actions() && action[s] == NEVER; a++) {
        if (choices.contain(s, a) && mayEnd(model, s, a)) {
          action[s] = a;
        }
      }
      if (action[s] != NEVER) {
        queue[found++] = s;
      }
    }
    Predecessors before = new Predecessors(model);
    for (int head = 0; head < found; head++) {
      for (int i = before.from(queue[head]); i < before.to(queue[head]); i++) {
        int s = before.state(i);
        if (action[s] == NEVER && choices.contain(s, before.action(i))) {
          action[s] = before.action(i);
          queue[found++] = s;
        }
      }
    }
  }

  private static boolean mayEnd(FiniteModel model, int state, int action) {
    for (int i = model.from(state, action); i < model.to(state, action); i++) {
      if (model.terminated(i)) {
        return true;
      }
    }
    return false;
  }

  /** The actions that a policy may take. */
  static Choices of(PolicyTable policy) {
    return (state, action) -> policy.probability(state, action) > 0;
  }

  /** Whether an end can be reached from a state. */
  boolean reachable(int state) {
    return action[state] != NEVER;
  }

  /** An action per state that may lead one step closer to an end; 0 where there is none. */
  int[] towards() {
    int[] towards = new int[action.length];
    Arrays.setAll(towards, s -> Math.max(0, action[s]));
    return towards;
  }

  /**
   * Changes a policy so that it reaches an end wherever the choices allow that; where it does
   * already, nothing is changed.
   *
   * @param policy the action of each state, one of its choices
   */
  static void lead(FiniteModel model, Choices choices, int[] policy) {
    Termination now = new Termination(model, (state, action) -> policy[state] == action);
    Termination then = new Termination(model, choices, now::reachable);
    for (int s = 0; s < policy.length; s++) {
      if (!now.reachable(s) && then.reachable(s)) {
        policy[s] = then.action[s];
      }
    }
  }

  /**
   * With γ = 1, refuses a model whose optimal values are not finite: one with states from which no
   * end can be reached while rewards go on, or in which a policy that never ends an episode is paid
   * for ever.
   *
   * @param method how the message calls the method that needs the values
   * @throws IllegalArgumentException if the values are not finite
   */
  public static void check(String method, FiniteModel model, double gamma) {
    checkReachable(method, model, Choices.ALL, "no action ever leads to one", gamma);
    if (gamma == 1) {
      int state = EndlessReward.find(model);
      if (state != EndlessReward.NONE) {
        throw new IllegalArgumentException(
            ("%s with gamma = 1 needs optimal values that are finite, but from state %d on a policy"
                    + " that never ends the episode is paid for ever; use gamma < 1")
                .formatted(method, state));
      }
    }
  }

  /**
   * With γ = 1, refuses states from which no end can be reached while rewards go on: they have no
   * finite value.
   *
   * @param never what the message says of the choices in such a state
   */
  static void checkReachable(
      String method, FiniteModel model, Choices choices, String never, double gamma) {
    if (gamma < 1) {
      return;
    }
    Termination ends = new Termination(model, choices);
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions() && !ends.reachable(s); a++) {
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          if (choices.contain(s, a) && model.reward(i) != 0) {
            throw new IllegalArgumentException(
                ("%s with gamma = 1 needs an end within reach, but from state %d %s,"
                        + " while action %d pays %s; use gamma < 1 or a model whose goal can be"
                        + " reached")
                    .formatted(method, s, never, a, model.reward(i)));
          }
        }
      }
    }
  }
}
