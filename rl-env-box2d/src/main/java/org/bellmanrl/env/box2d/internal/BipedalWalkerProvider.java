package org.bellmanrl.env.box2d.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.box2d.BipedalWalker;
import org.bellmanrl.env.box2d.BipedalWalkerOptions;

/** Offers {@link BipedalWalker} as {@code BipedalWalker-v3}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BipedalWalkerProvider implements EnvironmentProvider<BipedalWalkerOptions> {
  private static final OptionSchema<BipedalWalkerOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), BipedalWalkerOptions.defaults());

  @Override
  public String id() {
    return "BipedalWalker-v3";
  }

  @Override
  public String description() {
    return "walk on two legs over slightly uneven ground";
  }

  @Override
  public OptionSchema<BipedalWalkerOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(BipedalWalkerOptions options) {
    return new BipedalWalker(id(), 1600, options);
  }
}
