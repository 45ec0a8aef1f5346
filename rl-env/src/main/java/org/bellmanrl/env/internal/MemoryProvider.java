package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.diagnostic.Memory;
import org.bellmanrl.env.diagnostic.MemoryOptions;

/** Offers {@link Memory} as {@code Memory-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class MemoryProvider implements EnvironmentProvider<MemoryOptions> {

  @Override
  public String id() {
    return "Memory-v1";
  }

  @Override
  public String description() {
    return "for testing learners: remember a cue until it is asked for";
  }

  @Override
  public OptionSchema<MemoryOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), MemoryOptions.defaults());
  }

  @Override
  public Environment create(MemoryOptions options) {
    return new Memory(options);
  }
}
