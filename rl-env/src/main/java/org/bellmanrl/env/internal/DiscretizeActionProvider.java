package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.DiscretizeAction;

/** Offers {@link DiscretizeAction} as {@code discretize-action}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class DiscretizeActionProvider implements WrapperProvider<DiscretizeAction> {

  @Override
  public String id() {
    return "discretize-action";
  }

  @Override
  public String description() {
    return "offer finitely many of a continuous task's actions";
  }

  @Override
  public String takes() {
    return "real actions (a float32 Box)";
  }

  @Override
  public String gives() {
    return "the number of a combination of bins (Discrete), or one bin per element (MultiDiscrete)";
  }

  @Override
  public OptionSchema<DiscretizeAction> options() {
    return OptionSchema.of(MethodHandles.lookup(), new DiscretizeAction());
  }

  @Override
  public Wrapper create(DiscretizeAction options) {
    return options;
  }
}
