package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.minatar.MinAtarOptions;
import org.bellmanrl.env.minatar.Seaquest;

/** Offers {@link Seaquest#batch} as {@code MinAtar/Seaquest-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class SeaquestBatchProvider implements VectorEnvironmentProvider<MinAtarOptions> {
  private static final OptionSchema<MinAtarOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MinAtarOptions.defaults());

  @Override
  public String id() {
    return "MinAtar/Seaquest-v1";
  }

  @Override
  public String description() {
    return "MinAtar: rescue divers, shoot what swims, and mind the oxygen";
  }

  @Override
  public OptionSchema<MinAtarOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MinAtarOptions options, int rows) {
    return Seaquest.batch(options, rows);
  }
}
