package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.TimeLimit;

/** Offers {@link TimeLimit} as {@code time-limit}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class TimeLimitProvider implements WrapperProvider<TimeLimit> {

  @Override
  public String id() {
    return "time-limit";
  }

  @Override
  public String description() {
    return "truncate episodes after a number of steps";
  }

  @Override
  public OptionSchema<TimeLimit> options() {
    return OptionSchema.of(MethodHandles.lookup(), new TimeLimit());
  }

  @Override
  public Wrapper create(TimeLimit options) {
    return options;
  }
}
