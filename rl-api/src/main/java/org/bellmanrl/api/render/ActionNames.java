package org.bellmanrl.api.render;

/**
 * A capability of environments with a {@link org.bellmanrl.api.space.Discrete} action space that
 * can say what each action does.
 *
 * <p>Pages on which people play give these names to keys: {@code left}, {@code right}, {@code up},
 * {@code down}, {@code forward} and {@code backward} to the arrows, {@code attack} and {@code fire}
 * to the space bar; with {@code none} nothing is done.
 */
@FunctionalInterface
public interface ActionNames {

  /**
   * One or two lower-case words.
   *
   * @param action the action's index, from 0
   */
  String name(int action);
}
