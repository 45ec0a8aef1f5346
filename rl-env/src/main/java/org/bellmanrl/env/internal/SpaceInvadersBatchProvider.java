package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.minatar.MinAtarOptions;
import org.bellmanrl.env.minatar.SpaceInvaders;

/** Offers {@link SpaceInvaders#batch} as {@code MinAtar/SpaceInvaders-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class SpaceInvadersBatchProvider implements VectorEnvironmentProvider<MinAtarOptions> {
  private static final OptionSchema<MinAtarOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MinAtarOptions.defaults());

  @Override
  public String id() {
    return "MinAtar/SpaceInvaders-v1";
  }

  @Override
  public String description() {
    return "MinAtar: shoot aliens that march down and shoot back";
  }

  @Override
  public OptionSchema<MinAtarOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MinAtarOptions options, int rows) {
    return SpaceInvaders.batch(options, rows);
  }
}
