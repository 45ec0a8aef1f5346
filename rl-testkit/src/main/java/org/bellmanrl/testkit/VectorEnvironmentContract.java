package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link VectorEnvironment} keeps to: all that an environment does, in each row, and
 * that its rows are independent and equal to the single form bit for bit.
 *
 * <pre>{@code
 * class CartPolesContractTest extends VectorEnvironmentContract {
 *   @Override
 *   protected VectorEnvironment create(int rows) {
 *     return new CartPoles(rows);
 *   }
 *
 *   @Override
 *   protected Environment createSingle() {
 *     return new CartPole();
 *   }
 * }
 * }</pre>
 *
 * <p>See {@link TaskContract} for what can be tuned.
 */
public abstract non-sealed class VectorEnvironmentContract extends TaskContract {

  /** New environments, with the same options each time. */
  protected abstract VectorEnvironment create(int rows);

  /** A new environment that each row is to equal. */
  protected abstract Environment createSingle();

  /** New environments stepped by so many threads; empty, as by default, if there is no choice. */
  protected Optional<VectorEnvironment> create(int rows, int threads) {
    return Optional.empty();
  }

  /** How many rows are played; more than a vector register holds, and not a multiple of it. */
  protected int rows() {
    return 19;
  }

  /** Fewer than for one row, as there are many. */
  @Override
  protected int steps() {
    return 120;
  }

  @Override
  final VectorEnvironment make(int rows) {
    return create(rows);
  }

  @Override
  final int playedRows() {
    return rows();
  }

  /** A row moves to single environments and shards too. */
  @Override
  final List<VectorEnvironment> otherForms() {
    List<VectorEnvironment> forms = new ArrayList<>(super.otherForms());
    forms.add(VectorEnvironment.of(createSingle()));
    create(rows() + 2, 2).ifPresent(forms::add);
    return forms;
  }

  /** Each row equals a single environment with the row's seed, bit for bit. */
  @Test
  public void rows_equalSingleEnvironments() {
    for (long seed : seeds()) {
      Player batched = play(seed);
      long[] seeds = rowSeeds(seed);
      for (int row = 0; row < rows(); row++) {
        Trace single = Trace.of(createSingle(), seeds[row], steps(), chooser());
        Checks.equal(
            single.spec().name(),
            "the batched form has the spec of the single one",
            single.spec(),
            batched.environment().spec());
        single.mustEqual(batched.trace(row), "row " + row + " equals a single environment");
      }
    }
  }

  /** Which rows are listed together doesn't matter. */
  @Test
  public void subsetsOfRows_equalAllRows() {
    for (long seed : seeds()) {
      RowIndependence.check(create(rows()), play(seed), rowSeeds(seed), chooser(), steps());
    }
  }

  /** Rows that are not listed stay as they are. */
  @Test
  public void unlistedRows_areLeftAlone() {
    try (VectorEnvironment environment = create(rows())) {
      RowChecks.unlistedRowsStay(environment, rowSeeds(seeds()[0]), chooser(), steps());
    }
  }

  /** The number of threads changes nothing. */
  @Test
  public void threads_changeNothing() {
    for (int threads : new int[] {1, 2, 3}) {
      for (long seed : seeds()) {
        VectorEnvironment environment =
            create(rows(), threads)
                .orElseGet(() -> Assumptions.abort("create(rows, threads) offers no choice"));
        try (environment) {
          Player player = new Player(environment, rowSeeds(seed), chooser());
          player.play(steps());
          mustEqual(play(seed), player, threads + " threads give the same bits");
        }
      }
    }
  }
}
