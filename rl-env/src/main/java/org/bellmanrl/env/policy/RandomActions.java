package org.bellmanrl.env.policy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ScriptedPolicy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/**
 * Takes any action of the space, each element as likely as its space samples it; where there is a
 * mask, any allowed one with the same probability.
 *
 * <p>Draws per row, without a mask what {@link Space#sample} draws, with one an {@code
 * integers(allowed choices)} per element.
 */
public final class RandomActions extends ScriptedPolicy {
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
    switch (space) {
      case Discrete discrete ->
          actions.ints()[row] = discrete.start() + draw(observations, row, 0, discrete.n(), random);
      case MultiDiscrete multi -> {
        int from = 0;
        for (int i = 0; i < multi.size(); i++) {
          actions.ints()[row * multi.size() + i] =
              draw(observations, row, from, multi.n(i), random);
          from += multi.n(i);
        }
      }
      case MultiBinary binary -> {
        for (int i = 0; i < binary.n(); i++) {
          actions.bytes()[row * binary.n() + i] = (byte) draw(observations, row, 2 * i, 2, random);
        }
      }
      default -> throw new IllegalStateException("a mask of " + space + " cannot be");
    }
  }

  /** Draws one of the allowed among {@code count} choices that begin at a place of the mask. */
  private static int draw(
      Observations observations, int row, int from, int count, RandomStream random) {
    int allowed = 0;
    for (int choice = 0; choice < count; choice++) {
      allowed += observations.allows(row, from + choice) ? 1 : 0;
    }
    int skip = random.integers(allowed);
    for (int choice = 0; choice < count; choice++) {
      if (observations.allows(row, from + choice) && skip-- == 0) {
        return choice;
      }
    }
    throw new IllegalArgumentException("the mask allows none of the choices of an element");
  }
}
