package org.bellmanrl.policy;

import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ActionScaling;
import org.bellmanrl.api.transform.GridCode;
import org.jspecify.annotations.Nullable;

/**
 * A policy with what stood between it and its task while it was learned: a grid over observations,
 * a scaling of actions, or both.
 *
 * <p>Any number of threads may use one, each with its own actor, which allocates nothing after its
 * first act.
 */
public final class WrappedPolicy implements WritablePolicy {
  private final WritablePolicy policy;
  private final @Nullable GridCode grid;
  private final @Nullable ActionScaling scaling;

  private WrappedPolicy(
      WritablePolicy policy, @Nullable GridCode grid, @Nullable ActionScaling scaling) {
    this.policy = policy;
    this.grid = grid;
    this.scaling = scaling;
    if (grid != null && !grid.space().equals(policy.observationSpace())) {
      throw new IllegalArgumentException(
          "the grid gives %s, but the policy takes %s"
              .formatted(grid.space(), policy.observationSpace()));
    }
    if (scaling != null && !scaling.takes().equals(policy.actionSpace())) {
      throw new IllegalArgumentException(
          "the scaling takes %s, but the policy gives %s"
              .formatted(scaling.takes(), policy.actionSpace()));
    }
  }

  /**
   * Creates a policy that sees observations through a grid.
   *
   * @throws IllegalArgumentException if the policy takes other observations than the grid gives, or
   *     sees through a grid already
   */
  public static WrappedPolicy behind(GridCode grid, WritablePolicy policy) {
    if (policy instanceof WrappedPolicy wrapped && wrapped.grid == null) {
      return new WrappedPolicy(wrapped.policy, grid, wrapped.scaling);
    }
    return new WrappedPolicy(unwrapped(policy), grid, null);
  }

  /**
   * Creates a policy whose actions are scaled.
   *
   * @throws IllegalArgumentException if the policy gives other actions than are scaled, or its
   *     actions are scaled already
   */
  public static WrappedPolicy scaled(WritablePolicy policy, ActionScaling scaling) {
    if (policy instanceof WrappedPolicy wrapped && wrapped.scaling == null) {
      return new WrappedPolicy(wrapped.policy, wrapped.grid, scaling);
    }
    return new WrappedPolicy(unwrapped(policy), null, scaling);
  }

  static WrappedPolicy of(
      WritablePolicy policy, @Nullable GridCode grid, @Nullable ActionScaling scaling) {
    return new WrappedPolicy(unwrapped(policy), grid, scaling);
  }

  private static WritablePolicy unwrapped(WritablePolicy policy) {
    if (policy instanceof WrappedPolicy) {
      throw new IllegalArgumentException("a policy can be wrapped once, was " + policy);
    }
    return policy;
  }

  /** Returns what decides, within the wrapping. */
  public WritablePolicy policy() {
    return policy;
  }

  /** Returns the grid over observations, if there is one. */
  public Optional<GridCode> grid() {
    return Optional.ofNullable(grid);
  }

  /** Returns the scaling of actions, if there is one. */
  public Optional<ActionScaling> scaling() {
    return Optional.ofNullable(scaling);
  }

  @Override
  public Space observationSpace() {
    return grid == null ? policy.observationSpace() : grid.takes();
  }

  @Override
  public Space actionSpace() {
    return scaling == null ? policy.actionSpace() : scaling.gives();
  }

  @Override
  public String format() {
    return WrappedFormat.NAME;
  }

  @Override
  public void write(State state) {
    WrappedFormat.write(this, state);
  }

  @Override
  public String description() {
    return policy.description()
        + (grid == null ? "" : ", behind a grid over observations")
        + (scaling == null ? "" : ", its actions scaled");
  }

  @Override
  public WrappedPolicy snapshot() {
    return new WrappedPolicy(policy.snapshot(), grid, scaling);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new WrappedActor(this, policy.actor(rows, random));
  }

  private static final class WrappedActor implements Actor {
    private final WrappedPolicy policy;
    private final Actor actor;
    private final @Nullable Actions unscaled;
    private @Nullable Observations seen;

    WrappedActor(WrappedPolicy policy, Actor actor) {
      this.policy = policy;
      this.actor = actor;
      this.unscaled =
          policy.scaling == null
              ? null
              : new Actions(policy.scaling.takes(), Dict.EMPTY, actor.rows());
    }

    @Override
    public int rows() {
      return actor.rows();
    }

    @Override
    public void begin(Rows rows) {
      actor.begin(rows);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      Observations shown =
          policy.grid == null ? observations : shown(policy.grid, rows, observations);
      if (policy.scaling == null || unscaled == null) {
        actor.act(rows, shown, actions);
      } else {
        actor.act(rows, shown, unscaled);
        policy.scaling.apply(rows, unscaled.values(), actions.values());
      }
    }

    private Observations shown(GridCode grid, Rows rows, Observations observations) {
      Observations through = seen;
      if (through == null) {
        // Only now it is known whether there is a mask.
        EnvironmentSpec spec =
            EnvironmentSpec.of("task", grid.space(), policy.policy.actionSpace());
        through =
            new Observations(observations.maskWidth() == 0 ? spec : spec.withMask(), actor.rows());
        seen = through;
      }
      Columns values = through.values();
      grid.next(rows, observations.values(), values);
      int width = observations.maskWidth();
      for (int i = 0; width > 0 && i < rows.count(); i++) {
        int from = rows.at(i) * width;
        System.arraycopy(observations.mask(), from, through.mask(), from, width);
      }
      return through;
    }

    @Override
    public void carry(State state, int row) {
      actor.carry(state, row);
    }
  }
}
