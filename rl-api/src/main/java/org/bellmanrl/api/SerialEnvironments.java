package org.bellmanrl.api;

import java.util.Optional;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;

/** Single environments in a row, each stepped through its cursors. */
final class SerialEnvironments implements VectorEnvironment {
  private final Environment[] environments;
  private final EnvironmentSpec spec;
  private final Action action;
  private final Observation first;
  private final Outcome outcome;

  SerialEnvironments(Environment[] environments) {
    if (environments.length == 0) {
      throw new IllegalArgumentException("at least one environment is needed");
    }
    this.environments = environments;
    this.spec = environments[0].spec();
    for (Environment environment : environments) {
      if (!environment.spec().equals(spec)) {
        throw new IllegalArgumentException(
            "environments of one vector must be alike: %s and %s differ"
                .formatted(spec, environment.spec()));
      }
    }
    this.action = new Action(new Columns(spec.actionSpace(), 1));
    this.first = new Observation(new Observations(spec, 1));
    this.outcome = new Outcome(new Outcomes(spec, 1));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public int rows() {
    return environments.length;
  }

  @Override
  public void reset(Rows rows, RandomStreams random, Observations observations) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      environments[row].reset(random.row(row), first.at(observations, row));
    }
  }

  @Override
  public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
    if (rows.count() == 1) {
      step(rows.at(0), actions, random, outcomes);
    } else {
      for (int i = 0; i < rows.count(); i++) {
        step(rows.at(i), actions, random, outcomes);
      }
    }
  }

  private void step(int row, Columns actions, RandomStreams random, Outcomes outcomes) {
    environments[row].step(action.at(actions, row), random.row(row), outcome.at(outcomes, row));
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return environments[row].capability(type);
  }

  @Override
  public void save(StateWriter out) {
    boolean saved = spec.stateKind() != StateKind.NEW_EPISODE;
    out.begin("serial-environments", 2);
    out.write("rows", environments.length);
    out.write("saved", saved);
    if (saved) {
      for (Environment environment : environments) {
        out.write("environment", environment);
      }
    }
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    int version = in.begin("serial-environments", 2);
    int rows = in.readInt("rows");
    if (rows != environments.length) {
      throw new StateException(
          "saved environments are %d, expected %d".formatted(rows, environments.length));
    }
    if (version == 1 || in.readBoolean("saved")) {
      for (Environment environment : environments) {
        in.read("environment", environment);
      }
    }
    in.end();
  }

  @Override
  public void close() {
    for (Environment environment : environments) {
      environment.close();
    }
  }
}
