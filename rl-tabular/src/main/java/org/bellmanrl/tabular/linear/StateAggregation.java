package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * State aggregation: one feature per group of neighbouring observations, 1 for the group that the
 * observation is in. With as many groups as states it is a table.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.3. The states of a finite space are
 * grouped by their number, in groups as equal as can be; a bounded vector is cut into so many
 * intervals per element. Immutable.
 */
public final class StateAggregation implements FeatureMap {
  private final ScaledInputs inputs;
  private final int groups;
  private final int size;

  /**
   * Groups of observations.
   *
   * @param space a finite space or a bounded vector
   * @param groups groups of states, or intervals per element of a vector; at least 1, and no more
   *     than states
   */
  public StateAggregation(Space space, int groups) {
    this.inputs = ScaledInputs.of(space);
    int states = inputs.states();
    if (groups < 1 || (states > 0 && groups > states)) {
      throw new IllegalArgumentException(
          "groups must be in [1, %s], was %d"
              .formatted(states > 0 ? states : "as many as fit", groups));
    }
    this.groups = groups;
    this.size = states > 0 ? groups : inputs.power(groups, "state aggregation");
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int active() {
    return 1;
  }

  @Override
  public int index(Columns observations, int row, int k) {
    if (inputs.states() > 0) {
      return (int) ((long) inputs.state(observations, row) * groups / inputs.states());
    }
    int index = 0;
    for (int i = 0; i < inputs.count(); i++) {
      int interval = (int) (inputs.get(observations, row, i) * groups);
      index = index * groups + Math.min(interval, groups - 1);
    }
    return index;
  }

  /** Always 1. */
  @Override
  public double value(Columns observations, int row, int k) {
    return 1;
  }
}
