package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;

/** Offers {@link CartPole#batch} as {@code CartPole-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(VectorEnvironmentProvider.class)
public final class CartPoleBatchProvider implements VectorEnvironmentProvider<CartPoleOptions> {
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
  public VectorEnvironment create(CartPoleOptions options, int rows) {
    return CartPole.batch(options, rows);
  }
}
