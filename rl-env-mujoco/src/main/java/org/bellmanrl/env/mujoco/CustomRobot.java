package org.bellmanrl.env.mujoco;

import java.nio.file.Path;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Any model, with what it is to do said by a {@link MujocoTask}.
 *
 * <p>The actions are the controls of all actuators, each in its {@code ctrlrange}.
 */
public final class CustomRobot extends MujocoEnvironment {
  /** The id under which a model and a task are given by options. */
  public static final String ID = "mujoco/Custom-v0";

  private final MujocoTask task;
  private final double noise;

  /**
   * Makes a robot.
   *
   * @param id the name it goes by
   * @param maxEpisodeSteps after how many steps an episode is cut; 0 for never
   * @param options all but the task count
   * @param task what it is to do
   */
  public CustomRobot(String id, int maxEpisodeSteps, CustomRobotOptions options, MujocoTask task) {
    this(id, maxEpisodeSteps, options, task, load(id, options.xml()));
  }

  /**
   * Makes a robot whose task is a source file, with 1000 steps an episode at most.
   *
   * @throws IllegalArgumentException if the model can't be loaded or the task not be compiled
   */
  public CustomRobot(CustomRobotOptions options) {
    this(ID, 1000, options, TaskSource.load(options.task()));
  }

  private CustomRobot(
      String id,
      int maxEpisodeSteps,
      CustomRobotOptions options,
      MujocoTask task,
      MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of(
                id, unbounded(task.observationLength(simulation)), simulation.actionSpace())
            .withMaxEpisodeSteps(maxEpisodeSteps),
        simulation,
        options.frameSkip(),
        0);
    this.task = task;
    this.noise = options.resetNoiseScale();
  }

  private static MujocoSimulation load(String id, String xml) {
    if (xml.isBlank()) {
      throw new IllegalArgumentException(
          id + " needs the option xml: the path of a model, as in --env xml=robot.xml");
    }
    return MujocoSimulation.load(Path.of(xml));
  }

  @Override
  protected void initialize(RandomStream random) {
    task.initialize(simulation(), random, noise);
  }

  @Override
  protected void observe(Observation observation) {
    task.observe(simulation(), observation);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    outcome.reward(task.reward(simulation(), action));
    if (task.terminated(simulation())) {
      outcome.terminate();
    }
  }
}
