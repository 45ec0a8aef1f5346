package com.example.drive;

import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;

/** Offers {@link TwoLaneDrive} as {@code example/TwoLaneDrive-v1}. */
public final class TwoLaneDriveProvider implements EnvironmentProvider<TwoLaneDriveOptions> {
  private static final OptionSchema<TwoLaneDriveOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), TwoLaneDriveOptions.defaults());

  @Override
  public String id() {
    return "example/TwoLaneDrive-v1";
  }

  @Override
  public String description() {
    return "a drive without end past slower cars in two lanes";
  }

  @Override
  public OptionSchema<TwoLaneDriveOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(TwoLaneDriveOptions options) {
    return new TwoLaneDrive(options);
  }
}
