package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.RescaleAction;

/** Offers {@link RescaleAction} as {@code rescale-action}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class RescaleActionProvider implements WrapperProvider<RescaleAction> {

  @Override
  public String id() {
    return "rescale-action";
  }

  @Override
  public String description() {
    return "take actions from [-1, 1] or another range and map them to the task's";
  }

  @Override
  public String takes() {
    return "real actions (a float32 Box)";
  }

  @Override
  public String gives() {
    return "real actions of the same shape in the new range";
  }

  @Override
  public OptionSchema<RescaleAction> options() {
    return OptionSchema.of(MethodHandles.lookup(), new RescaleAction());
  }

  @Override
  public Wrapper create(RescaleAction options) {
    return options;
  }
}
