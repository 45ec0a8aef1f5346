package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;

/** Offers the batched form of {@link Taxi} as {@code Taxi-v4}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class TaxiBatchProvider implements VectorEnvironmentProvider<TaxiOptions> {
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
  public VectorEnvironment create(TaxiOptions options, int rows) {
    return Taxi.batch(options, rows);
  }
}
