package org.bellmanrl.api;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Base class for wrapped environments; forwards everything to the inner environments.
 *
 * <p>A subclass overrides {@link #reset} and {@link #step}. If its observation space, its mask or
 * its diagnostics differ from those of the inner environments, the columns that it is given do not
 * fit them; it then calls {@link #resetInside} and {@link #stepInside}, which write to columns of
 * the inner environments' shape. Neither allocates once warm.
 *
 * <p>A subclass that remembers something overrides {@link #carry(State, int)} for what it remembers
 * of a row, and {@link #carryShared} for what the rows have in common. Each opens a section,
 * carries its values, closes the section and then calls {@code super}:
 *
 * <pre>{@code
 * public void carry(State state, int row) {
 *   state.begin("step-counter", 1);
 *   steps[row] = state.carry("steps", steps[row]);
 *   state.end();
 *   super.carry(state, row);
 * }
 * }</pre>
 *
 * <p>A subclass that changes rewards so that learners learn better calls {@link
 * Outcomes#changeReward}, and returns {@code within} from {@link #forEvaluation}: episodes are
 * reported, and policies judged, by what the task paid.
 *
 * <p>What all rows add to at every step keeps them from being stepped apart. A subclass that can
 * wait with that until {@link #mergeRows} overrides {@link #sharing} and {@link #mergeRows} too.
 *
 * <p>Capabilities of the inner environments show through, except for those that {@link Change} says
 * are no longer true. Not thread-safe.
 */
public abstract class WrappedEnvironments implements VectorEnvironment, Wrapper.ForEvaluation {

  /** What a wrapper changes, and so which capabilities of the inner environments no longer hold. */
  public enum Change {
    /** Nothing: every capability shows through. */
    NOTHING,
    /** Rewards, or what actions do: an exact model and goals no longer hold. */
    DYNAMICS,
    /** Observations too: they are no longer the states that a model or a grid numbers. */
    OBSERVATIONS
  }

  private final Wrapper wrapper;
  private final VectorEnvironment inner;
  private final EnvironmentSpec spec;
  private final Change change;
  private @Nullable Outcomes inside;

  /**
   * Wraps environments.
   *
   * @param wrapper the wrapper that creates this; applied again for evaluation
   * @param inner the environments to wrap; closed with this
   * @param spec the spec of the wrapped environments
   * @param change what the wrapper changes
   */
  protected WrappedEnvironments(
      Wrapper wrapper, VectorEnvironment inner, EnvironmentSpec spec, Change change) {
    this.wrapper = wrapper;
    this.inner = inner;
    this.spec = spec;
    this.change = change;
  }

  /** Returns the wrapper that created this. */
  protected final Wrapper wrapper() {
    return wrapper;
  }

  /** Returns the inner environments. */
  protected final VectorEnvironment inner() {
    return inner;
  }

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public final int rows() {
    return inner.rows();
  }

  @Override
  public void reset(Rows rows, RandomStreams random, Observations observations) {
    inner.reset(rows, random, observations);
  }

  @Override
  public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
    inner.step(rows, actions, random, outcomes);
  }

  /**
   * Resets the inner environments into columns of their shape.
   *
   * @return the first observations, valid until the next call
   */
  protected final Observations resetInside(Rows rows, RandomStreams random) {
    Observations observations = inside().observations();
    inner.reset(rows, random, observations);
    return observations;
  }

  /**
   * Steps the inner environments into columns of their shape.
   *
   * @return the outcomes, valid until the next call
   */
  protected final Outcomes stepInside(Rows rows, Columns actions, RandomStreams random) {
    Outcomes outcomes = inside();
    outcomes.clear(rows);
    inner.step(rows, actions, random, outcomes);
    return outcomes;
  }

  /**
   * Steps the inner environments into columns of their shape, but for the observations, which are
   * written to {@code observations}.
   *
   * @param observations observations of the inner environments' shape
   * @return the outcomes, valid until the next call
   */
  protected final Outcomes stepInside(
      Rows rows, Columns actions, RandomStreams random, Observations observations) {
    Outcomes outcomes = inside();
    Observations own = outcomes.exchange(observations);
    try {
      outcomes.clear(rows);
      inner.step(rows, actions, random, outcomes);
    } finally {
      outcomes.exchange(own);
    }
    return outcomes;
  }

  /** The observations that {@link #resetInside} and {@link #stepInside} write to. */
  protected final Observations observationsInside() {
    return inside().observations();
  }

  private Outcomes inside() {
    Outcomes outcomes = inside;
    if (outcomes == null) {
      outcomes = new Outcomes(inner.spec(), inner.rows());
      inside = outcomes;
    }
    return outcomes;
  }

  /** Copies the listed rows without their observations, see {@link Outcomes#copyResults}. */
  protected static void copyResults(Rows rows, Outcomes from, Outcomes to) {
    for (int i = 0; i < rows.count(); i++) {
      to.copyResults(from, rows.at(i), rows.at(i));
    }
  }

  /** Copies the masks of the listed rows between observations whose masks have one width. */
  protected static void copyMasks(Rows rows, Observations from, Observations to) {
    int width = from.maskWidth();
    if (width == 0) {
      return;
    }
    for (int i = 0; i < rows.count(); i++) {
      int at = rows.at(i) * width;
      System.arraycopy(from.mask(), at, to.mask(), at, width);
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> asked) {
    if (asked.isInstance(this)) {
      return Optional.of(asked.cast(this));
    }
    boolean untrue =
        switch (change) {
          case NOTHING -> false;
          case DYNAMICS -> asked == Modelled.class || asked == GoalReward.class;
          case OBSERVATIONS ->
              asked == Modelled.class || asked == GoalReward.class || asked == GridView.class;
        };
    return untrue ? Optional.empty() : inner.capability(row, asked);
  }

  @Override
  public final VectorEnvironment around(VectorEnvironment bare) {
    return forEvaluation(
        inner
            .capability(0, Wrapper.ForEvaluation.class)
            .map(wrapping -> wrapping.around(bare))
            .orElse(bare));
  }

  /**
   * Applies this wrapper to other environments, for evaluation; by default as it was applied at
   * first. A wrapper that learns statistics applies a frozen copy of them; a wrapper that changes
   * rewards returns {@code within} as it is.
   */
  protected VectorEnvironment forEvaluation(VectorEnvironment within) {
    return wrapper.wrap(within);
  }

  @Override
  public void carry(State state, int row) {
    inner.carry(state, row);
  }

  @Override
  public void carryShared(State state) {
    inner.carryShared(state);
  }

  @Override
  public Sharing sharing() {
    byte[] shared = BinaryState.toBytes(this::carryShared);
    return Arrays.equals(shared, BinaryState.toBytes(inner::carryShared))
        ? inner.sharing()
        : Sharing.BY_STEPPING;
  }

  @Override
  public void mergeRows() {
    inner.mergeRows();
  }

  @Override
  public void close() {
    inner.close();
  }
}
