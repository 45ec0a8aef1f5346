package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * The elements of a vector as they are: for tasks whose observations are features already. A finite
 * space becomes a feature per value, 1 for the present one. Immutable.
 */
public final class RawFeatures implements FeatureMap {
  private final int width;
  private final ScaledInputs states;

  /**
   * The features that an observation is.
   *
   * @param space a finite space, or any vector
   */
  public RawFeatures(Space space) {
    boolean vector = space instanceof Box box && Space.Kind.VECTOR.matches(box);
    this.width = vector ? ((Box) space).size() : 0;
    this.states =
        vector
            ? ScaledInputs.within(space, new double[width], new double[width])
            : ScaledInputs.of(space);
  }

  @Override
  public int size() {
    return width > 0 ? width : states.states();
  }

  @Override
  public int active() {
    return width > 0 ? width : 1;
  }

  @Override
  public int index(Columns observations, int row, int k) {
    return width > 0 ? k : states.state(observations, row);
  }

  @Override
  public double value(Columns observations, int row, int k) {
    return width > 0 ? observations.floats()[row * width + k] : 1;
  }
}
