package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.MaskedTask;
import org.bellmanrl.env.diagnostic.MaskedTaskOptions;

/** Offers {@link MaskedTask} as {@code MaskedTask-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class MaskedTaskProvider implements EnvironmentProvider<MaskedTaskOptions> {

  @Override
  public String id() {
    return "MaskedTask-v1";
  }

  @Override
  public String description() {
    return "for testing learners: go as high as the mask allows";
  }

  @Override
  public OptionSchema<MaskedTaskOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), MaskedTaskOptions.defaults());
  }

  @Override
  public Environment create(MaskedTaskOptions options) {
    return new MaskedTask(options);
  }
}
