package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;

/** Offers the batched form of {@link CliffWalking} as {@code CliffWalking-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class CliffWalkingBatchProvider
    implements VectorEnvironmentProvider<CliffWalkingOptions> {
  private static final OptionSchema<CliffWalkingOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), CliffWalkingOptions.defaults());

  @Override
  public String id() {
    return "CliffWalking-v1";
  }

  @Override
  public String description() {
    return "walk along a cliff to the goal without falling off";
  }

  @Override
  public OptionSchema<CliffWalkingOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(CliffWalkingOptions options, int rows) {
    return CliffWalking.batch(options, rows);
  }
}
