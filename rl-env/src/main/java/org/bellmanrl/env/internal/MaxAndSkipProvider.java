package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.MaxAndSkip;

/** Offers {@link MaxAndSkip} as {@code max-and-skip}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class MaxAndSkipProvider implements WrapperProvider<MaxAndSkip> {

  @Override
  public String id() {
    return "max-and-skip";
  }

  @Override
  public String description() {
    return "repeat actions and show the larger of the last two observations";
  }

  @Override
  public String takes() {
    return "observations in a Box; actions without a mask";
  }

  @Override
  public OptionSchema<MaxAndSkip> options() {
    return OptionSchema.of(MethodHandles.lookup(), new MaxAndSkip());
  }

  @Override
  public Wrapper create(MaxAndSkip options) {
    return options;
  }
}
