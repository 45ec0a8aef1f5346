package org.bellmanrl.lab.internal.watch;

import org.jspecify.annotations.Nullable;

/**
 * What people do on the page: they click on the picture, and play by keys in the policy's place.
 * Thread-safe.
 */
final class ViewerInput {
  /** The action of a hand that presses nothing. */
  static final int NONE = -1;

  private boolean playing;
  private int held = NONE;
  private int tapped = NONE;
  private double @Nullable [] click;

  /** A person plays from now on, or the policy does. */
  synchronized void play(boolean person) {
    playing = person;
    held = NONE;
    tapped = NONE;
  }

  synchronized boolean playing() {
    return playing;
  }

  /**
   * Presses the key of an action, or lets go of whatever is pressed.
   *
   * @param action its index, or {@link #NONE}
   */
  synchronized void press(int action) {
    held = action;
    if (action != NONE) {
      tapped = action;
    }
  }

  /** The action that is pressed, or was for a moment since this was asked last. */
  synchronized int take() {
    int taken = tapped == NONE ? held : tapped;
    tapped = NONE;
    return taken;
  }

  /** Clicks at a place of the picture, from 0 to 1 from the left and from the top. */
  synchronized void click(double x, double y) {
    click = new double[] {x, y};
  }

  /** The click that came last since this was asked last. */
  synchronized double @Nullable [] takeClick() {
    double[] taken = click;
    click = null;
    return taken;
  }
}
