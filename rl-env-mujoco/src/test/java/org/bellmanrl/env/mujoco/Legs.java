package org.bellmanrl.env.mujoco;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.bellmanrl.api.Action;

/** A model of the tests' own: a trunk on two legs, with a plane to stand on. */
final class Legs implements MujocoTask {
  private Legs() {}

  static CustomRobot robot() {
    return new CustomRobot(
        "test/Legs-v0", 1000, new CustomRobotOptions(model().toString(), "", 5, 0.01), new Legs());
  }

  /** Its file. */
  static Path model() {
    try {
      URI uri = Objects.requireNonNull(Legs.class.getResource("/models/legs.xml")).toURI();
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes() {
    try (InputStream in =
        Objects.requireNonNull(Legs.class.getResourceAsStream("/models/legs.xml"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public double reward(MujocoSimulation simulation, Action action) {
    return simulation.sensor(0) - 0.01 * action.get(1) * action.get(1);
  }

  @Override
  public boolean terminated(MujocoSimulation simulation) {
    return simulation.bodyPosition(1, 2) < 0.35;
  }
}
