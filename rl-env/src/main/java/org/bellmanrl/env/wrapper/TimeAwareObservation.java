package org.bellmanrl.env.wrapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Adds the number of steps taken in the episode to the observation, which makes a task with a time
 * limit Markov (Pardo et al., "Time Limits in Reinforcement Learning", 2018).
 *
 * <p>Takes any observations of a task with a limit. A Dict gets a part called {@code time}, a Tuple
 * one more part at its end, anything else becomes a Dict of {@code obs} and {@code time}; by
 * default all of it is then flattened into one vector, see {@link FlattenObservation}. The time is
 * a float32 Box of one element, from 0 to the limit that the spec had when this was wrapped, or to
 * 1. State saved: the number of steps of every row.
 *
 * @param flatten whether everything becomes one vector
 * @param normalizeTime whether the time is divided by the limit
 */
public record TimeAwareObservation(
    @Described("make one vector of everything") boolean flatten,
    @Described("divide the time by the limit") boolean normalizeTime)
    implements Wrapper {
  private static final String TIME = "time";

  /** Gymnasium's default: one vector, with the number of steps in it. */
  public TimeAwareObservation() {
    this(true, false);
  }

  /** The transform for observations of a task with a limit, in so many rows. */
  public ObservationTransform transform(EnvironmentSpec spec, int rows) {
    if (spec.maxEpisodeSteps() == 0) {
      throw new IllegalArgumentException(
          "time-aware-observation needs a limit of steps, which %s, observed in %s, has not; put time-limit inside"
              .formatted(spec.name(), spec.observationSpace()));
    }
    return new Timing(this, spec.observationSpace(), spec.maxEpisodeSteps(), rows);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec(), inner.rows()));
  }

  private static final class Timing implements ObservationTransform, TimeLimit.Kept {
    private final TimeAwareObservation options;
    private final Space from;
    private final int limit;
    private final Space nested;
    private final NestedCopy parts;
    private final int timeAt;
    private final FlattenObservation.Flattening flattening;
    private final Columns together;
    private final int[] steps;

    Timing(TimeAwareObservation options, Space from, int limit, int rows) {
      this.options = options;
      this.from = from;
      this.limit = limit;
      this.nested = nested(from, Box.of(0, options.normalizeTime ? 1 : limit, 1));
      Layout layout = nested.layout();
      int time = timeLeaf(layout);
      List<Integer> sources = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      for (int leaf = 0; leaf < layout.leaves().size(); leaf++) {
        if (leaf != time) {
          sources.add(sources.size());
          targets.add(leaf);
        }
      }
      this.parts = NestedCopy.of(from.layout(), sources, layout, targets);
      this.timeAt = layout.leaves().get(time).offset();
      this.flattening = new FlattenObservation.Flattening(nested);
      this.together = new Columns(nested, rows);
      this.steps = new int[rows];
    }

    private static Space nested(Space from, Box time) {
      if (from instanceof Dict dict) {
        if (dict.spaces().containsKey(TIME)) {
          throw Checks.observations(
              "time-aware-observation", "any space but a Dict with a part called time", from);
        }
        Map<String, Space> parts = new TreeMap<>(dict.spaces());
        parts.put(TIME, time);
        return Dict.of(parts);
      }
      if (from instanceof Tuple tuple) {
        List<Space> parts = new ArrayList<>(tuple.spaces());
        parts.add(time);
        return new Tuple(parts);
      }
      return Dict.of(Map.of("obs", from, TIME, time));
    }

    private int timeLeaf(Layout layout) {
      return from instanceof Tuple ? layout.leaves().size() - 1 : layout.leaf(TIME);
    }

    @Override
    public Space space() {
      return options.flatten ? flattening.space() : nested;
    }

    @Override
    public void begin(Rows rows, Columns in, Columns out) {
      for (int i = 0; i < rows.count(); i++) {
        steps[rows.at(i)] = 0;
      }
      show(rows, in, out);
    }

    @Override
    public void next(Rows rows, Columns in, Columns out) {
      for (int i = 0; i < rows.count(); i++) {
        steps[rows.at(i)]++;
      }
      show(rows, in, out);
    }

    private void show(Rows rows, Columns in, Columns out) {
      Columns into = options.flatten ? together : out;
      int width = into.layout().floats();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        parts.copy(row, in, into);
        into.floats()[row * width + timeAt] =
            options.normalizeTime ? (float) ((double) steps[row] / limit) : steps[row];
      }
      if (options.flatten) {
        flattening.next(rows, together, out);
      }
    }

    @Override
    public ObservationTransform frozen(int rows) {
      return new Timing(options, from, limit, rows);
    }

    @Override
    public int rows() {
      return steps.length;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("time-aware-observation", 1);
      steps[row] = state.carry("steps", steps[row]);
      state.end();
    }
  }
}
