package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;

/** Offers {@link Pendulum#batch} as {@code Pendulum-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class PendulumBatchProvider implements VectorEnvironmentProvider<PendulumOptions> {
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
  public VectorEnvironment create(PendulumOptions options, int rows) {
    return Pendulum.batch(options, rows);
  }
}
