package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.MountainCarContinuous;
import org.bellmanrl.env.classic.MountainCarOptions;

/** Offers {@link MountainCarContinuous#batch} as {@code MountainCarContinuous-v0}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class MountainCarContinuousBatchProvider
    implements VectorEnvironmentProvider<MountainCarOptions> {
  private static final OptionSchema<MountainCarOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MountainCarOptions.defaults());

  @Override
  public String id() {
    return "MountainCarContinuous-v0";
  }

  @Override
  public String description() {
    return "swing a weak car out of a valley with as little force as possible";
  }

  @Override
  public OptionSchema<MountainCarOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MountainCarOptions options, int rows) {
    return MountainCarContinuous.batch(options, rows);
  }
}
