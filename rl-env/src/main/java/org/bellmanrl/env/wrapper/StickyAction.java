package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Takes the last action again, at random, instead of the one that was chosen (Machado et al.,
 * "Revisiting the Arcade Learning Environment", 2018, section 5).
 *
 * <p>Takes and gives any spaces, but no masked actions. Draws come from the row's environment
 * stream, before the step's own, as in Gymnasium 1.3.0: one number in [0, 1) per step but for an
 * episode's first and those within a repetition, and when a repetition of random duration begins
 * one integer. State saved: the last action and the repetition of every row.
 *
 * @param repeatActionProbability chance that a repetition begins, in [0, 1)
 * @param minDuration fewest steps of a repetition, at least 1
 * @param maxDuration most steps of a repetition, at least {@code minDuration}
 */
public record StickyAction(
    @Described(value = "chance that the last action is taken again", range = "[0, 1)")
        double repeatActionProbability,
    @Described(value = "fewest steps of a repetition", range = Require.AT_LEAST_ONE)
        int minDuration,
    @Described(value = "most steps of a repetition", range = "at least min_duration")
        int maxDuration)
    implements Wrapper {

  public StickyAction {
    Require.inRange("repeat_action_probability", repeatActionProbability, "[0, 1)");
    Require.atLeast("min_duration", minDuration, 1);
    if (maxDuration < minDuration || maxDuration == Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "max_duration must be in [%d, %d], was %d"
              .formatted(minDuration, Integer.MAX_VALUE - 1, maxDuration));
    }
  }

  /** Repetitions of one step. */
  public StickyAction(double repeatActionProbability) {
    this(repeatActionProbability, 1, 1);
  }

  /** Machado et al.'s probability, 0.25. */
  public StickyAction() {
    this(0.25);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    Checks.notMasked("sticky-action", inner.spec());
    return new Sticky(this, inner);
  }

  private static final class Sticky extends WrappedEnvironments {
    private final StickyAction options;

    /** What was done last, and what is done now. */
    private final Columns last;

    private final boolean[] acted;
    private final boolean[] repeating;
    private final int[] duration;
    private final int[] repeated;

    Sticky(StickyAction options, VectorEnvironment inner) {
      super(options, inner, inner.spec(), Change.DYNAMICS);
      this.options = options;
      int rows = inner.rows();
      this.last = new Columns(inner.spec().actionSpace(), rows);
      this.acted = new boolean[rows];
      this.repeating = new boolean[rows];
      this.duration = new int[rows];
      this.repeated = new int[rows];
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        acted[row] = false;
        endRepetition(row);
      }
      inner().reset(rows, random, observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (repeats(row, random.row(row))) {
          repeated[row]++;
          if (repeated[row] == duration[row]) {
            endRepetition(row);
          }
        } else {
          last.copyRow(actions, row, row);
          acted[row] = true;
        }
      }
      inner().step(rows, last, random, outcomes);
    }

    private boolean repeats(int row, RandomStream random) {
      if (repeating[row]) {
        return true;
      }
      if (!acted[row] || random.random() >= options.repeatActionProbability) {
        return false;
      }
      repeating[row] = true;
      duration[row] = random.integers(options.minDuration, options.maxDuration + 1);
      return true;
    }

    private void endRepetition(int row) {
      repeating[row] = false;
      duration[row] = 0;
      repeated[row] = 0;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("sticky-action", 1);
      last.carry(state, row);
      acted[row] = state.carry("acted", acted[row]);
      repeating[row] = state.carry("repeating", repeating[row]);
      duration[row] = state.carry("duration", duration[row]);
      repeated[row] = state.carry("repeated", repeated[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
