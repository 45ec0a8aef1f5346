package org.bellmanrl.env.mujoco;

/**
 * Hop forward on one leg in a plane.
 *
 * <p>The observation is 5 positions (height and angle of the trunk, angles of the joints) and 6
 * velocities, cut to [−10, 10]. The actions are 3 torques in [−1, 1]. The reward is the velocity
 * along x in m/s, and 1 for being healthy, less 10⁻³ times the sum of the squared torques. An
 * episode ends when the hopper is not healthy: its trunk below 0.7 m or inclined by more than 0.2
 * rad, or a number of its state beyond ±100. It has at most 1000 steps of 0.008 s.
 *
 * <p>Gymnasium 1.3.0's {@code Hopper-v5}, after Erez, Tassa and Todorov (2011). Diagnostics: {@code
 * x_position}, {@code x_velocity}, {@code reward_forward}, {@code reward_ctrl}, {@code
 * reward_survive}.
 */
public final class Hopper extends PlanarWalker {
  private final double lowState;
  private final double highState;

  /** Makes a hopper. */
  public Hopper(HopperOptions options) {
    super(
        "Hopper-v5",
        HopperOptions.MODEL,
        options,
        Models.load(options.xmlFile()),
        "thigh",
        "leg",
        "foot");
    this.lowState = options.healthyStateRange().getFirst();
    this.highState = options.healthyStateRange().getLast();
  }

  @Override
  boolean healthy() {
    boolean healthy = super.healthy();
    for (int i = 2; i < simulation().nq(); i++) {
      healthy &= lowState < simulation().qpos(i) && simulation().qpos(i) < highState;
    }
    for (int i = 0; i < simulation().nv(); i++) {
      healthy &= lowState < simulation().qvel(i) && simulation().qvel(i) < highState;
    }
    return healthy;
  }
}
