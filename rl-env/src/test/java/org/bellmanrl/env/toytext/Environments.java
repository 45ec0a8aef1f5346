package org.bellmanrl.env.toytext;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.registry.Registry;

/** Makes environments as users do: by id and options. */
final class Environments {
  private static final Registry REGISTRY =
      Registry.builder()
          .kind(EnvironmentProvider.class)
          .discover(FrozenLake.class.getClassLoader())
          .build();

  private Environments() {}

  static Environment make(String id, Map<String, ?> options) {
    // A kind is a raw type; the wildcard is captured below.
    EnvironmentProvider<?> provider = REGISTRY.get(EnvironmentProvider.class, id);
    return create(provider, options);
  }

  private static <C extends Record> Environment create(
      EnvironmentProvider<C> provider, Map<String, ?> options) {
    return provider.create(provider.options().parse(options));
  }
}
