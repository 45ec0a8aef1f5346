package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.ClipReward;

/** Offers {@link ClipReward} as {@code clip-reward}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class ClipRewardProvider implements WrapperProvider<ClipReward> {

  @Override
  public String id() {
    return "clip-reward";
  }

  @Override
  public String description() {
    return "clip rewards to a range";
  }

  @Override
  public OptionSchema<ClipReward> options() {
    return OptionSchema.of(MethodHandles.lookup(), new ClipReward());
  }

  @Override
  public Wrapper create(ClipReward options) {
    return options;
  }
}
