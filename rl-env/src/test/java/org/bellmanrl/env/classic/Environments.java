package org.bellmanrl.env.classic;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  private static final Registry REGISTRY =
      Registry.builder().discover(CartPole.class.getClassLoader()).build();

  private Environments() {}

  static Environment single(String id, Map<String, ?> options) {
    EnvironmentEntry provider = REGISTRY.get(EnvironmentEntry.class, id);
    return provider.create(options);
  }

  static VectorEnvironment batch(String id, Map<String, ?> options, int rows) {
    EnvironmentEntry provider = REGISTRY.get(EnvironmentEntry.class, id);
    return provider.create(options, rows);
  }

  static VectorEnvironment singles(String id, Map<String, ?> options, int rows) {
    Environment[] environments = new Environment[rows];
    for (int i = 0; i < rows; i++) {
      environments[i] = single(id, options);
    }
    return VectorEnvironment.of(environments);
  }
}
