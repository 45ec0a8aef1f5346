package org.bellmanrl.policy;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.transform.ActionScaling;
import org.bellmanrl.api.transform.GridCode;
import org.jspecify.annotations.Nullable;

/** How a {@link WrappedPolicy} stands in a file. */
final class WrappedFormat implements PolicyFormat {
  static final String NAME = "wrapped";

  private static final String SECTION = "wrapping";
  private static final int VERSION = 1;
  private static final int MOST_GRIDS = 1 << 16;

  @Override
  public String name() {
    return NAME;
  }

  static void write(WrappedPolicy policy, State state) {
    state.begin(SECTION, VERSION);
    state.carry("grid", policy.grid().isPresent());
    policy
        .grid()
        .ifPresent(grid -> {
          state.carry("tiled", grid.tiled());
          state.carry("grids", grid.grids());
          state.carry("apart", grid.apart());
          state.carry("parts", grid.divisions());
          state.carry("low", grid.low());
          state.carry("high", grid.high());
        });
    state.carry("scaled", policy.scaling().isPresent());
    policy
        .scaling()
        .ifPresent(scaling -> {
          state.carry("least", scaling.takes().low(0));
          state.carry("most", scaling.takes().high(0));
          state.carry("low", scaling.low());
          state.carry("high", scaling.high());
        });
    state.end();
    state.carry("kind", policy.policy().format());
    policy.policy().write(state);
  }

  @Override
  public WritablePolicy read(Space observationSpace, Space actionSpace, State state) {
    state.begin(SECTION, VERSION);
    @Nullable GridCode grid =
        state.carry("grid", false) ? grid(box(observationSpace), state) : null;
    @Nullable ActionScaling scaling =
        state.carry("scaled", false) ? scaling(box(actionSpace), state) : null;
    state.end();
    String kind = state.carry("kind", "");
    if (kind.equals(NAME)) {
      throw new StateException("a policy can be wrapped once");
    }
    WritablePolicy policy =
        PolicyState.format(kind)
            .read(
                grid == null ? observationSpace : grid.space(),
                scaling == null ? actionSpace : scaling.takes(),
                state);
    return WrappedPolicy.of(policy, grid, scaling);
  }

  private static Box box(Space space) {
    if (space instanceof Box box) {
      return box;
    }
    throw new StateException("grids and scalings are for a Box of real numbers, not for " + space);
  }

  private static GridCode grid(Box takes, State state) {
    boolean tiled = state.carry("tiled", false);
    int grids = state.carryWithin("grids", 1, 1, MOST_GRIDS);
    boolean apart = state.carry("apart", false);
    int[] parts = new int[takes.size()];
    double[] low = new double[parts.length];
    double[] high = new double[parts.length];
    state.carry("parts", parts);
    state.carry("low", low);
    state.carry("high", high);
    return tiled
        ? GridCode.tilings(takes, grids, parts, low, high)
        : GridCode.bins(takes, parts, low, high, apart);
  }

  private static ActionScaling scaling(Box gives, State state) {
    float least = state.carry("least", 0f);
    float most = state.carry("most", 0f);
    float[] low = new float[gives.size()];
    float[] high = new float[low.length];
    state.carry("low", low);
    state.carry("high", high);
    return new ActionScaling(least, most, gives, low, high);
  }
}
