package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.ClipAction;

/** Offers {@link ClipAction} as {@code clip-action}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class ClipActionProvider implements WrapperProvider<ClipAction> {

  @Override
  public String id() {
    return "clip-action";
  }

  @Override
  public String description() {
    return "take any real action and clip it to the task's bounds";
  }

  @Override
  public String takes() {
    return "real actions (a float32 Box)";
  }

  @Override
  public String gives() {
    return "unbounded real actions of the same shape";
  }

  @Override
  public OptionSchema<ClipAction> options() {
    return OptionSchema.of(MethodHandles.lookup(), new ClipAction());
  }

  @Override
  public Wrapper create(ClipAction options) {
    return options;
  }
}
