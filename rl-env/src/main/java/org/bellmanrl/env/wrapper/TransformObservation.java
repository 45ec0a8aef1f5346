package org.bellmanrl.env.wrapper;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;
import org.jspecify.annotations.Nullable;

/**
 * Shows what an {@link ObservationTransform} makes of the observations; the one wrapper behind all
 * that change observations only.
 *
 * <p>Takes what the transform was made for and gives its space; masks, rewards and ends stay as
 * they are. The true last observation of an episode goes through the transform like any other. What
 * is wrapped has the capability {@link ObservationTransform}: this transform and those inside of it
 * as one, from the innermost environment's observations to these. It is the one at work: look at
 * it, save it or take a {@linkplain ObservationTransform#frozen frozen} copy, but don't feed it.
 * Beside it stands the capability {@link ObservationTransform.Source}: what goes into these
 * transforms.
 *
 * <p>State saved: the transform's.
 */
public final class TransformObservation implements Wrapper {

  /** Makes the transform for a task. */
  @FunctionalInterface
  public interface Factory {

    /**
     * Makes a transform with nothing remembered.
     *
     * @param spec the task that is observed
     * @param rows number of rows, at least 1
     * @throws IllegalArgumentException if the transform can't take such observations
     */
    ObservationTransform create(EnvironmentSpec spec, int rows);
  }

  private final Factory factory;

  /** Shows what transforms of this making show. */
  public TransformObservation(Factory factory) {
    this.factory = factory;
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return wrap(this, inner, factory.create(inner.spec(), inner.rows()));
  }

  /** Puts a transform around, on behalf of a wrapper. */
  static VectorEnvironment wrap(
      Wrapper wrapper, VectorEnvironment inner, ObservationTransform transform) {
    return wrap(wrapper, inner, transform, null);
  }

  /**
   * The same, for transforms whose observations lie on a grid.
   *
   * @param grid draws them; null if they can't be drawn
   */
  static VectorEnvironment wrap(
      Wrapper wrapper,
      VectorEnvironment inner,
      ObservationTransform transform,
      @Nullable GridView grid) {
    return new Transformed(wrapper, inner, transform, grid);
  }

  private static final class Transformed extends WrappedEnvironments {
    private final ObservationTransform transform;
    private final @Nullable GridView grid;

    Transformed(
        Wrapper wrapper,
        VectorEnvironment inner,
        ObservationTransform transform,
        @Nullable GridView grid) {
      super(
          wrapper,
          inner,
          inner.spec().withSpaces(transform.space(), inner.spec().actionSpace()),
          Change.OBSERVATIONS);
      this.transform = transform;
      this.grid = grid;
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      Observations seen = resetInside(rows, random);
      transform.begin(rows, seen.values(), observations.values());
      copyMasks(rows, seen, observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      Outcomes inside = stepInside(rows, actions, random);
      Observations seen = inside.observations();
      transform.next(rows, seen.values(), outcomes.observations().values());
      copyMasks(rows, seen, outcomes.observations());
      copyResults(rows, inside, outcomes);
    }

    @Override
    public <T> Optional<T> capability(int row, Class<T> asked) {
      if (asked == GridView.class && grid != null) {
        return Optional.of(asked.cast(grid));
      }
      if (asked == ObservationTransform.Source.class) {
        Optional<T> within = inner().capability(row, asked);
        return within.isPresent()
            ? within
            : Optional.of(
                asked.cast(new ObservationTransform.Source(inner().spec(), observationsInside())));
      }
      if (asked != ObservationTransform.class) {
        return asked == TimeLimit.Kept.class && asked.isInstance(transform)
            ? Optional.of(asked.cast(transform))
            : super.capability(row, asked);
      }
      ObservationTransform all =
          inner()
              .capability(row, ObservationTransform.class)
              .<ObservationTransform>map(first -> new ChainedTransform(first, transform, rows()))
              .orElse(transform);
      return Optional.of(asked.cast(all));
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return new Transformed(wrapper(), within, transform.frozen(within.rows()), grid);
    }

    @Override
    public void carry(State state, int row) {
      transform.carry(state, row);
      super.carry(state, row);
    }

    @Override
    public void carryShared(State state) {
      transform.carryShared(state);
      super.carryShared(state);
    }

    @Override
    public Sharing sharing() {
      return transform.sharing().and(inner().sharing());
    }

    @Override
    public void mergeRows() {
      transform.mergeRows();
      super.mergeRows();
    }
  }
}
