package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.textbook.KArmedBandit;
import org.bellmanrl.env.textbook.KArmedBanditOptions;

/** Offers {@link KArmedBandit} as {@code TenArmed-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class KArmedBanditProvider implements EnvironmentProvider<KArmedBanditOptions> {

  @Override
  public String id() {
    return "TenArmed-v1";
  }

  @Override
  public String description() {
    return "the k-armed testbed: which arm pays best?";
  }

  @Override
  public OptionSchema<KArmedBanditOptions> options() {
    return OptionSchema.of(MethodHandles.lookup(), KArmedBanditOptions.defaults());
  }

  @Override
  public Environment create(KArmedBanditOptions options) {
    return new KArmedBandit(options);
  }
}
