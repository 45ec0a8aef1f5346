package org.bellmanrl.env.classic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Pendulum}. The first is Gymnasium's, the others its reset's.
 *
 * @param g acceleration of gravity in m/s², in [−1000, 1000]
 * @param xInit largest angle at the start, to either side, in rad, in [0, 1000]
 * @param yInit largest angular speed at the start, in either direction, in rad/s, in [0, 8]
 */
public record PendulumOptions(
    @Described(value = "acceleration of gravity, m/s²", range = "[-1000, 1000]") double g,
    @Described(value = "largest angle at the start, rad", range = "[0, 1000]") double xInit,
    @Described(value = "largest angular speed at the start, rad/s", range = "[0, 8]")
        double yInit) {

  public PendulumOptions {
    Require.inRange("g", g, "[-1000, 1000]");
    Require.inRange("x_init", xInit, "[0, 1000]");
    Require.inRange("y_init", yInit, "[0, 8]");
  }

  /** Gymnasium's defaults. */
  public static PendulumOptions defaults() {
    return new PendulumOptions(10, Math.PI, 1);
  }

  /** The same with another gravity. */
  public PendulumOptions withGravity(double acceleration) {
    return new PendulumOptions(acceleration, xInit, yInit);
  }

  /** The same with other bounds of the start. */
  public PendulumOptions withStart(double mostAngle, double mostSpeed) {
    return new PendulumOptions(g, mostAngle, mostSpeed);
  }
}
