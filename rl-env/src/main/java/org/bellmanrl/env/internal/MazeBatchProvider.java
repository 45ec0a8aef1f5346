package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.Maze;
import org.bellmanrl.env.toytext.MazeOptions;

/** Offers the batched form of {@link Maze} as {@code Maze-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class MazeBatchProvider implements VectorEnvironmentProvider<MazeOptions> {
  private static final OptionSchema<MazeOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), MazeOptions.defaults());

  @Override
  public String id() {
    return "Maze-v1";
  }

  @Override
  public String description() {
    return "a mouse looks for cheese in a maze drawn as text";
  }

  @Override
  public OptionSchema<MazeOptions> options() {
    return OPTIONS;
  }

  @Override
  public VectorEnvironment create(MazeOptions options, int rows) {
    return Maze.batch(options, rows);
  }
}
