package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;

/** A transform that looks at one observation at a time and remembers nothing. */
abstract class StatelessTransform implements ObservationTransform {
  private final Space space;

  StatelessTransform(Space space) {
    this.space = space;
  }

  /** Transforms one row. */
  abstract void apply(int row, Columns in, Columns out);

  @Override
  public final Space space() {
    return space;
  }

  @Override
  public final void begin(Rows rows, Columns in, Columns out) {
    next(rows, in, out);
  }

  @Override
  public final void next(Rows rows, Columns in, Columns out) {
    for (int i = 0; i < rows.count(); i++) {
      apply(rows.at(i), in, out);
    }
  }

  @Override
  public final ObservationTransform frozen(int rows) {
    return this;
  }

  @Override
  public final int rows() {
    return 1;
  }

  @Override
  public final void carry(State state, int row) {}
}
