package org.bellmanrl.env.classic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Acrobot}. In Gymnasium the first two are attributes of the environment, the
 * others its reset's.
 *
 * @param bookOrNips the equations of motion
 * @param torqueNoiseMax largest error of the torque to either side, in N m, in [0, 10]
 * @param low least value of each variable at the start, in [−π, π]
 * @param high largest value of each variable at the start, in [low, π]
 */
public record AcrobotOptions(
    @Described("equations of motion: the book's or the paper's") AcrobotDynamics bookOrNips,
    @Described(value = "largest error of the torque, N m", range = "[0, 10]") double torqueNoiseMax,
    @Described(value = "least value of each variable at the start", range = "[-pi, pi]") double low,
    @Described(value = "largest value of each variable at the start", range = "[low, pi]")
        double high) {

  public AcrobotOptions {
    Require.inRange("torque_noise_max", torqueNoiseMax, "[0, 10]");
    Require.inRange("low", low, "[-pi, pi]");
    Require.inRange("high", high, "[" + low + ", pi]");
  }

  /** Gymnasium's defaults. */
  public static AcrobotOptions defaults() {
    return new AcrobotOptions(AcrobotDynamics.BOOK, 0, -0.1, 0.1);
  }

  /** The same with other equations of motion. */
  public AcrobotOptions withDynamics(AcrobotDynamics equations) {
    return new AcrobotOptions(equations, torqueNoiseMax, low, high);
  }

  /** The same with an error of the torque. */
  public AcrobotOptions withTorqueNoise(double largest) {
    return new AcrobotOptions(bookOrNips, largest, low, high);
  }

  /** The same with other bounds of the start. */
  public AcrobotOptions withStart(double least, double most) {
    return new AcrobotOptions(bookOrNips, torqueNoiseMax, least, most);
  }
}
