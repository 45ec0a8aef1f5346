package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.Gambler;
import org.bellmanrl.env.textbook.GamblerOptions;

/** Offers {@link Gambler} as {@code Gambler-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class GamblerProvider implements EnvironmentProvider<GamblerOptions> {

  @Override
  public String id() {
    return "Gambler-v1";
  }

  @Override
  public String description() {
    return "bet on a coin until there is 100, or nothing";
  }

  @Override
  public OptionSchema<GamblerOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), GamblerOptions.defaults());
  }

  @Override
  public Environment create(GamblerOptions options) {
    return new Gambler(options);
  }
}
