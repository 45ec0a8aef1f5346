package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.CarRental;
import org.bellmanrl.env.textbook.CarRentalOptions;

/** Offers {@link CarRental} as {@code CarRental-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class CarRentalProvider implements EnvironmentProvider<CarRentalOptions> {

  @Override
  public String id() {
    return "CarRental-v1";
  }

  @Override
  public String description() {
    return "move cars overnight to where they will be asked for";
  }

  @Override
  public OptionSchema<CarRentalOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), CarRentalOptions.defaults());
  }

  @Override
  public Environment create(CarRentalOptions options) {
    return new CarRental(options);
  }
}
