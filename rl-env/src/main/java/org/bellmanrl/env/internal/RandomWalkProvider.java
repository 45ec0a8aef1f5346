package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.RandomWalk;
import org.bellmanrl.env.textbook.RandomWalkOptions;

/** Offers {@link RandomWalk} as {@code RandomWalk-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class RandomWalkProvider implements EnvironmentProvider<RandomWalkOptions> {

  @Override
  public String id() {
    return "RandomWalk-v1";
  }

  @Override
  public String description() {
    return "walk at random along a line until an end is reached, with values to learn";
  }

  @Override
  public OptionSchema<RandomWalkOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), RandomWalkOptions.defaults());
  }

  @Override
  public Environment create(RandomWalkOptions options) {
    return new RandomWalk(options);
  }
}
