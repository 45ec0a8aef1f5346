package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.MountainCar;
import org.bellmanrl.env.classic.MountainCarOptions;

/** Offers {@link MountainCar} as {@code MountainCar-v0}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class MountainCarProvider implements EnvironmentProvider<MountainCarOptions> {
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
  public Environment create(MountainCarOptions options) {
    return new MountainCar(options);
  }
}
