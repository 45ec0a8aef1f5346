package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.Identity;
import org.bellmanrl.env.diagnostic.IdentityOptions;

/** Offers {@link Identity} as {@code Identity-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class IdentityProvider implements EnvironmentProvider<IdentityOptions> {

  @Override
  public String id() {
    return "Identity-v1";
  }

  @Override
  public String description() {
    return "for testing learners: do what you see";
  }

  @Override
  public OptionSchema<IdentityOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), IdentityOptions.defaults());
  }

  @Override
  public Environment create(IdentityOptions options) {
    return new Identity(options);
  }
}
