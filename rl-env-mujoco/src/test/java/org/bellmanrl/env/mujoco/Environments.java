package org.bellmanrl.env.mujoco;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  static final List<String> GYMNASIUM =
      List.of(
          "Ant-v5",
          "HalfCheetah-v5",
          "Hopper-v5",
          "Humanoid-v5",
          "HumanoidStandup-v5",
          "InvertedDoublePendulum-v5",
          "InvertedPendulum-v5",
          "Pusher-v5",
          "Reacher-v5",
          "Swimmer-v5",
          "Walker2d-v5");

  private static final Registry REGISTRY =
      Registry.builder().discover(HalfCheetah.class.getClassLoader()).build();

  private Environments() {}

  static List<String> gymnasium() {
    return GYMNASIUM;
  }

  static EnvironmentEntry entry(String id) {
    return REGISTRY.get(EnvironmentEntry.class, id);
  }

  static Environment make(String id, Map<String, ?> options) {
    return entry(id).create(options);
  }
}
