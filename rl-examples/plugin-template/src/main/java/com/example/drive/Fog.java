package com.example.drive;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Shows the last clear observation once more instead of the present one, at random.
 *
 * <p>Takes and gives any spaces. Each step draws one number in [0, 1) from the row's environment
 * stream, after the step's own. An episode's first observation is clear, and masks always are.
 * State saved: the last clear observation of every row.
 *
 * @param thickness probability that a step's observation can't be seen, in [0, 1)
 */
public record Fog(
    @Described(value = "chance that an observation can't be seen", range = "[0, 1)")
        double thickness)
    implements Wrapper {

  public Fog {
    if (!(thickness >= 0 && thickness < 1)) {
      throw new IllegalArgumentException("thickness must be in [0, 1), was " + thickness);
    }
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Foggy(thickness, inner);
  }

  private static final class Foggy implements VectorEnvironment {
    private final double thickness;
    private final VectorEnvironment inner;
    private final Columns clear;

    Foggy(double thickness, VectorEnvironment inner) {
      this.thickness = thickness;
      this.inner = inner;
      this.clear = new Columns(inner.spec().observationSpace(), inner.rows());
    }

    @Override
    public EnvironmentSpec spec() {
      return inner.spec();
    }

    @Override
    public int rows() {
      return inner.rows();
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner.reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        clear.copyRow(observations.values(), rows.at(i), rows.at(i));
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner.step(rows, actions, random, outcomes);
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

    /** What is inside shows through, but what is seen no longer is the state that it numbers. */
    @Override
    public <T> Optional<T> capability(int row, Class<T> type) {
      return type == Modelled.class || type == GridView.class
          ? Optional.empty()
          : inner.capability(row, type);
    }

    @Override
    public void carry(State state) {
      state.begin("fog", 1);
      state.carry("clear", clear);
      state.carry("inner", inner);
      state.end();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
