package org.bellmanrl.api;

import java.util.List;

/**
 * What the numbers of a task mean, for people: listings, pages and error messages show it, and
 * nothing is computed from it. Every part may be left out.
 *
 * @param observations a name for each element of an observation, in the order of the {@link
 *     org.bellmanrl.api.space.Layout#leaves() leaves}, with its unit, such as {@code pole angle,
 *     rad}; or a single text that says what the observation is as a whole
 * @param actions what each action of a {@link org.bellmanrl.api.space.Discrete} space does, by
 *     index, or the name of each element of an action. Pages on which people play give the words
 *     {@code left}, {@code right}, {@code up}, {@code down}, {@code forward} and {@code backward}
 *     to the arrow keys, {@code attack} and {@code fire} to the space bar; with {@code none}
 *     nothing is done
 * @param reward how reward comes, in a sentence or two
 */
public record Legend(List<String> observations, List<String> actions, String reward) {
  /** The legend of a task that has none. */
  public static final Legend NONE = new Legend(List.of(), List.of(), "");

  public Legend {
    observations = List.copyOf(observations);
    actions = List.copyOf(actions);
  }

  /** The name of an element of an observation; empty if it has none. */
  public String observation(int element) {
    return observations.size() > 1 && element < observations.size()
        ? observations.get(element)
        : "";
  }

  /** The name of an action or of an element of one; empty if it has none. */
  public String action(int index) {
    return index < actions.size() ? actions.get(index) : "";
  }
}
