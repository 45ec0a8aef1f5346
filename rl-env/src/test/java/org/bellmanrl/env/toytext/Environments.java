package org.bellmanrl.env.toytext;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  private static final Registry REGISTRY =
      Registry.builder().discover(FrozenLake.class.getClassLoader()).build();

  private Environments() {}

  static Environment make(String id, Map<String, ?> options) {
    // A kind is a raw type; the wildcard is captured below.
    EnvironmentEntry provider = REGISTRY.get(EnvironmentEntry.class, id);
    return create(provider, options);
  }

  private static <C extends Record> Environment create(
      EnvironmentEntry<C> provider, Map<String, ?> options) {
    return provider.create(provider.options().parse(options));
  }
}
