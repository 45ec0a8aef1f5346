package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;

/** Offers the batched form of {@link FrozenLake} as {@code FrozenLake-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class FrozenLakeBatchProvider implements VectorEnvironmentProvider<FrozenLakeOptions> {
  private static final OptionSchema<FrozenLakeOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), FrozenLakeOptions.defaults());

  @Override
  public String id() {
    return "FrozenLake-v1";
  }

  @Override
  public String description() {
    return "cross a frozen lake to the goal without falling into a hole";
  }

  @Override
  public OptionSchema<FrozenLakeOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(FrozenLakeOptions options, int rows) {
    return FrozenLake.batch(options, rows);
  }
}
