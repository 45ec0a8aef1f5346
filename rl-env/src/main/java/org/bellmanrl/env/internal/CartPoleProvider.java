package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;

/** Offers {@link CartPole} as {@code CartPole-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class CartPoleProvider implements EnvironmentProvider<CartPoleOptions> {
  private static final OptionSchema<CartPoleOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), CartPoleOptions.defaults());

  @Override
  public String id() {
    return "CartPole-v1";
  }

  @Override
  public String description() {
    return "balance a pole on a cart by pushing the cart left or right";
  }

  @Override
  public OptionSchema<CartPoleOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(CartPoleOptions options) {
    return new CartPole(options);
  }
}
