package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.ShortCorridor;
import org.bellmanrl.env.textbook.ShortCorridorOptions;

/** Offers {@link ShortCorridor} as {@code ShortCorridor-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class ShortCorridorProvider implements EnvironmentProvider<ShortCorridorOptions> {

  @Override
  public String id() {
    return "ShortCorridor-v1";
  }

  @Override
  public String description() {
    return "cells that look the same, where the best policy is random";
  }

  @Override
  public OptionSchema<ShortCorridorOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), ShortCorridorOptions.defaults());
  }

  @Override
  public Environment create(ShortCorridorOptions options) {
    return new ShortCorridor(options);
  }
}
