package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.raycast.DefendTheCenter;
import org.bellmanrl.env.raycast.RaycastOptions;

/** Offers {@link DefendTheCenter} as {@code raycast/DefendTheCenter-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class DefendTheCenterProvider implements EnvironmentProvider<RaycastOptions> {
  private static final OptionSchema<RaycastOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), RaycastOptions.defaults());

  @Override
  public String id() {
    return "raycast/DefendTheCenter-v1";
  }

  @Override
  public String description() {
    return "Doom-like: hold out in an arena against monsters from everywhere";
  }

  @Override
  public OptionSchema<RaycastOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(RaycastOptions options) {
    return new DefendTheCenter(options);
  }
}
