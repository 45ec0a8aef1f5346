package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.TupleTask;
import org.bellmanrl.env.diagnostic.TupleTaskOptions;

/** Offers {@link TupleTask} as {@code TupleTask-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class TupleTaskProvider implements EnvironmentProvider<TupleTaskOptions> {

  @Override
  public String id() {
    return "TupleTask-v1";
  }

  @Override
  public String description() {
    return "for testing learners: add up the parts of a Tuple";
  }

  @Override
  public OptionSchema<TupleTaskOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), TupleTaskOptions.defaults());
  }

  @Override
  public Environment create(TupleTaskOptions options) {
    return new TupleTask(options);
  }
}
