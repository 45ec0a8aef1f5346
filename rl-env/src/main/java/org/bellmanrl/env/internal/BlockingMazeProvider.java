package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.ChangingMaze;
import org.bellmanrl.env.textbook.ChangingMazeOptions;

/** Offers {@link ChangingMaze} as {@code BlockingMaze-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BlockingMazeProvider implements EnvironmentProvider<ChangingMazeOptions> {

  @Override
  public String id() {
    return "BlockingMaze-v1";
  }

  @Override
  public String description() {
    return "a maze whose short way is closed after a while";
  }

  @Override
  public OptionSchema<ChangingMazeOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), ChangingMazeOptions.blocking());
  }

  @Override
  public Environment create(ChangingMazeOptions options) {
    return ChangingMaze.blocking(options);
  }
}
