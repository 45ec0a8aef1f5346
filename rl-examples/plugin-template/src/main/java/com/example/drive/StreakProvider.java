package com.example.drive;

import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.ListenerContext;
import org.bellmanrl.api.ListenerProvider;
import org.bellmanrl.api.options.OptionSchema;

/** Offers {@link Streak} as {@code example/streak}. */
public final class StreakProvider implements ListenerProvider<Streak.Options> {
  private static final OptionSchema<Streak.Options> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), new Streak.Options(10, 0.5));

  @Override
  public String id() {
    return "example/streak";
  }

  @Override
  public String description() {
    return "stops training after so many good episodes in a row";
  }

  @Override
  public OptionSchema<Streak.Options> options() {
    return OPTIONS;
  }

  @Override
  public Listener create(ListenerContext context, Streak.Options options) {
    return new Streak(options);
  }
}
