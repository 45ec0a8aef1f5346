package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.DynaMaze;
import org.bellmanrl.env.textbook.DynaMazeOptions;

/** Offers {@link DynaMaze} as {@code DynaMaze-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class DynaMazeProvider implements EnvironmentProvider<DynaMazeOptions> {

  @Override
  public String id() {
    return "DynaMaze-v1";
  }

  @Override
  public String description() {
    return "find the way through the maze that planning is shown on";
  }

  @Override
  public OptionSchema<DynaMazeOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), DynaMazeOptions.defaults());
  }

  @Override
  public Environment create(DynaMazeOptions options) {
    return new DynaMaze(options);
  }
}
