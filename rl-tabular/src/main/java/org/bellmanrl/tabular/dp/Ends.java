package org.bellmanrl.tabular.dp;

import java.util.Arrays;
import org.bellmanrl.api.model.FiniteModel;
import org.jspecify.annotations.Nullable;

/** Which states can reach an end of the episode, and refusals where that must be so and isn't. */
public final class Ends {
  private static final int NEVER = -1;

  private final FiniteModel model;
  private final int[] action;

  /**
   * Looks for ends.
   *
   * @param policy whose actions are taken; all actions if null
   */
  Ends(FiniteModel model, @Nullable PolicyTable policy) {
    this.model = model;
    this.action = new int[model.states()];
    Arrays.fill(action, NEVER);
    int[] queue = new int[model.states()];
    int found = 0;
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions() && action[s] == NEVER; a++) {
        if (taken(policy, s, a) && ends(s, a)) {
          action[s] = a;
          queue[found++] = s;
        }
      }
    }
    Predecessors before = new Predecessors(model);
    for (int head = 0; head < found; head++) {
      for (int i = before.from(queue[head]); i < before.to(queue[head]); i++) {
        int s = before.state(i);
        if (action[s] == NEVER && taken(policy, s, before.action(i))) {
          action[s] = before.action(i);
          queue[found++] = s;
        }
      }
    }
  }

  private static boolean taken(@Nullable PolicyTable policy, int state, int a) {
    return policy == null || policy.probability(state, a) > 0;
  }

  private boolean ends(int state, int a) {
    for (int i = model.from(state, a); i < model.to(state, a); i++) {
      if (model.terminated(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a state can reach an end. */
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
   * With γ = 1, refuses a model with states from which no end can be reached while rewards go on:
   * they have no finite value.
   *
   * @param method how the message calls who asks
   */
  public static void check(String method, FiniteModel model, double gamma) {
    check(method, model, null, gamma);
  }

  /**
   * With γ = 1, refuses states from which no end can be reached while rewards go on: they have no
   * finite value.
   */
  static void check(String method, FiniteModel model, @Nullable PolicyTable policy, double gamma) {
    if (gamma < 1) {
      return;
    }
    Ends ends = new Ends(model, policy);
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions() && !ends.reachable(s); a++) {
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          if (taken(policy, s, a) && model.reward(i) != 0) {
            throw new IllegalArgumentException(
                ("%s with gamma = 1 needs an end within reach, but from state %d %s,"
                        + " while action %d pays %s; use gamma < 1 or a model whose goal can be"
                        + " reached")
                    .formatted(
                        method,
                        s,
                        policy == null
                            ? "no action ever leads to one"
                            : "the policy never leads to one",
                        a,
                        model.reward(i)));
          }
        }
      }
    }
  }
}
