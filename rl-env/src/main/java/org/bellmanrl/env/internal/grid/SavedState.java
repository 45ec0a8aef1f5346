package org.bellmanrl.env.internal.grid;

import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;

/** Reads numbers of a saved episode, and refuses those that this environment cannot have. */
public final class SavedState {
  private SavedState() {}

  /** Reads an int from [0, bound). */
  public static int index(StateReader in, String name, int bound) {
    int value = in.readInt(name);
    if (value < 0 || value >= bound) {
      throw new StateException(
          "%s must be in [0, %d), was %d: saved by an environment with other options"
              .formatted(name, bound, value));
    }
    return value;
  }
}
