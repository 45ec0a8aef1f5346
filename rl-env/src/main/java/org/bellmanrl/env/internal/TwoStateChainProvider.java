package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.TwoStateChain;
import org.bellmanrl.env.diagnostic.TwoStateChainOptions;

/** Offers {@link TwoStateChain} as {@code TwoStateChain-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class TwoStateChainProvider implements EnvironmentProvider<TwoStateChainOptions> {

  @Override
  public String id() {
    return "TwoStateChain-v1";
  }

  @Override
  public String description() {
    return "for testing learners: a little now, or more later";
  }

  @Override
  public OptionSchema<TwoStateChainOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), TwoStateChainOptions.defaults());
  }

  @Override
  public Environment create(TwoStateChainOptions options) {
    return new TwoStateChain(options);
  }
}
