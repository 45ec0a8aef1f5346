package org.bellmanrl.env.box2d.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.box2d.BipedalWalker;
import org.bellmanrl.env.box2d.BipedalWalkerOptions;

/** Offers {@link BipedalWalker} as {@code BipedalWalkerHardcore-v3}: with obstacles. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BipedalWalkerHardcoreProvider
    implements EnvironmentProvider<BipedalWalkerOptions> {
  private static final OptionSchema<BipedalWalkerOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new BipedalWalkerOptions(true));

  @Override
  public String id() {
    return "BipedalWalkerHardcore-v3";
  }

  @Override
  public String description() {
    return "walk on two legs over stumps, stairs and pits";
  }

  @Override
  public OptionSchema<BipedalWalkerOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(BipedalWalkerOptions options) {
    return new BipedalWalker(id(), 2000, options);
  }
}
