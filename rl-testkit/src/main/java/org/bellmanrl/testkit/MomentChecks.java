package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;

/** Checks what a single moment of a trace shows beside its observation. */
final class MomentChecks {
  private MomentChecks() {}

  /** Requires a finite reward, and a discount in [0, 1] that is 0 at a terminal state. */
  static void reward(Trace trace, int index) {
    Moment moment = trace.moments().get(index);
    if (!Double.isFinite(moment.reward)) {
      throw trace
          .failure(index, "a reward is a finite number", "reward")
          .expected("a finite number")
          .actual(moment.reward)
          .error();
    }
    boolean discounted =
        moment.terminated ? moment.discount == 0 : moment.discount >= 0 && moment.discount <= 1;
    if (!discounted) {
      throw trace
          .failure(index, "a discount lies in [0, 1] and is 0 when terminated", "discount")
          .expected(moment.terminated ? "0.0, for terminated is set" : "in [0, 1]")
          .actual(moment.discount)
          .error();
    }
  }

  /** Requires a mask that allows at least one choice of each element of the action. */
  static void mask(Trace trace, int index) {
    boolean[] mask = trace.moments().get(index).mask;
    int from = 0;
    for (int width : maskParts(trace.spec())) {
      boolean any = false;
      for (int a = from; a < from + width; a++) {
        any |= mask[a];
      }
      if (!any) {
        throw trace
            .failure(index, "a mask allows at least one action", "mask")
            .expected("true somewhere in [%d, %d)".formatted(from, from + width))
            .actual(Arrays.toString(mask))
            .error();
      }
      from += width;
    }
  }

  /** Returns how many choices each element of an action has; empty without a mask. */
  static int[] maskParts(EnvironmentSpec spec) {
    if (spec.maskWidth() == 0) {
      return new int[0];
    }
    if (spec.actionSpace() instanceof Discrete discrete) {
      return new int[] {discrete.n()};
    }
    if (spec.actionSpace() instanceof MultiDiscrete multi) {
      int[] parts = new int[multi.size()];
      Arrays.setAll(parts, multi::n);
      return parts;
    }
    int[] parts = new int[spec.maskWidth() / 2];
    Arrays.fill(parts, 2);
    return parts;
  }
}
