package org.bellmanrl.testkit;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/** Environments seen from inside: what is done to them is checked and written down. */
final class RecordingEnvironments implements VectorEnvironment {
  private final VectorEnvironment inner;
  private final EnvironmentSpec spec;
  private final Observations last;
  private final Trace[] traces;
  private final long[] lengths;
  private final long[] episodes;
  private boolean closed;

  RecordingEnvironments(VectorEnvironment inner) {
    this.inner = inner;
    this.spec = inner.spec();
    this.last = new Observations(spec, inner.rows());
    this.traces = new Trace[inner.rows()];
    for (int row = 0; row < traces.length; row++) {
      traces[row] = new Trace(spec, 0, row);
    }
    this.lengths = new long[inner.rows()];
    this.episodes = new long[inner.rows()];
  }

  boolean closed() {
    return closed;
  }

  Trace trace(int row) {
    return traces[row];
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public int rows() {
    return inner.rows();
  }

  @Override
  public void reset(Rows rows, RandomStreams random, Observations observations) {
    inner.reset(rows, random, observations);
    last.copyRows(observations, rows);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      lengths[row] = 0;
      traces[row].add(new Moment(spec, episodes[row]++, observations, row));
    }
  }

  @Override
  public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      lengths[row]++;
      if (!spec.actionSpace().contains(actions, row)) {
        throw failure(row, "an action lies in its space")
            .expected("an element of " + spec.actionSpace())
            .actual(actions.text(row))
            .error();
      }
      if (!RandomActions.allowed(last, actions, row)) {
        throw failure(row, "a masked action is never chosen")
            .expected("an action that the mask allows: " + mask(row))
            .actual(actions.text(row))
            .error();
      }
    }
    inner.step(rows, actions, random, outcomes);
    last.copyRows(outcomes.observations(), rows);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      traces[row].add(new Moment(spec, episodes[row], lengths[row], actions, outcomes, row));
    }
  }

  private Failure failure(int row, String rule) {
    return Failure.of(spec.name(), rule)
        .where("row %d, episode %d, step %d: action".formatted(row, episodes[row], lengths[row]));
  }

  private String mask(int row) {
    StringBuilder text = new StringBuilder();
    for (int a = 0; a < last.maskWidth(); a++) {
      text.append(a == 0 ? "[" : ", ").append(last.allows(row, a));
    }
    return text.append(']').toString();
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return inner.capability(row, type);
  }

  @Override
  public void carry(State state, int row) {
    state.begin("watched", 1);
    last.carry(state, row);
    inner.carry(state, row);
    state.end();
  }

  @Override
  public void carryShared(State state) {
    inner.carryShared(state);
  }

  @Override
  public Sharing sharing() {
    return inner.sharing();
  }

  @Override
  public void mergeRows() {
    inner.mergeRows();
  }

  @Override
  public void close() {
    closed = true;
    inner.close();
  }
}
