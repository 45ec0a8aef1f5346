package org.bellmanrl.lab.internal.cli;

import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/** A policy that notes whether its actions ever leave [−1, 1], though the task's go further. */
final class ActionRange implements Policy {
  private final Policy policy;
  private final EnvironmentSpec spec;
  private boolean left;

  ActionRange(Policy policy, EnvironmentSpec spec) {
    this.policy = policy;
    this.spec = spec;
  }

  /** What to try if the actions look as if they were scaled; empty if they don't. */
  Optional<String> hint() {
    return !left && spec.actionSpace() instanceof Box box && wider(box)
        ? Optional.of(
            "all actions were in [-1, 1], and those of %s are in %s; if the model was trained on actions scaled to [-1, 1], as those of Stable-Baselines3's SAC and TD3 are, add --wrap rescale-action"
                .formatted(spec.name(), box))
        : Optional.empty();
  }

  private static boolean wider(Box box) {
    for (int i = 0; i < box.size(); i++) {
      if (box.low(i) < -1 || box.high(i) > 1) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    Actor actor = policy.actor(rows, random);
    return new Actor() {
      @Override
      public void act(Rows acting, Observations observations, Actions actions) {
        actor.act(acting, observations, actions);
        for (float value : actions.values().floats()) {
          left |= Math.abs(value) > 1;
        }
      }

      @Override
      public void begin(Rows beginning) {
        actor.begin(beginning);
      }

      @Override
      public int rows() {
        return actor.rows();
      }

      @Override
      public void carry(State state, int row) {
        actor.carry(state, row);
      }
    };
  }

  @Override
  public Policy snapshot() {
    return this;
  }
}
