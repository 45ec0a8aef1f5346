package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.Resize;

/** Offers {@link Resize} as {@code resize}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class ResizeProvider implements WrapperProvider<Resize> {

  @Override
  public String id() {
    return "resize";
  }

  @Override
  public String description() {
    return "resize pictures by areas";
  }

  @Override
  public String takes() {
    return "pictures of height x width, or x channels (a uint8 Box)";
  }

  @Override
  public String gives() {
    return "pictures of the new height and width";
  }

  @Override
  public OptionSchema<Resize> options() {
    return OptionSchema.of(MethodHandles.lookup(), new Resize());
  }

  @Override
  public Wrapper create(Resize options) {
    return options;
  }
}
