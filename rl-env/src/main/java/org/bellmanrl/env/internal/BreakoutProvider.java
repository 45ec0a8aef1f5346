package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.minatar.Breakout;
import org.bellmanrl.env.minatar.MinAtarOptions;

/** Offers {@link Breakout} as {@code MinAtar/Breakout-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BreakoutProvider implements EnvironmentProvider<MinAtarOptions> {
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
  public Environment create(MinAtarOptions options) {
    return new Breakout(options);
  }
}
