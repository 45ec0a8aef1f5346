package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.AccessControl;
import org.bellmanrl.env.textbook.AccessControlOptions;

/** Offers {@link AccessControl} as {@code AccessControl-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class AccessControlProvider implements EnvironmentProvider<AccessControlOptions> {

  @Override
  public String id() {
    return "AccessControl-v1";
  }

  @Override
  public String description() {
    return "assign servers to customers who pay, or wait for those who pay more";
  }

  @Override
  public OptionSchema<AccessControlOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), AccessControlOptions.defaults());
  }

  @Override
  public Environment create(AccessControlOptions options) {
    return new AccessControl(options);
  }
}
