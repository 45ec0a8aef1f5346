package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;

/** Offers {@link Taxi} as {@code Taxi-v4}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class TaxiProvider implements EnvironmentProvider<TaxiOptions> {
  private static final OptionSchema<TaxiOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), TaxiOptions.defaults());

  @Override
  public String id() {
    return "Taxi-v4";
  }

  @Override
  public String description() {
    return "fetch a passenger at one of four stands and bring them to another";
  }

  @Override
  public OptionSchema<TaxiOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(TaxiOptions options) {
    return new Taxi(options);
  }
}
