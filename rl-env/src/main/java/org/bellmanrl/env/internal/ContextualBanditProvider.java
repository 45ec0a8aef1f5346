package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.ContextualBandit;
import org.bellmanrl.env.textbook.ContextualBanditOptions;

/** Offers {@link ContextualBandit} as {@code ContextualBandit-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class ContextualBanditProvider
    implements EnvironmentProvider<ContextualBanditOptions> {

  @Override
  public String id() {
    return "ContextualBandit-v1";
  }

  @Override
  public String description() {
    return "which arm pays best in this context?";
  }

  @Override
  public OptionSchema<ContextualBanditOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), ContextualBanditOptions.defaults());
  }

  @Override
  public Environment create(ContextualBanditOptions options) {
    return new ContextualBandit(options);
  }
}
