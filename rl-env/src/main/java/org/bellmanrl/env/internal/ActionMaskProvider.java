package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.ActionMask;

/** Offers {@link ActionMask} as {@code action-mask}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class ActionMaskProvider implements WrapperProvider<ActionMask.Options> {

  @Override
  public String id() {
    return "action-mask";
  }

  @Override
  public String description() {
    return "forbid actions, or hide the task's mask";
  }

  @Override
  public String takes() {
    return "discrete, multi-discrete or multi-binary actions";
  }

  @Override
  public OptionSchema<ActionMask.Options> options() {
    return OptionSchema.of(MethodHandles.lookup(), ActionMask.Options.defaults());
  }

  @Override
  public Wrapper create(ActionMask.Options options) {
    return new ActionMask(options);
  }
}
