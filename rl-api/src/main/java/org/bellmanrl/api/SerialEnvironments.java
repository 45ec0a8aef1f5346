package org.bellmanrl.api;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/** Single environments in a row, each stepped through its cursors. */
final class SerialEnvironments implements VectorEnvironment {
  private final Environment[] environments;
  private final EnvironmentSpec spec;
  private final Action action;
  private final Observation first;
  private final Outcome outcome;

  /** The episodes in flight of environments that carry no state; null if there are none. */
  private final EpisodeLog @Nullable [] logs;

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
    this.logs = logs(environments, spec);
  }

  private static EpisodeLog @Nullable [] logs(Environment[] environments, EnvironmentSpec spec) {
    if (!spec.resumable() || environments[0] instanceof Stateful) {
      return null;
    }
    EpisodeLog[] logs = new EpisodeLog[environments.length];
    Arrays.setAll(logs, row -> new EpisodeLog(spec));
    return logs;
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
      RandomStream stream = random.row(row);
      if (logs != null) {
        logs[row].reset(stream);
      }
      environments[row].reset(stream, first.at(observations, row));
      if (logs != null) {
        logs[row].end(stream, first);
      }
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
    if (logs != null) {
      logged(logs[row], row, actions, random.row(row), outcomes);
    } else {
      environments[row].step(action.at(actions, row), random.row(row), outcome.at(outcomes, row));
    }
  }

  private void logged(
      EpisodeLog log, int row, Columns actions, RandomStream random, Outcomes outcomes) {
    log.step(action.at(actions, row), random);
    environments[row].step(action, random, outcome.at(outcomes, row));
    log.end(random, outcome.observation());
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return environments[row].capability(type);
  }

  @Override
  public void carry(State state, int row) {
    Environment environment = environments[row];
    if (environment instanceof Stateful stateful) {
      if (spec.resumable()) {
        stateful.carry(state);
      }
    } else if (logs != null) {
      logs[row].carry(state, environment);
    }
  }

  @Override
  public void close() {
    for (Environment environment : environments) {
      environment.close();
    }
  }
}
