package org.bellmanrl.env.box2d;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link LunarLander}, which are Gymnasium's.
 *
 * @param continuous whether the engines are throttled by two numbers instead of switched
 * @param gravity acceleration along y, in m/s²
 * @param enableWind whether there is wind, until a leg touches the ground
 * @param windPower largest force of the wind along x, in N
 * @param turbulencePower largest torque of the wind, in Nm
 */
@RecordBuilder
public record LunarLanderOptions(
    @Described("throttle the engines by two numbers instead of switching them") boolean continuous,
    @Described(value = "acceleration along y", range = "(-12, 0)") double gravity,
    @Described("there is wind until a leg touches the ground") boolean enableWind,
    @Described(value = "largest force of the wind", range = "[0, 20]") double windPower,
    @Described(value = "largest torque of the wind", range = "[0, 2]") double turbulencePower)
    implements LunarLanderOptionsBuilder.With {

  public LunarLanderOptions {
    Require.inRange("gravity", gravity, "(-12, 0)");
    Require.inRange("wind_power", windPower, "[0, 20]");
    Require.inRange("turbulence_power", turbulencePower, "[0, 2]");
  }

  /** Gymnasium's defaults: switched engines, no wind. */
  public static LunarLanderOptions defaults() {
    return new LunarLanderOptions(false, -10, false, 15, 1.5);
  }
}
