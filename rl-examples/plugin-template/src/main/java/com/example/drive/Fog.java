package com.example.drive;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Shows the last clear observation once more instead of the present one, at random.
 *
 * <p>Accepts any spaces, which stay the same. Each step draws one number in [0, 1) from the row's
 * environment stream, after the step's own. An episode's first observation is clear, and masks
 * always are. State saved: the last clear observation of every row.
 *
 * @param thickness probability that a step's observation is hidden, in [0, 1)
 */
public record Fog(
    @Described(value = "probability that an observation is hidden", range = Fog.THICKNESS)
        double thickness)
    implements Wrapper {

  private static final String THICKNESS = "[0, 1)";

  public Fog {
    Require.inRange("thickness", thickness, THICKNESS);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Foggy(this, inner);
  }

  private static final class Foggy extends WrappedEnvironments {
    private final double thickness;
    private final Columns clear;

    /** Forwards capabilities, but an observation is no longer the state that they number. */
    Foggy(Fog fog, VectorEnvironment inner) {
      super(fog, inner, inner.spec(), Change.OBSERVATIONS);
      this.thickness = fog.thickness;
      this.clear = new Columns(inner.spec().observationSpace(), inner.rows());
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner().reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        clear.copyRow(observations.values(), rows.at(i), rows.at(i));
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      Columns seen = outcomes.observations().values();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (random.row(row).random() < thickness) {
          seen.copyRow(clear, row, row);
        } else {
          clear.copyRow(seen, row, row);
        }
      }
    }

    @Override
    public void carry(State state, int row) {
      state.begin("fog", 1);
      clear.carry(state, row);
      state.end();
      super.carry(state, row);
    }
  }
}
