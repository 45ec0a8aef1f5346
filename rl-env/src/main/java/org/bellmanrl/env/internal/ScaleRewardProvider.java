package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.ScaleReward;

/** Offers {@link ScaleReward} as {@code scale-reward}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class ScaleRewardProvider implements WrapperProvider<ScaleReward> {

  @Override
  public String id() {
    return "scale-reward";
  }

  @Override
  public String description() {
    return "multiply rewards by a factor";
  }

  @Override
  public OptionSchema<ScaleReward> options() {
    return OptionSchema.of(MethodHandles.lookup(), new ScaleReward());
  }

  @Override
  public Wrapper create(ScaleReward options) {
    return options;
  }
}
