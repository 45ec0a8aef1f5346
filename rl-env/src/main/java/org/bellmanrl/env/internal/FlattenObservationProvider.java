package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.FlattenObservation;

/** Offers {@link FlattenObservation} as {@code flatten-observation}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class FlattenObservationProvider implements WrapperProvider<FlattenObservation> {

  @Override
  public String id() {
    return "flatten-observation";
  }

  @Override
  public String description() {
    return "make one vector of any observation";
  }

  @Override
  public String takes() {
    return "any observations, nested ones too";
  }

  @Override
  public String gives() {
    return "one real vector (a float32 Box)";
  }

  @Override
  public OptionSchema<FlattenObservation> options() {
    return OptionSchema.of(MethodHandles.lookup(), new FlattenObservation());
  }

  @Override
  public Wrapper create(FlattenObservation options) {
    return options;
  }
}
