package org.bellmanrl.env.wrapper;

import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;

/** One transform after another. */
final class ChainedTransform implements ObservationTransform {
  private final ObservationTransform first;
  private final ObservationTransform second;
  private final Columns between;

  ChainedTransform(ObservationTransform first, ObservationTransform second, int rows) {
    this.first = first;
    this.second = second;
    this.between = new Columns(first.space(), rows);
  }

  @Override
  public Space space() {
    return second.space();
  }

  @Override
  public void begin(Rows rows, Columns in, Columns out) {
    first.begin(rows, in, between);
    second.begin(rows, between, out);
  }

  @Override
  public void next(Rows rows, Columns in, Columns out) {
    first.next(rows, in, between);
    second.next(rows, between, out);
  }

  @Override
  public ObservationTransform frozen(int rows) {
    return new ChainedTransform(first.frozen(rows), second.frozen(rows), rows);
  }

  @Override
  public int rows() {
    return between.rows();
  }

  @Override
  public void carry(State state, int row) {
    first.carry(state, row);
    second.carry(state, row);
  }

  @Override
  public void carryShared(State state) {
    first.carryShared(state);
    second.carryShared(state);
  }

  @Override
  public Sharing sharing() {
    return first.sharing().and(second.sharing());
  }

  @Override
  public void mergeRows() {
    first.mergeRows();
    second.mergeRows();
  }

  @Override
  public List<ObservationTransform> parts() {
    return Stream.concat(first.parts().stream(), second.parts().stream()).toList();
  }
}
