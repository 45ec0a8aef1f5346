package org.bellmanrl.testkit;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Wrapper} keeps to: what it makes keeps all that an environment does, and it is
 * a description that can be used any number of times.
 *
 * <pre>{@code
 * class ClipRewardContractTest extends WrapperContract {
 *   @Override
 *   protected Wrapper wrapper() {
 *     return new ClipReward(-1, 1);
 *   }
 *
 *   @Override
 *   protected VectorEnvironment inner(int rows) {
 *     return RandomTask.rows(rows, Box.of(-1, 1, 4), new Discrete(3));
 *   }
 * }
 * }</pre>
 *
 * <p>See {@link TaskContract} for what can be tuned.
 */
public abstract non-sealed class WrapperContract extends TaskContract {

  /** The wrapper. */
  protected abstract Wrapper wrapper();

  /** New environments that the wrapper takes. */
  protected abstract VectorEnvironment inner(int rows);

  /** New environments that the wrapper must refuse; none by default. */
  protected List<VectorEnvironment> refused() {
    return List.of();
  }

  /** Whether a row's course doesn't depend on the others; running statistics tie rows together. */
  protected boolean rowsIndependent() {
    return true;
  }

  /** How many rows are played. */
  protected int rows() {
    return 3;
  }

  @Override
  final VectorEnvironment make(int rows) {
    return wrapper().wrap(inner(rows));
  }

  @Override
  final int playedRows() {
    return rows();
  }

  @Override
  final Optional<String> immovable() {
    return rowsIndependent() ? Optional.empty() : Optional.of("rows are tied together");
  }

  /** One wrapper wraps any number of times, and what it makes shares nothing. */
  @Test
  public void oneWrapper_wrapsManyTimes() {
    Wrapper wrapper = wrapper();
    long seed = seeds()[0];
    Player alone = play(seed);
    try (VectorEnvironment one = wrapper.wrap(inner(rows()));
        VectorEnvironment two = wrapper.wrap(inner(rows()))) {
      Player left = new Player(one, rowSeeds(seed), chooser());
      Player right = new Player(two, rowSeeds(seed), chooser());
      for (int i = 0; i < steps(); i++) {
        left.play(1);
        right.play(1);
      }
      mustEqual(alone, left, "what one wrapper makes shares nothing");
      mustEqual(alone, right, "what one wrapper makes shares nothing");
    }
  }

  /** Closing what is wrapped closes what is inside. */
  @Test
  public void close_closesTheInside() {
    RecordingEnvironments inside = new RecordingEnvironments(inner(rows()));
    String name = inside.spec().name();
    wrapper().wrap(inside).close();
    Checks.equal(name, "close reaches the wrapped environment", true, inside.closed());
  }

  /** The wrapped environment gets actions from its own space, each listed row once per call. */
  @Test
  public void inside_getsItsOwnActions() {
    try (RecordingEnvironments inside = new RecordingEnvironments(inner(rows()));
        VectorEnvironment wrapped = wrapper().wrap(inside)) {
      new Player(wrapped, rowSeeds(seeds()[0]), chooser()).play(steps());
    }
  }

  /** Tasks that the wrapper can't take are refused by a message that names the space. */
  @Test
  public void wrongTask_isRefused() {
    List<VectorEnvironment> wrong = refused();
    if (wrong.isEmpty()) {
      Assumptions.abort("refused() names no task that the wrapper can't take");
    }
    for (VectorEnvironment inner : wrong) {
      try (inner) {
        Refusal.check(
            wrapper().getClass().getSimpleName(),
            inner.spec(),
            () -> {
              VectorEnvironment wrapped = wrapper().wrap(inner);
              wrapped.close();
            });
      }
    }
  }

  /** Which rows are listed together doesn't matter, unless rows are tied. */
  @Test
  public void subsetsOfRows_equalAllRows() {
    if (!rowsIndependent()) {
      Assumptions.abort("rowsIndependent() says that rows are tied together");
    }
    for (long seed : seeds()) {
      RowIndependence.check(make(rows()), play(seed), rowSeeds(seed), chooser(), steps());
    }
  }

  /** Rows that are not listed stay as they are. */
  @Test
  public void unlistedRows_areLeftAlone() {
    try (VectorEnvironment environment = make(rows())) {
      RowChecks.unlistedRowsStay(environment, rowSeeds(seeds()[0]), chooser(), steps());
    }
  }
}
