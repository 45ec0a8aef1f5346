package org.bellmanrl.env.box2d.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.box2d.LunarLander;
import org.bellmanrl.env.box2d.LunarLanderOptions;

/** Offers {@link LunarLander} as {@code LunarLander-v3}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class LunarLanderProvider implements EnvironmentProvider<LunarLanderOptions> {
  private static final OptionSchema<LunarLanderOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), LunarLanderOptions.defaults());

  @Override
  public String id() {
    return "LunarLander-v3";
  }

  @Override
  public String description() {
    return "land a craft on a pad by switching its engines";
  }

  @Override
  public OptionSchema<LunarLanderOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(LunarLanderOptions options) {
    return new LunarLander(id(), 1000, options);
  }
}
