package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;

/** Offers {@link Pendulum} as {@code Pendulum-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class PendulumProvider implements EnvironmentProvider<PendulumOptions> {
  private static final OptionSchema<PendulumOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), PendulumOptions.defaults());

  @Override
  public String id() {
    return "Pendulum-v1";
  }

  @Override
  public String description() {
    return "swing a pendulum up and keep it there";
  }

  @Override
  public OptionSchema<PendulumOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(PendulumOptions options) {
    return new Pendulum(options);
  }
}
