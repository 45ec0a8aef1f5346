package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.NoOptions;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.BairdCounterexample;

/** Offers {@link BairdCounterexample} as {@code Baird-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BairdCounterexampleProvider implements EnvironmentProvider<NoOptions> {

  @Override
  public String id() {
    return "Baird-v1";
  }

  @Override
  public String description() {
    return "where learning off policy with features diverges";
  }

  @Override
  public OptionSchema<NoOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), new NoOptions());
  }

  @Override
  public Environment create(NoOptions options) {
    return new BairdCounterexample(options);
  }
}
