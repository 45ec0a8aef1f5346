package org.bellmanrl.env.policy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * Takes any action of the space, each element as likely as its space samples it; where there is a
 * mask, any allowed one with the same probability.
 *
 * <p>Draws per row, without a mask what {@link Space#sample} draws, with one an {@code
 * integers(allowed choices)} per element.
 */
public final class RandomActions extends Policy.Scripted {
  private final Space space;
  private final boolean masked;

  /** Makes the policy for a task. */
  public RandomActions(EnvironmentSpec spec) {
    this.space = spec.actionSpace();
    this.masked = spec.masked();
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    if (!masked) {
      space.sample(random, actions, row);
      return;
    }
    space.sample(random, observations.mask(), row * observations.maskWidth(), actions, row);
  }
}
