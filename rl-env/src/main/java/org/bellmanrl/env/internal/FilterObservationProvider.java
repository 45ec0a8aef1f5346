package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.FilterObservation;

/** Offers {@link FilterObservation} as {@code filter-observation}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class FilterObservationProvider implements WrapperProvider<FilterObservation> {

  @Override
  public String id() {
    return "filter-observation";
  }

  @Override
  public String description() {
    return "show some parts of a Dict or Tuple only";
  }

  @Override
  public String takes() {
    return "observations in a Dict or a Tuple";
  }

  @Override
  public String gives() {
    return "a Dict or a Tuple of the chosen parts";
  }

  @Override
  public OptionSchema<FilterObservation> options() {
    return OptionSchema.of(MethodHandles.lookup(), new FilterObservation());
  }

  @Override
  public Wrapper create(FilterObservation options) {
    return options;
  }
}
