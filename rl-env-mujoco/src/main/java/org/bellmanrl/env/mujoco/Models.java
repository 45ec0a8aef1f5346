package org.bellmanrl.env.mujoco;

import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.env.mujoco.internal.Installation;

/** Model files as Gymnasium's tasks name them. */
final class Models {
  private Models() {}

  /**
   * Loads a model.
   *
   * @param xmlFile a path if it begins with {@code .}, {@code /} or {@code ~} or is absolute, else
   *     the name of one of Gymnasium's models
   */
  static MujocoSimulation load(String xmlFile) {
    return MujocoSimulation.load(path(xmlFile));
  }

  private static Path path(String xmlFile) {
    if (xmlFile.startsWith("~")) {
      return Path.of(System.getProperty("user.home") + xmlFile.substring(1));
    }
    Path path = Path.of(xmlFile);
    if (xmlFile.startsWith(".") || path.isAbsolute()) {
      return path;
    }
    Installation installation = Installation.ofProcess();
    // Where both are missing, what to install for both is said.
    installation.library();
    return installation.model(xmlFile);
  }

  /**
   * What the numbers of a task mean. A model of the user's may have other actuators than those that
   * are named.
   *
   * @param observed what is observed, as a whole
   * @param actuators what each action drives
   */
  static Legend legend(
      MujocoSimulation simulation, String observed, String reward, String... actuators) {
    return new Legend(
        List.of(observed),
        simulation.nu() == actuators.length ? List.of(actuators) : List.of(),
        reward);
  }

  /**
   * The action space of a task that reads no struct: of Gymnasium's own model it is known for any
   * version of MuJoCo.
   *
   * @param own whether this is the task's own model
   * @param bound of that model's every control
   */
  static Box actionSpace(MujocoSimulation simulation, boolean own, float bound) {
    return own && !simulation.layoutKnown()
        ? Box.of(-bound, bound, simulation.nu())
        : simulation.actionSpace();
  }
}
