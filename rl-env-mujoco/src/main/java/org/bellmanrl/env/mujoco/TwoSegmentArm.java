package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.random.RandomStream;

/** The arm of two segments and its target: what the tasks that reach for it share. */
abstract class TwoSegmentArm extends MujocoEnvironment {
  static final int JOINTS = 2;

  /** How far from the shoulder a target is at most, in m. */
  private static final double REACH = 0.2;

  final int fingertip;
  final int target;

  TwoSegmentArm(EnvironmentSpec spec, MujocoSimulation simulation, int frameSkip) {
    super(spec, simulation, frameSkip, 0);
    this.fingertip = simulation.body("fingertip");
    this.target = simulation.body("target");
  }

  /** The arm nearly straight and nearly at rest, the target anywhere within reach. */
  @Override
  protected final void initialize(RandomStream random) {
    MujocoSimulation simulation = simulation();
    int nq = simulation.nq();
    int nv = simulation.nv();
    for (int i = 0; i < nq; i++) {
      simulation.setQpos(i, random.uniform(-0.1, 0.1) + simulation.initialQpos(i));
    }
    double x;
    double y;
    do {
      x = random.uniform(-REACH, REACH);
      y = random.uniform(-REACH, REACH);
    } while (!(Math.sqrt(x * x + y * y) < REACH));
    simulation.setQpos(nq - 2, x);
    simulation.setQpos(nq - 1, y);
    perturbVelocities(random, 0.005);
    simulation.setQvel(nv - 2, 0);
    simulation.setQvel(nv - 1, 0);
  }
}
