package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.MultiDiscreteTask;
import org.bellmanrl.env.diagnostic.MultiDiscreteTaskOptions;

/** Offers {@link MultiDiscreteTask} as {@code MultiDiscreteTask-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class MultiDiscreteTaskProvider
    implements EnvironmentProvider<MultiDiscreteTaskOptions> {

  @Override
  public String id() {
    return "MultiDiscreteTask-v1";
  }

  @Override
  public String description() {
    return "for testing learners: do what you see, element by element";
  }

  @Override
  public OptionSchema<MultiDiscreteTaskOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), MultiDiscreteTaskOptions.defaults());
  }

  @Override
  public Environment create(MultiDiscreteTaskOptions options) {
    return new MultiDiscreteTask(options);
  }
}
