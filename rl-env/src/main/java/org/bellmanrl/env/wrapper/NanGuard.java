package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Stops at the first number that is NaN or infinite, and says where it came from: environment,
 * step, action and field.
 *
 * <p>Takes and gives any spaces. Looks at real actions and observations, rewards, discounts and
 * diagnostics (of which NaN alone is refused). State saved: the number of steps in the episode of
 * every row.
 */
public record NanGuard() implements Wrapper {

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Guarded(this, inner);
  }

  private static final class Guarded extends WrappedEnvironments {
    private final int floats;
    private final int actionFloats;
    private final long[] steps;

    Guarded(Wrapper wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.NOTHING);
      this.floats = spec().observationSpace().layout().floats();
      this.actionFloats = spec().actionSpace().layout().floats();
      this.steps = new long[inner.rows()];
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner().reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        steps[row] = 0;
        int bad = firstBad(observations.values(), floats, row);
        if (bad >= 0) {
          Columns seen = observations.values();
          throw new IllegalStateException(
              "%s of %s is %s after a reset in row %d"
                  .formatted(
                      field("observation", seen.layout(), bad),
                      spec().name(),
                      seen.floats()[row * floats + bad],
                      row));
        }
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        steps[row]++;
        int bad = firstBad(actions, actionFloats, row);
        if (bad >= 0) {
          throw refuse(
              field("action", actions.layout(), bad),
              actions.floats()[row * actionFloats + bad],
              row,
              actions);
        }
      }
      inner().step(rows, actions, random, outcomes);
      for (int i = 0; i < rows.count(); i++) {
        check(rows.at(i), actions, outcomes);
      }
    }

    private void check(int row, Columns actions, Outcomes outcomes) {
      if (!Double.isFinite(outcomes.reward()[row])) {
        throw refuse("reward", outcomes.reward()[row], row, actions);
      }
      if (!Double.isFinite(outcomes.discount()[row])) {
        throw refuse("discount", outcomes.discount()[row], row, actions);
      }
      Columns seen = outcomes.observations().values();
      int bad = firstBad(seen, floats, row);
      if (bad >= 0) {
        double value = seen.floats()[row * floats + bad];
        throw refuse(field("observation", seen.layout(), bad), value, row, actions);
      }
      int width = outcomes.diagnosticsWidth();
      for (int i = 0; i < width; i++) {
        double value = outcomes.diagnostics()[row * width + i];
        if (Double.isNaN(value)) {
          throw refuse("diagnostic '" + spec().diagnostics().get(i) + "'", value, row, actions);
        }
      }
    }

    private static int firstBad(Columns columns, int width, int row) {
      float[] values = columns.floats();
      for (int i = 0; i < width; i++) {
        if (!Float.isFinite(values[row * width + i])) {
          return i;
        }
      }
      return -1;
    }

    private static String field(String what, Layout layout, int element) {
      for (Leaf leaf : layout.leaves()) {
        boolean floats = leaf.dtype() == DType.FLOAT32;
        if (floats && element >= leaf.offset() && element < leaf.offset() + leaf.width()) {
          String part = leaf.path().isEmpty() ? "" : " part '" + leaf.path() + "'";
          return what + part + " element " + (element - leaf.offset());
        }
      }
      throw new AssertionError("no leaf holds float " + element);
    }

    private IllegalStateException refuse(String field, double value, int row, Columns actions) {
      return new IllegalStateException(
          "%s of %s is %s at step %d of the episode in row %d, after action %s"
              .formatted(field, spec().name(), value, steps[row], row, actions.text(row)));
    }

    @Override
    public void carry(State state, int row) {
      state.begin("nan-guard", 1);
      steps[row] = state.carry("steps", steps[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
