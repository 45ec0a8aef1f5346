package org.bellmanrl.env.box2d;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link LunarLander}, which are Gymnasium's.
 *
 * @param continuous whether the engines are throttled by two numbers instead of switched
 * @param gravity acceleration along y, in m/s²
 * @param enableWind whether there is wind, until a leg touches the ground
 * @param windPower largest force of the wind along x, in N
 * @param turbulencePower largest torque of the wind, in Nm
 */
public record LunarLanderOptions(
    @Described("throttle the engines by two numbers instead of switching them") boolean continuous,
    @Described(value = "acceleration along y", range = "(-12, 0)") double gravity,
    @Described("there is wind until a leg touches the ground") boolean enableWind,
    @Described(value = "largest force of the wind", range = "[0, 20]") double windPower,
    @Described(value = "largest torque of the wind", range = "[0, 2]") double turbulencePower) {

  public LunarLanderOptions {
    if (!(gravity > -12 && gravity < 0)) {
      throw new IllegalArgumentException(
          "gravity of LunarLander must be in (-12, 0), was " + gravity);
    }
    if (!(windPower >= 0 && windPower <= 20)) {
      throw new IllegalArgumentException(
          "wind_power of LunarLander must be in [0, 20], was " + windPower);
    }
    if (!(turbulencePower >= 0 && turbulencePower <= 2)) {
      throw new IllegalArgumentException(
          "turbulence_power of LunarLander must be in [0, 2], was " + turbulencePower);
    }
  }

  /** Gymnasium's defaults: switched engines, no wind. */
  public static LunarLanderOptions defaults() {
    return new LunarLanderOptions(false, -10, false, 15, 1.5);
  }

  /** The same with engines that are throttled, or switched. */
  public LunarLanderOptions withContinuous(boolean throttled) {
    return new LunarLanderOptions(throttled, gravity, enableWind, windPower, turbulencePower);
  }

  /** The same with wind, or without. */
  public LunarLanderOptions withWind(boolean wind) {
    return new LunarLanderOptions(continuous, gravity, wind, windPower, turbulencePower);
  }
}
