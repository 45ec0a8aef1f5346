package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;

/**
 * Offers the batched form of {@link FrozenLake} as {@code FrozenLake8x8-v1}: the bigger map, twice
 * the steps.
 */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class FrozenLake8x8BatchProvider
    implements VectorEnvironmentProvider<FrozenLakeOptions> {
  private static final OptionSchema<FrozenLakeOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), FrozenLakeOptions.defaults().withMapName("8x8"));

  @Override
  public String id() {
    return "FrozenLake8x8-v1";
  }

  @Override
  public String description() {
    return "the frozen lake with 8 rows of 8, and 200 steps to cross it";
  }

  @Override
  public OptionSchema<FrozenLakeOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(FrozenLakeOptions options, int rows) {
    return FrozenLake.batch(id(), 200, options, rows);
  }
}
