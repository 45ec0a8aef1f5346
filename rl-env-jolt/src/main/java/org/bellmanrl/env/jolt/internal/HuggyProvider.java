package org.bellmanrl.env.jolt.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.jolt.Fetch;
import org.bellmanrl.env.jolt.FetchOptions;
import org.bellmanrl.env.jolt.Huggy;

/** Offers {@link Fetch} with Huggy's body as {@code Huggy-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class HuggyProvider implements EnvironmentProvider<FetchOptions> {
  private static final OptionSchema<FetchOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), FetchOptions.defaults());

  @Override
  public String id() {
    return "Huggy-v1";
  }

  @Override
  public String description() {
    return "walk on four legs to a stick, as a dog does";
  }

  @Override
  public OptionSchema<FetchOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(FetchOptions options) {
    return Huggy.fetch(id(), options);
  }
}
