package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.Render;

/** Offers {@link Render} as {@code render}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class RenderProvider implements WrapperProvider<Render> {

  @Override
  public String id() {
    return "render";
  }

  @Override
  public String description() {
    return "show the picture of the task instead of its observation";
  }

  @Override
  public String takes() {
    return "any task that draws itself";
  }

  @Override
  public String gives() {
    return "pictures of height x width x 3 (a uint8 Box)";
  }

  @Override
  public OptionSchema<Render> options() {
    return OptionSchema.of(MethodHandles.lookup(), new Render());
  }

  @Override
  public Wrapper create(Render options) {
    return options;
  }
}
