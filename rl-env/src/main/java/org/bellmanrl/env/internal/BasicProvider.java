package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.RaycastOptions;

/** Offers {@link Basic} as {@code raycast/Basic-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BasicProvider implements EnvironmentProvider<RaycastOptions> {
  private static final OptionSchema<RaycastOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), RaycastOptions.defaults());

  @Override
  public String id() {
    return "raycast/Basic-v1";
  }

  @Override
  public String description() {
    return "Doom-like: shoot the monster at the other side of a room";
  }

  @Override
  public OptionSchema<RaycastOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(RaycastOptions options) {
    return new Basic(options);
  }
}
