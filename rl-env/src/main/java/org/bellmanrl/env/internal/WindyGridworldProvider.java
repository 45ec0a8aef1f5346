package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.WindyGridworld;
import org.bellmanrl.env.textbook.WindyGridworldOptions;

/** Offers {@link WindyGridworld} as {@code WindyGridworld-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class WindyGridworldProvider implements EnvironmentProvider<WindyGridworldOptions> {

  @Override
  public String id() {
    return "WindyGridworld-v1";
  }

  @Override
  public String description() {
    return "cross a field on which the wind blows upwards";
  }

  @Override
  public OptionSchema<WindyGridworldOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), WindyGridworldOptions.defaults());
  }

  @Override
  public Environment create(WindyGridworldOptions options) {
    return new WindyGridworld(options);
  }
}
