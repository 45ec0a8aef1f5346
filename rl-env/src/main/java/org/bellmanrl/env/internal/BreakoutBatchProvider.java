package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.minatar.Breakout;
import org.bellmanrl.env.minatar.MinAtarOptions;

/** Offers {@link Breakout#batch} as {@code MinAtar/Breakout-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class BreakoutBatchProvider implements VectorEnvironmentProvider<MinAtarOptions> {
  private static final OptionSchema<MinAtarOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MinAtarOptions.defaults());

  @Override
  public String id() {
    return "MinAtar/Breakout-v1";
  }

  @Override
  public String description() {
    return "MinAtar: break bricks with a ball and a paddle";
  }

  @Override
  public OptionSchema<MinAtarOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MinAtarOptions options, int rows) {
    return Breakout.batch(options, rows);
  }
}
