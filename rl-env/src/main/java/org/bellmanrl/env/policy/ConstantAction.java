package org.bellmanrl.env.policy;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Space;

/** Always takes the same action, allowed or not. */
public final class ConstantAction extends Policy.Scripted {
  private final Columns action;

  /**
   * Which action.
   *
   * @param action its elements in the order of the action space: one for Discrete
   */
  public record Options(@Described("the action, an element after the other") List<Double> action) {
    public Options {
      action = List.copyOf(action);
    }

    /** The action 0. */
    public static Options defaults() {
      return new Options(List.of(0.0));
    }
  }

  /**
   * Makes the policy for a task.
   *
   * @throws IllegalArgumentException if the numbers are not an action of the task
   */
  public ConstantAction(EnvironmentSpec spec, Options options) {
    this.action = action(spec.actionSpace(), options.action());
  }

  /**
   * Makes an action from its elements.
   *
   * @param space the action space
   * @param elements in the order of the space: one for Discrete
   * @return the action, in row 0
   * @throws IllegalArgumentException if the elements are not an action of the space
   */
  public static Columns action(Space space, List<Double> elements) {
    Columns action = new Columns(space, 1);
    Layout layout = space.layout();
    int size = layout.ints() + layout.floats() + layout.bytes();
    if (elements.size() != size) {
      throw new IllegalArgumentException(
          "action must have %d elements for %s, had %d".formatted(size, space, elements.size()));
    }
    for (int i = 0; i < size; i++) {
      double value = elements.get(i);
      if (i < layout.ints()) {
        action.ints()[i] = (int) value;
      } else if (i < layout.ints() + layout.floats()) {
        action.floats()[i - layout.ints()] = (float) value;
      } else {
        action.bytes()[i - layout.ints() - layout.floats()] = (byte) value;
      }
    }
    if (!space.contains(action, 0)) {
      throw new IllegalArgumentException("action must be in %s, was %s".formatted(space, elements));
    }
    return action;
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    actions.copyRow(action, 0, row);
  }
}
