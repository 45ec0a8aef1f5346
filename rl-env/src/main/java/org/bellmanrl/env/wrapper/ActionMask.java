package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/**
 * Adds a mask of allowed actions, narrows the one there is, or hides it.
 *
 * <p>Takes Discrete, MultiDiscrete or MultiBinary actions and any observations, and gives the same
 * spaces. Whatever the task's own mask forbids stays forbidden, unless the mask is hidden; then the
 * learner must find out what forbidden actions do. A mask tells a learner, it doesn't stop one:
 * actions are passed on as they are. State saved: none, so a {@link Rule} must not remember.
 */
public final class ActionMask implements Wrapper {

  /** Says which actions an observation allows. */
  @FunctionalInterface
  public interface Rule {

    /**
     * Forbids actions.
     *
     * @param observations what the task shows
     * @param row the row to look at
     * @param mask set to false what is forbidden
     * @param from the element of {@code mask} for action 0; the rest follow, as {@link
     *     Observations#mask()} has them
     */
    void forbid(Columns observations, int row, boolean[] mask, int from);
  }

  /**
   * What a configuration file can say.
   *
   * @param forbidden elements of the mask that are never allowed: for Discrete actions the action
   *     less its start
   * @param hidden whether the task's own mask is hidden; goes with no {@code forbidden}
   */
  public record Options(
      @Described(
              value = "elements of the mask that are never allowed: actions, counted from 0",
              range = Require.NOT_NEGATIVE)
          List<Integer> forbidden,
      @Described("hide the task's own mask") boolean hidden) {
    public Options {
      forbidden = List.copyOf(forbidden);
      Require.each("forbidden", forbidden, 0);
      if (hidden && !forbidden.isEmpty()) {
        throw new IllegalArgumentException(
            "hidden=true leaves no mask to forbid %s in; give one of the two".formatted(forbidden));
      }
    }

    /** A mask that forbids nothing. */
    public static Options defaults() {
      return new Options(List.of(), false);
    }
  }

  private final Options options;
  private final Rule rule;

  /** A mask that is always the same, or none. */
  public ActionMask(Options options) {
    this.options = options;
    int[] forbidden = options.forbidden.stream().mapToInt(Integer::intValue).toArray();
    this.rule =
        (observations, row, mask, from) -> {
          for (int action : forbidden) {
            mask[from + action] = false;
          }
        };
  }

  /** A mask that depends on the observation. */
  public ActionMask(Rule rule) {
    this.options = Options.defaults();
    this.rule = rule;
  }

  /** Hides the task's own mask. */
  public static ActionMask hidden() {
    return new ActionMask(new Options(List.of(), true));
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    Space space = spec.actionSpace();
    if (!(space instanceof Discrete
        || space instanceof MultiDiscrete
        || space instanceof MultiBinary)) {
      throw Checks.actions("action-mask", "Discrete, MultiDiscrete or MultiBinary", spec);
    }
    if (options.hidden) {
      return new Hidden(this, inner);
    }
    int width = spec.withMask().maskWidth();
    for (int action : options.forbidden) {
      if (action >= width) {
        throw new IllegalArgumentException(
            "forbidden must be in [0, %d) for the actions of %s in %s, was %d"
                .formatted(width, spec.name(), space, action));
      }
    }
    return new Masked(this, inner, rule);
  }

  private static final class Masked extends WrappedEnvironments {
    private final Rule rule;
    private final int width;
    private final boolean alreadyMasked;

    Masked(ActionMask wrapper, VectorEnvironment inner, Rule rule) {
      super(wrapper, inner, inner.spec().withMask(), Change.DYNAMICS);
      this.rule = rule;
      this.width = spec().maskWidth();
      this.alreadyMasked = inner.spec().masked();
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      mask(rows, resetInside(rows, random), observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      Outcomes inside = stepInside(rows, actions, random);
      mask(rows, inside.observations(), outcomes.observations());
      copyResults(rows, inside, outcomes);
    }

    private void mask(Rows rows, Observations from, Observations to) {
      boolean[] mask = to.mask();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int at = row * width;
        to.values().copyRow(from.values(), row, row);
        for (int action = 0; action < width; action++) {
          mask[at + action] = !alreadyMasked || from.mask()[at + action];
        }
        rule.forbid(to.values(), row, mask, at);
      }
    }
  }

  private static final class Hidden extends WrappedEnvironments {
    Hidden(ActionMask wrapper, VectorEnvironment inner) {
      super(wrapper, inner, inner.spec().withoutMask(), Change.NOTHING);
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      copy(rows, resetInside(rows, random), observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      Outcomes inside = stepInside(rows, actions, random);
      copy(rows, inside.observations(), outcomes.observations());
      copyResults(rows, inside, outcomes);
    }

    private static void copy(Rows rows, Observations from, Observations to) {
      for (int i = 0; i < rows.count(); i++) {
        to.values().copyRow(from.values(), rows.at(i), rows.at(i));
      }
    }
  }
}
