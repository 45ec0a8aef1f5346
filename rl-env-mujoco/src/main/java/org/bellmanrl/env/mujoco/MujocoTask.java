package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.random.RandomStream;

/**
 * What a model of your own is to do: the reward and the end of an episode, and, where the defaults
 * don't suit, what is observed and how an episode begins.
 *
 * <pre>{@code
 * public final class Upright implements MujocoTask {
 *   public double reward(MujocoSimulation simulation, Action action) {
 *     return simulation.qvel(0);
 *   }
 *
 *   public boolean terminated(MujocoSimulation simulation) {
 *     return simulation.qpos(2) < 0.3;
 *   }
 * }
 * }</pre>
 *
 * <p>A task is stateless: what it says follows from the simulation, so that an episode can be saved
 * and resumed. One that needs to remember extends {@link MujocoEnvironment} instead.
 */
public interface MujocoTask {

  /** What the step was worth that has just been taken; a finite number. */
  double reward(MujocoSimulation simulation, Action action);

  /** Whether the episode has ended. */
  boolean terminated(MujocoSimulation simulation);

  /** How many numbers are observed; positions and velocities by default. */
  default int observationLength(MujocoSimulation simulation) {
    return simulation.nq() + simulation.nv();
  }

  /** Writes what is observed; positions and velocities by default. */
  default void observe(MujocoSimulation simulation, Observation observation) {
    int nq = simulation.nq();
    for (int i = 0; i < nq; i++) {
      observation.set(i, simulation.qpos(i));
    }
    for (int i = 0; i < simulation.nv(); i++) {
      observation.set(nq + i, simulation.qvel(i));
    }
  }

  /**
   * Sets positions and velocities at the beginning of an episode, after those of the model have
   * been set; by default uniform noise is added to both.
   *
   * @param scale of the noise, an option of the environment
   */
  default void initialize(MujocoSimulation simulation, RandomStream random, double scale) {
    for (int i = 0; i < simulation.nq(); i++) {
      simulation.setQpos(i, simulation.initialQpos(i) + random.uniform(-scale, scale));
    }
    for (int i = 0; i < simulation.nv(); i++) {
      simulation.setQvel(i, random.uniform(-scale, scale));
    }
  }
}
