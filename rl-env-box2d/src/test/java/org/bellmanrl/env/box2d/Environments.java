package org.bellmanrl.env.box2d;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  private static final Registry REGISTRY = Registry.of(new Box2dCatalogue());

  private Environments() {}

  static Environment make(String id, Map<String, ?> options) {
    return REGISTRY.get(EnvironmentEntry.class, id).create(options);
  }
}
