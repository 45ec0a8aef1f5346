package org.bellmanrl.env.mujoco;

/**
 * Walk forward on two legs in a plane.
 *
 * <p>The observation is 8 positions (height and angle of the trunk, angles of the joints) and 9
 * velocities, cut to [−10, 10]. The actions are 6 torques in [−1, 1]. The reward is the velocity
 * along x in m/s, and 1 for being healthy, less 10⁻³ times the sum of the squared torques. An
 * episode ends when the walker is not healthy: its trunk not between 0.8 and 2 m or inclined by
 * more than 1 rad. It has at most 1000 steps of 0.008 s.
 *
 * <p>Gymnasium 1.3.0's {@code Walker2d-v5}, after Erez, Tassa and Todorov (2011). Diagnostics:
 * {@code x_position}, {@code x_velocity}, {@code reward_forward}, {@code reward_ctrl}, {@code
 * reward_survive}.
 */
public final class Walker2d extends PlanarWalker {
  /** Makes a walker. */
  public Walker2d(Walker2dOptions options) {
    super(
        "Walker2d-v5",
        Walker2dOptions.MODEL,
        options,
        Models.load(options.xmlFile()),
        "right thigh",
        "right leg",
        "right foot",
        "left thigh",
        "left leg",
        "left foot");
  }
}
