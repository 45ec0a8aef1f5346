package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;

/**
 * Numbers the combinations of a MultiDiscrete action, so that learners of Discrete actions can
 * choose among them.
 *
 * <p>Takes a MultiDiscrete of at most {@value #MOST} combinations and any observations; gives the
 * Discrete number of a combination, the last element's choice varying fastest. Where the task masks
 * choices, a combination is allowed if all of its choices are. State saved: none.
 */
public record FlattenAction() implements Wrapper {
  /** The most combinations; a network has an output, and a table an entry, for each. */
  public static final int MOST = 1_000_000;

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    if (!(spec.actionSpace() instanceof MultiDiscrete choices)) {
      throw Checks.actions("flatten-action", "a MultiDiscrete", spec);
    }
    ProductIndex index =
        ProductIndex.of(choices)
            .filter(product -> product.size() <= MOST)
            .orElseThrow(() ->
                Checks.actions(
                    "flatten-action",
                    "a MultiDiscrete of at most " + MOST + " combinations",
                    spec));
    return new Flattened(this, inner, choices, index);
  }

  private static final class Flattened extends WrappedEnvironments {
    private final MultiDiscrete choices;
    private final ProductIndex index;
    private final Columns actions;
    private final boolean masked;

    Flattened(Wrapper wrapper, VectorEnvironment inner, MultiDiscrete choices, ProductIndex index) {
      super(
          wrapper,
          inner,
          inner.spec().withSpaces(inner.spec().observationSpace(), new Discrete(index.size())),
          Change.NOTHING); // a model numbers combinations in the same way
      this.choices = choices;
      this.index = index;
      this.actions = new Columns(choices, inner.rows());
      this.masked = inner.spec().masked();
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      if (masked) {
        show(rows, resetInside(rows, random), observations);
      } else {
        super.reset(rows, random, observations);
      }
    }

    @Override
    public void step(Rows rows, Columns given, RandomStreams random, Outcomes outcomes) {
      for (int i = 0; i < rows.count(); i++) {
        index.set(given.ints()[rows.at(i)], actions, rows.at(i));
      }
      if (masked) {
        Outcomes inside = stepInside(rows, actions, random);
        show(rows, inside.observations(), outcomes.observations());
        copyResults(rows, inside, outcomes);
      } else {
        super.step(rows, actions, random, outcomes);
      }
    }

    private void show(Rows rows, Observations from, Observations to) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        to.values().copyRow(from.values(), row, row);
        combine(from.mask(), row * from.maskWidth(), to.mask(), row * to.maskWidth());
      }
    }

    /** Allows the combinations of allowed choices, growing them in place by one element a time. */
    private void combine(boolean[] allowed, int from, boolean[] combined, int to) {
      combined[to] = true;
      int count = 1;
      int first = from;
      for (int element = 0; element < choices.size(); element++) {
        int n = choices.n(element);
        for (int before = count - 1; before >= 0; before--) {
          boolean open = combined[to + before];
          for (int choice = 0; choice < n; choice++) {
            combined[to + before * n + choice] = open && allowed[first + choice];
          }
        }
        count *= n;
        first += n;
      }
    }
  }
}
