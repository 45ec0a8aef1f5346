package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.toytext.Blackjack;
import org.bellmanrl.env.toytext.BlackjackOptions;

/** Offers {@link Blackjack} as {@code Blackjack-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class BlackjackProvider implements EnvironmentProvider<BlackjackOptions> {
  private static final OptionSchema<BlackjackOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), BlackjackOptions.defaults());

  @Override
  public String id() {
    return "Blackjack-v1";
  }

  @Override
  public String description() {
    return "come closer to 21 than the dealer, but not above it";
  }

  @Override
  public OptionSchema<BlackjackOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(BlackjackOptions options) {
    return new Blackjack(options);
  }
}
