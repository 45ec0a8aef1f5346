package org.bellmanrl.env.jolt;

/**
 * What moves a joint about one axis: a spring with a damper towards an angle that the action sets.
 *
 * <p>An action a in [−1, 1] sets the angle to {@code neutral + reach · a}.
 *
 * @param lower the least angle, in radians, in [−π, 0]
 * @param upper the greatest angle, in [0, π]
 * @param neutral the angle for the action 0, between them
 * @param reach how far the actions −1 and 1 go from there, in radians, at least 0
 * @param stiffness of the spring, in N·m/rad
 * @param damping in N·m·s/rad
 * @param torque the largest torque, in N·m
 */
public record Motor(
    double lower,
    double upper,
    double neutral,
    double reach,
    double stiffness,
    double damping,
    double torque) {
  public Motor {
    if (!(lower >= -Math.PI && lower <= 0 && upper >= 0 && upper <= Math.PI)) {
      throw new IllegalArgumentException(
          "the limits of a motor must be in [-pi, 0] and [0, pi], were %s and %s"
              .formatted(lower, upper));
    }
    if (!(neutral >= lower && neutral <= upper)) {
      throw new IllegalArgumentException(
          "the neutral angle must be in [%s, %s], was %s".formatted(lower, upper, neutral));
    }
    notNegative("reach", reach);
    notNegative("stiffness", stiffness);
    notNegative("damping", damping);
    notNegative("torque", torque);
  }

  /** A motor of 80 N·m/rad, 2 N·m·s/rad and at most 20 N·m, for legs of about half a kilogram. */
  public static Motor of(double lower, double upper, double neutral, double reach) {
    return new Motor(lower, upper, neutral, reach, 80, 2, 20);
  }

  /** The same with a spring, a damper and a limit of other strength. */
  public Motor withStrength(double newStiffness, double newDamping, double newTorque) {
    return new Motor(lower, upper, neutral, reach, newStiffness, newDamping, newTorque);
  }

  private static void notNegative(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the %s of a motor must be at least 0, was %s".formatted(what, value));
    }
  }
}
