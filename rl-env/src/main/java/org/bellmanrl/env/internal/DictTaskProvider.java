package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.DictTask;
import org.bellmanrl.env.diagnostic.DictTaskOptions;

/** Offers {@link DictTask} as {@code DictTask-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class DictTaskProvider implements EnvironmentProvider<DictTaskOptions> {

  @Override
  public String id() {
    return "DictTask-v1";
  }

  @Override
  public String description() {
    return "for testing learners: look at both parts of a Dict";
  }

  @Override
  public OptionSchema<DictTaskOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), DictTaskOptions.defaults());
  }

  @Override
  public Environment create(DictTaskOptions options) {
    return new DictTask(options);
  }
}
