package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;

/**
 * Offers {@link CliffWalking} as {@code CliffWalkingSlippery-v1}: slippery unless told otherwise.
 */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class CliffWalkingSlipperyBatchProvider
    implements VectorEnvironmentProvider<CliffWalkingOptions> {
  private static final OptionSchema<CliffWalkingOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new CliffWalkingOptions(true));

  @Override
  public String id() {
    return "CliffWalkingSlippery-v1";
  }

  @Override
  public String description() {
    return "the cliff on ground where moves go sideways two times in three";
  }

  @Override
  public OptionSchema<CliffWalkingOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(CliffWalkingOptions options, int rows) {
    return CliffWalking.batch(id(), options, rows);
  }
}
