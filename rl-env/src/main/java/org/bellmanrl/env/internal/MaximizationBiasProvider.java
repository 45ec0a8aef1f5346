package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.MaximizationBias;
import org.bellmanrl.env.textbook.MaximizationBiasOptions;

/** Offers {@link MaximizationBias} as {@code MaximizationBias-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class MaximizationBiasProvider
    implements EnvironmentProvider<MaximizationBiasOptions> {

  @Override
  public String id() {
    return "MaximizationBias-v1";
  }

  @Override
  public String description() {
    return "many poor choices, of which one always looks good";
  }

  @Override
  public OptionSchema<MaximizationBiasOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), MaximizationBiasOptions.defaults());
  }

  @Override
  public Environment create(MaximizationBiasOptions options) {
    return new MaximizationBias(options);
  }
}
