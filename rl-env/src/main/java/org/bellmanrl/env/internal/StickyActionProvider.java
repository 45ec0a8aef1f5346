package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.StickyAction;

/** Offers {@link StickyAction} as {@code sticky-action}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class StickyActionProvider implements WrapperProvider<StickyAction> {

  @Override
  public String id() {
    return "sticky-action";
  }

  @Override
  public String description() {
    return "take the last action again at random";
  }

  @Override
  public String takes() {
    return "any task without a mask";
  }

  @Override
  public OptionSchema<StickyAction> options() {
    return OptionSchema.of(MethodHandles.lookup(), new StickyAction());
  }

  @Override
  public Wrapper create(StickyAction options) {
    return options;
  }
}
