package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.MountainCar;
import org.bellmanrl.env.classic.MountainCarOptions;

/** Offers {@link MountainCar#batch} as {@code MountainCar-v0}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class MountainCarBatchProvider
    implements VectorEnvironmentProvider<MountainCarOptions> {
  private static final OptionSchema<MountainCarOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MountainCarOptions.defaults());

  @Override
  public String id() {
    return "MountainCar-v0";
  }

  @Override
  public String description() {
    return "swing a weak car out of a valley";
  }

  @Override
  public OptionSchema<MountainCarOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MountainCarOptions options, int rows) {
    return MountainCar.batch(options, rows);
  }
}
