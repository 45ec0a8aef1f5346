package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.OrderEnforcing;

/** Offers {@link OrderEnforcing} as {@code order-enforcing}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class OrderEnforcingProvider implements WrapperProvider<OrderEnforcing> {

  @Override
  public String id() {
    return "order-enforcing";
  }

  @Override
  public String description() {
    return "refuse steps before a reset, after an end and after close";
  }

  @Override
  public OptionSchema<OrderEnforcing> options() {
    return OptionSchema.of(MethodHandles.lookup(), new OrderEnforcing());
  }

  @Override
  public Wrapper create(OrderEnforcing options) {
    return options;
  }
}
