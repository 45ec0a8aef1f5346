package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.NormalizeReward;

/** Offers {@link NormalizeReward} as {@code normalize-reward}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class NormalizeRewardProvider implements WrapperProvider<NormalizeReward> {

  @Override
  public String id() {
    return "normalize-reward";
  }

  @Override
  public String description() {
    return "divide rewards by the running deviation of returns";
  }

  @Override
  public OptionSchema<NormalizeReward> options() {
    return OptionSchema.of(MethodHandles.lookup(), new NormalizeReward());
  }

  @Override
  public Wrapper create(NormalizeReward options) {
    return options;
  }
}
