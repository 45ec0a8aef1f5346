package org.bellmanrl.env.box2d;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  private static final Registry REGISTRY =
      Registry.builder()
          .kind(EnvironmentProvider.class)
          .discover(LunarLander.class.getClassLoader())
          .build();

  private Environments() {}

  static Environment make(String id, Map<String, ?> options) {
    return ((EnvironmentProvider<?>) REGISTRY.get(EnvironmentProvider.class, id)).create(options);
  }
}
