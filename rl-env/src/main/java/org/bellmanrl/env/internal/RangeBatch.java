package org.bellmanrl.env.internal;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Environments whose state lies in one array per variable, stepped by loops over ranges of rows.
 *
 * <p>Listed rows are cut into ranges of neighbours, and those into blocks whose arrays fit into the
 * processor's first cache. Where episodes end one by one, short ranges would take longer than the
 * steps: a row or two that are not listed are stepped with their neighbours, and put back. Scratch
 * arrays have an element per row, like the state: the compiler vectorises a loop only if all its
 * arrays are indexed alike, and different rows can then be stepped by different threads.
 */
public abstract class RangeBatch implements VectorEnvironment {
  private static final int BLOCK = 256;

  /** So many unlisted rows in a row cost less to step and put back than a range costs to begin. */
  private static final int BRIDGE = 2;

  private static final double[][] NO_STATE = {};

  private final EnvironmentSpec spec;
  private final int rows;
  private final double[][] keptState;
  private final Outcomes keptOutcomes;

  /**
   * A batch that steps listed rows alone.
   *
   * @param spec what each row is
   * @param rows number of rows, at least 1
   */
  protected RangeBatch(EnvironmentSpec spec, int rows) {
    this(spec, rows, 0);
  }

  /**
   * A batch.
   *
   * @param spec what each row is
   * @param rows number of rows, at least 1
   * @param variables how many arrays {@link #state()} has
   */
  protected RangeBatch(EnvironmentSpec spec, int rows, int variables) {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "rows of %s must be at least 1, was %d".formatted(spec.name(), rows));
    }
    this.spec = spec;
    this.rows = rows;
    this.keptState = new double[variables][rows];
    this.keptOutcomes = new Outcomes(spec, variables == 0 ? 1 : rows);
  }

  @Override
  public final EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final boolean concurrentRows() {
    return true;
  }

  @Override
  public final void reset(Rows listed, RandomStreams random, Observations observations) {
    for (int i = 0; i < listed.count(); i++) {
      int row = listed.at(i);
      reset(row, random.row(row), observations);
    }
  }

  @Override
  public final void step(Rows listed, Columns actions, RandomStreams random, Outcomes outcomes) {
    int count = listed.count();
    int longest = keptState.length == 0 ? 1 : 1 + BRIDGE;
    int first = 0;
    while (first < count) {
      int from = listed.at(first);
      int next = count;
      // Rows ascend, so they are neighbours all if the last is as far away as there are rows.
      if (listed.at(count - 1) - from != count - 1 - first) {
        next = first + 1;
        while (next < count && listed.at(next) - listed.at(next - 1) <= longest) {
          next++;
        }
      }
      int to = listed.at(next - 1) + 1;
      boolean others = to - from > next - first;
      if (others) {
        keep(listed, first, next, outcomes);
      }
      for (int start = from; start < to; start += BLOCK) {
        step(start, Math.min(start + BLOCK, to), actions, random, outcomes);
      }
      if (others) {
        putBack(listed, first, next, outcomes);
      }
      first = next;
    }
  }

  private void keep(Rows listed, int first, int next, Outcomes outcomes) {
    double[][] state = state();
    for (int i = first + 1; i < next; i++) {
      for (int row = listed.at(i - 1) + 1; row < listed.at(i); row++) {
        for (int j = 0; j < state.length; j++) {
          keptState[j][row] = state[j][row];
        }
        keptOutcomes.copyRow(outcomes, row, row);
      }
    }
  }

  private void putBack(Rows listed, int first, int next, Outcomes outcomes) {
    double[][] state = state();
    for (int i = first + 1; i < next; i++) {
      for (int row = listed.at(i - 1) + 1; row < listed.at(i); row++) {
        for (int j = 0; j < state.length; j++) {
          state[j][row] = keptState[j][row];
        }
        outcomes.copyRow(keptOutcomes, row, row);
      }
    }
  }

  /**
   * The arrays that hold the whole state, if a step draws nothing and does no harm in a row whose
   * episode has ended or never begun, whatever its action; otherwise, as by default, none.
   */
  protected double[][] state() {
    return NO_STATE;
  }

  /** Begins an episode in a row. */
  protected abstract void reset(int row, RandomStream random, Observations observations);

  /**
   * Takes a step in the rows from {@code from} to {@code to - 1}; touches no other row's arrays.
   */
  protected abstract void step(
      int from, int to, Columns actions, RandomStreams random, Outcomes outcomes);
}
