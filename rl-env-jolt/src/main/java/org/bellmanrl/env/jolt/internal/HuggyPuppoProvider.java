package org.bellmanrl.env.jolt.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.NoOptions;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.jolt.HuggyPuppo;

/** Offers {@link HuggyPuppo} as {@code HuggyPuppo-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class HuggyPuppoProvider implements EnvironmentProvider<NoOptions> {
  private static final OptionSchema<NoOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new NoOptions());

  @Override
  public String id() {
    return "HuggyPuppo-v1";
  }

  @Override
  public String description() {
    return "Huggy with the sizes and the reward of ML-Agents' dog";
  }

  @Override
  public OptionSchema<NoOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(NoOptions options) {
    return new HuggyPuppo(id());
  }
}
