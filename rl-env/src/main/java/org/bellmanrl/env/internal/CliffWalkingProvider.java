package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;

/** Offers {@link CliffWalking} as {@code CliffWalking-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class CliffWalkingProvider implements EnvironmentProvider<CliffWalkingOptions> {
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
  public Environment create(CliffWalkingOptions options) {
    return new CliffWalking(options);
  }
}
