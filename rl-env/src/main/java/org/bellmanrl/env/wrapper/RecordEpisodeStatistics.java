package org.bellmanrl.env.wrapper;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Reports the return and the length of the episode so far as diagnostics, named {@link #RETURN} and
 * {@link #LENGTH}; at an episode's end they are the episode's.
 *
 * <p>Takes and gives any spaces. Outside of wrappers that change rewards, the return is the sum of
 * what learners see; inside of them, and in the reports on episodes, it is the sum of what the task
 * paid. Unlike Gymnasium's it keeps no queue of past episodes, which listeners do, and no time.
 * State saved: both numbers of every row.
 */
public record RecordEpisodeStatistics() implements Wrapper {

  /** The diagnostic that holds the sum of rewards since the reset. */
  public static final String RETURN = "episode_return";

  /** The diagnostic that holds the number of steps since the reset. */
  public static final String LENGTH = "episode_length";

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    if (spec.diagnostics().contains(RETURN) || spec.diagnostics().contains(LENGTH)) {
      throw new IllegalArgumentException(
          "record-episode-statistics adds %s and %s, but %s, which observes %s, has them already: %s"
              .formatted(RETURN, LENGTH, spec.name(), spec.observationSpace(), spec.diagnostics()));
    }
    List<String> names = new ArrayList<>(spec.diagnostics());
    names.add(RETURN);
    names.add(LENGTH);
    return new Recording(this, inner, spec.withDiagnostics(names.toArray(String[]::new)));
  }

  private static final class Recording extends WrappedEnvironments {
    private final double[] returns;
    private final long[] lengths;

    Recording(Wrapper wrapper, VectorEnvironment inner, EnvironmentSpec spec) {
      super(wrapper, inner, spec, Change.NOTHING);
      this.returns = new double[inner.rows()];
      this.lengths = new long[inner.rows()];
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner().reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        returns[rows.at(i)] = 0;
        lengths[rows.at(i)] = 0;
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      copyResults(rows, stepInside(rows, actions, random, outcomes.observations()), outcomes);
      int width = outcomes.diagnosticsWidth();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        returns[row] += outcomes.reward()[row];
        lengths[row]++;
        outcomes.diagnostics()[row * width + width - 2] = returns[row];
        outcomes.diagnostics()[row * width + width - 1] = lengths[row];
      }
    }

    @Override
    public void carry(State state, int row) {
      state.begin("record-episode-statistics", 1);
      returns[row] = state.carry("returns", returns[row]);
      lengths[row] = state.carry("lengths", lengths[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
