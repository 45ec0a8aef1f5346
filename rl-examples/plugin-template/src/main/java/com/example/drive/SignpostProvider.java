package com.example.drive;

import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.OptionSchema;

/** Offers {@link Signpost} as {@code example/Signpost-v1}. */
public final class SignpostProvider implements EnvironmentProvider<SignpostProvider.Options> {
  private static final OptionSchema<Options> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new Options(8));

  /**
   * The options of the road.
   *
   * @param length places between the signpost and the junction, at least 1
   */
  public record Options(
      @Described(value = "places between signpost and junction", range = "1 to 1000") int length) {
    public Options {
      if (length < 1 || length > 1000) {
        throw new IllegalArgumentException("length must be in [1, 1000], was " + length);
      }
    }
  }

  @Override
  public String id() {
    return "example/Signpost-v1";
  }

  @Override
  public String description() {
    return "a road in fog: remember the signpost until the junction";
  }

  @Override
  public OptionSchema<Options> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(Options options) {
    return new Signpost(options.length());
  }
}
