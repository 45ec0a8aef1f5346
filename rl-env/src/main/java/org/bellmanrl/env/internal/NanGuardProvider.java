package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.NanGuard;

/** Offers {@link NanGuard} as {@code nan-guard}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class NanGuardProvider implements WrapperProvider<NanGuard> {

  @Override
  public String id() {
    return "nan-guard";
  }

  @Override
  public String description() {
    return "stop at the first NaN and say where it came from";
  }

  @Override
  public OptionSchema<NanGuard> options() {
    return OptionSchema.of(MethodHandles.lookup(), new NanGuard());
  }

  @Override
  public Wrapper create(NanGuard options) {
    return options;
  }
}
