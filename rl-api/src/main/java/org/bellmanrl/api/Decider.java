package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;

/**
 * A policy for programs that have one observation and want one action.
 *
 * <pre>{@code
 * Decider decider = policy.decider(spec);
 * decider.observation().set(0, cartPosition); // and so on
 * int push = decider.decide().discrete();
 * }</pre>
 *
 * <p>Deciding allocates nothing. Not thread-safe: each thread makes its own; to decide for many
 * rows at once, use {@link Policy#actor}.
 */
public final class Decider {
  private final EnvironmentSpec spec;
  private final Actor actor;
  private final Rows row = Rows.all(1);
  private final Observations observations;
  private final Observation observation;
  private final Actions actions;
  private final Action action;

  Decider(Policy policy, EnvironmentSpec spec, long seed) {
    this.spec = spec;
    this.actor = policy.actor(1, RandomStreams.ofSeeds(seed));
    this.observations = new Observations(spec, 1);
    this.observation = new Observation(observations);
    this.actions = new Actions(spec.actionSpace(), policy.extras(), 1);
    this.action = new Action(actions.values());
    actor.begin(row);
  }

  /** Where the next observation is written, with its mask if the task has one. */
  public Observation observation() {
    return observation;
  }

  /** Tells the policy that an episode begins, so that it forgets the one before. */
  public void begin() {
    actor.begin(row);
  }

  /**
   * Chooses an action for the observation that was written.
   *
   * @return the action; valid until the next call
   * @throws IllegalArgumentException if the observation is not in its space, or the mask allows no
   *     action
   */
  public Action decide() {
    if (!spec.observationSpace().contains(observations.values(), 0)) {
      throw new IllegalArgumentException(
          "observation must be in %s, was %s"
              .formatted(spec.observationSpace(), observations.values().text(0)));
    }
    if (!observations.allowsAny(0)) {
      throw new IllegalArgumentException(
          "the mask of %s allows no action; write it with observation().allow(action, true)"
              .formatted(spec.name()));
    }
    actor.act(row, observations, actions);
    return action;
  }
}
