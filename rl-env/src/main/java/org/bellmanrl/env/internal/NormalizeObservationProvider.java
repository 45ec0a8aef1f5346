package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.NormalizeObservation;

/** Offers {@link NormalizeObservation} as {@code normalize-observation}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class NormalizeObservationProvider implements WrapperProvider<NormalizeObservation> {

  @Override
  public String id() {
    return "normalize-observation";
  }

  @Override
  public String description() {
    return "bring observations to mean 0 and variance 1 by running statistics";
  }

  @Override
  public String takes() {
    return "observations in a Box";
  }

  @Override
  public String gives() {
    return "real observations of the same shape";
  }

  @Override
  public OptionSchema<NormalizeObservation> options() {
    return OptionSchema.of(MethodHandles.lookup(), new NormalizeObservation());
  }

  @Override
  public Wrapper create(NormalizeObservation options) {
    return options;
  }
}
