package org.bellmanrl.env;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;

/** Makes the environments of this module's catalogue as users do: by id and options. */
public final class Environments {
  /** Everything in this module's catalogue. */
  public static final Registry REGISTRY = Registry.of(new EnvCatalogue());

  private Environments() {}

  /** Makes one environment. */
  public static Environment single(String id, Map<String, ?> options) {
    return REGISTRY.get(EnvironmentEntry.class, id).create(options);
  }

  /** Makes environments that are stepped together, in the batched form where there is one. */
  public static VectorEnvironment batch(String id, Map<String, ?> options, int rows) {
    return REGISTRY.get(EnvironmentEntry.class, id).create(options, rows);
  }

  /** Makes environments that are stepped one after the other. */
  public static VectorEnvironment singles(String id, Map<String, ?> options, int rows) {
    Environment[] environments = new Environment[rows];
    for (int i = 0; i < rows; i++) {
      environments[i] = single(id, options);
    }
    return VectorEnvironment.of(environments);
  }
}
