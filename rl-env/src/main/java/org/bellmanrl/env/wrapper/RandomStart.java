package org.bellmanrl.env.wrapper;

import java.util.stream.IntStream;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.internal.grid.Placeable;

/**
 * Begins episodes in any state that is not terminal, each as likely: exploring starts for methods
 * such as Monte Carlo ES, which explore by nothing else (Sutton &amp; Barto, 2nd ed., 2018, section
 * 5.3).
 *
 * <p>Takes tasks that are nothing but their exact model, such as FrozenLake, Maze and CliffWalking;
 * gives the same spaces. Walls, holes and goals are no starts. Draws per reset, after the task's
 * own draw: one {@code integers(starts)}. Evaluation begins where the task does. State saved: none.
 */
public record RandomStart() implements Wrapper {

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    if (inner.capability(0, Placeable.class).isEmpty()
        || inner.capability(0, Modelled.class).isEmpty()) {
      throw new IllegalArgumentException(
          "random-start takes tasks whose observation is the state of an exact model, such as"
              + " FrozenLake-v1; "
              + inner.spec().name()
              + " is none, or a wrapper inside of random-start hides it");
    }
    return new Starting(this, inner);
  }

  private static final class Starting extends WrappedEnvironments {
    private final int[] starts;
    private final Placeable[] rows;

    Starting(Wrapper wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec(), Change.DYNAMICS);
      FiniteModel model = inner.capability(0, Modelled.class).orElseThrow().model();
      this.starts =
          IntStream.range(0, model.states()).filter(state -> goesOn(model, state)).toArray();
      this.rows = new Placeable[inner.rows()];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = inner.capability(row, Placeable.class).orElseThrow();
      }
    }

    /** Whether something else can come of a state than its own end. */
    private static boolean goesOn(FiniteModel model, int state) {
      for (int i = model.from(state, 0); i < model.to(state, model.actions() - 1); i++) {
        if (!model.terminated(i) || model.next(i) != state) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void reset(Rows listed, RandomStreams random, Observations observations) {
      super.reset(listed, random, observations);
      for (int i = 0; i < listed.count(); i++) {
        int row = listed.at(i);
        int start = starts[random.row(row).integers(starts.length)];
        rows[row].place(start, observations, row);
      }
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }
  }
}
