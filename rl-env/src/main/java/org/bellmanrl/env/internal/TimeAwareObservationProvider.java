package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.TimeAwareObservation;

/** Offers {@link TimeAwareObservation} as {@code time-aware-observation}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class TimeAwareObservationProvider implements WrapperProvider<TimeAwareObservation> {

  @Override
  public String id() {
    return "time-aware-observation";
  }

  @Override
  public String description() {
    return "add the time within the episode to observations";
  }

  @Override
  public String takes() {
    return "any observations of a task with an episode limit";
  }

  @Override
  public String gives() {
    return "them and the time in one real vector, or as parts of a Dict or a Tuple";
  }

  @Override
  public OptionSchema<TimeAwareObservation> options() {
    return OptionSchema.of(MethodHandles.lookup(), new TimeAwareObservation());
  }

  @Override
  public Wrapper create(TimeAwareObservation options) {
    return options;
  }
}
