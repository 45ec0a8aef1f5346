package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.jspecify.annotations.Nullable;

/** What the two tasks with a humanoid share: what of its body is observed and what costs. */
final class HumanoidBody {
  /** Degrees of freedom of the trunk, which no actuator moves. */
  private static final int FREE = 6;

  private static final int INERTIA = 10;
  private static final int SPATIAL = 6;

  private final MujocoSimulation simulation;
  private final @Nullable DoubleView inertias;
  private final @Nullable DoubleView velocities;
  private final @Nullable DoubleView actuatorForces;
  private final boolean observesContacts;
  private final DoubleView contactForces;
  private final double[] squares;

  HumanoidBody(
      MujocoSimulation simulation,
      boolean observesInertias,
      boolean observesVelocities,
      boolean observesActuators,
      boolean observesContacts) {
    long bodies = simulation.bodies();
    this.simulation = simulation;
    this.inertias = observesInertias ? simulation.data("cinert", INERTIA * bodies) : null;
    this.velocities = observesVelocities ? simulation.data("cvel", SPATIAL * bodies) : null;
    this.actuatorForces =
        observesActuators ? simulation.data("qfrc_actuator", simulation.nv()) : null;
    this.observesContacts = observesContacts;
    this.contactForces = simulation.data("cfrc_ext", SPATIAL * bodies);
    this.squares = new double[Math.max(contactForces.length(), simulation.nu())];
  }

  /** What observations, actions and rewards of both tasks are, in words. */
  static Legend legend(MujocoSimulation simulation, String reward) {
    return Models.legend(
        simulation,
        "height and orientation of the trunk, angles of the joints, velocities, then inertia, velocity and contact forces of each body",
        reward,
        "abdomen y",
        "abdomen z",
        "abdomen x",
        "right hip x",
        "right hip z",
        "right hip y",
        "right knee",
        "left hip x",
        "left hip z",
        "left hip y",
        "left knee",
        "right shoulder 1",
        "right shoulder 2",
        "right elbow",
        "left shoulder 1",
        "left shoulder 2",
        "left elbow");
  }

  /** Numbers that are observed beside positions and velocities. */
  int length() {
    return length(inertias, INERTIA)
        + length(velocities, SPATIAL)
        + length(actuatorForces, FREE)
        + (observesContacts ? contactForces.length() - SPATIAL : 0);
  }

  private static int length(@Nullable DoubleView view, int skipped) {
    return view == null ? 0 : Math.max(0, view.length() - skipped);
  }

  /** Writes them from an index on; what belongs to the world comes first, and is left out. */
  void observe(Observation observation, int from) {
    int at = from;
    at = write(observation, at, inertias, INERTIA);
    at = write(observation, at, velocities, SPATIAL);
    at = write(observation, at, actuatorForces, FREE);
    if (observesContacts) {
      write(observation, at, contactForces, SPATIAL);
    }
  }

  private static int write(
      Observation observation, int from, @Nullable DoubleView view, int skipped) {
    int at = from;
    if (view != null) {
      for (int i = skipped; i < view.length(); i++) {
        observation.set(at++, view.get(i));
      }
    }
    return at;
  }

  /** The sum of the squared controls. */
  double squaredControls() {
    for (int i = 0; i < simulation.nu(); i++) {
      squares[i] = simulation.control(i) * simulation.control(i);
    }
    return NumPy.sum(squares, simulation.nu());
  }

  /** The sum of the squared contact forces. */
  double squaredContacts() {
    for (int i = 0; i < contactForces.length(); i++) {
      squares[i] = contactForces.get(i) * contactForces.get(i);
    }
    return NumPy.sum(squares, contactForces.length());
  }
}
