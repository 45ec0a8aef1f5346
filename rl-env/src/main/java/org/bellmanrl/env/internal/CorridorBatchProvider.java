package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.raycast.Corridor;
import org.bellmanrl.env.raycast.RaycastOptions;

/** Offers {@link Corridor#batch} as {@code raycast/Corridor-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class CorridorBatchProvider implements VectorEnvironmentProvider<RaycastOptions> {
  private static final OptionSchema<RaycastOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), RaycastOptions.defaults());

  @Override
  public String id() {
    return "raycast/Corridor-v1";
  }

  @Override
  public String description() {
    return "Doom-like: get through a corridor of soldiers to a vest";
  }

  @Override
  public OptionSchema<RaycastOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(RaycastOptions options, int rows) {
    return Corridor.batch(options, rows);
  }
}
