package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.FrameStack;

/** Offers {@link FrameStack} as {@code frame-stack}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class FrameStackProvider implements WrapperProvider<FrameStack> {

  @Override
  public String id() {
    return "frame-stack";
  }

  @Override
  public String description() {
    return "show the last observations together";
  }

  @Override
  public String takes() {
    return "observations in a Box, or in a Discrete from 0";
  }

  @Override
  public String gives() {
    return "a Box with one more dimension, or a MultiDiscrete";
  }

  @Override
  public OptionSchema<FrameStack> options() {
    return OptionSchema.of(MethodHandles.lookup(), new FrameStack());
  }

  @Override
  public Wrapper create(FrameStack options) {
    return options;
  }
}
