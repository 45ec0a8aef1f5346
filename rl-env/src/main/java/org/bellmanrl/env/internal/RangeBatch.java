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
 * processor's first cache. Scratch arrays have an element per row, like the state: the compiler
 * vectorises a loop only if all its arrays are indexed alike, and different rows can then be
 * stepped by different threads.
 */
public abstract class RangeBatch implements VectorEnvironment {
  private static final int BLOCK = 256;

  private final EnvironmentSpec spec;
  private final int rows;

  /**
   * A batch.
   *
   * @param spec what each row is
   * @param rows number of rows, at least 1
   */
  protected RangeBatch(EnvironmentSpec spec, int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "rows of %s must be at least 1, was %d".formatted(spec.name(), rows));
    }
    this.spec = spec;
    this.rows = rows;
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
    int first = 0;
    while (first < count) {
      int from = listed.at(first);
      int next = count;
      // Rows ascend, so they are neighbours all if the last is as far away as there are rows.
      if (listed.at(count - 1) - from != count - 1 - first) {
        next = first + 1;
        while (next < count && listed.at(next) == from + next - first) {
          next++;
        }
      }
      int to = from + next - first;
      for (int start = from; start < to; start += BLOCK) {
        step(start, Math.min(start + BLOCK, to), actions, random, outcomes);
      }
      first = next;
    }
  }

  /** Begins an episode in a row. */
  protected abstract void reset(int row, RandomStream random, Observations observations);

  /**
   * Takes a step in the rows from {@code from} to {@code to - 1}; touches no other row's arrays.
   */
  protected abstract void step(
      int from, int to, Columns actions, RandomStreams random, Outcomes outcomes);
}
