package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.Discretize;

/** Offers {@link Discretize} as {@code discretize}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class DiscretizeProvider implements WrapperProvider<Discretize> {

  @Override
  public String id() {
    return "discretize";
  }

  @Override
  public String description() {
    return "sort real observations into bins of equal width";
  }

  @Override
  public String takes() {
    return "real observations (a float32 Box)";
  }

  @Override
  public String gives() {
    return "the number of the bin (Discrete), or one bin per element (MultiDiscrete)";
  }

  @Override
  public OptionSchema<Discretize> options() {
    return OptionSchema.of(MethodHandles.lookup(), new Discretize());
  }

  @Override
  public Wrapper create(Discretize options) {
    return options;
  }
}
