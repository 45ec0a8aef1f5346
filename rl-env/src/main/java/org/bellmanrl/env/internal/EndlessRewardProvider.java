package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.EndlessReward;
import org.bellmanrl.env.diagnostic.EndlessRewardOptions;

/** Offers {@link EndlessReward} as {@code EndlessReward-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class EndlessRewardProvider implements EnvironmentProvider<EndlessRewardOptions> {

  @Override
  public String id() {
    return "EndlessReward-v1";
  }

  @Override
  public String description() {
    return "for testing learners: the same reward for ever, cut by a time limit";
  }

  @Override
  public OptionSchema<EndlessRewardOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), EndlessRewardOptions.defaults());
  }

  @Override
  public Environment create(EndlessRewardOptions options) {
    return new EndlessReward(options);
  }
}
