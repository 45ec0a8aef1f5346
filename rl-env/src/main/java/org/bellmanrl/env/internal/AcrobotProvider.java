package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.Acrobot;
import org.bellmanrl.env.classic.AcrobotOptions;

/** Offers {@link Acrobot} as {@code Acrobot-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class AcrobotProvider implements EnvironmentProvider<AcrobotOptions> {
  private static final OptionSchema<AcrobotOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), AcrobotOptions.defaults());

  @Override
  public String id() {
    return "Acrobot-v1";
  }

  @Override
  public String description() {
    return "swing the end of a two-link chain above a line";
  }

  @Override
  public OptionSchema<AcrobotOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(AcrobotOptions options) {
    return new Acrobot(options);
  }
}
