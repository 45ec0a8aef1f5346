package com.example.drive;

import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;

/** Offers {@link Fog} as {@code example/fog}. */
public final class FogProvider implements WrapperProvider<Fog> {
  private static final OptionSchema<Fog> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new Fog(0.2));

  @Override
  public String id() {
    return "example/fog";
  }

  @Override
  public String description() {
    return "now and then shows the last clear observation once more";
  }

  @Override
  public OptionSchema<Fog> options() {
    return OPTIONS;
  }

  @Override
  public Wrapper create(Fog options) {
    return options;
  }
}
