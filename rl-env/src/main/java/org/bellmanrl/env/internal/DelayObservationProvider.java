package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.DelayObservation;

/** Offers {@link DelayObservation} as {@code delay-observation}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class DelayObservationProvider implements WrapperProvider<DelayObservation> {

  @Override
  public String id() {
    return "delay-observation";
  }

  @Override
  public String description() {
    return "show observations some steps late";
  }

  @Override
  public OptionSchema<DelayObservation> options() {
    return OptionSchema.of(MethodHandles.lookup(), new DelayObservation());
  }

  @Override
  public Wrapper create(DelayObservation options) {
    return options;
  }
}
