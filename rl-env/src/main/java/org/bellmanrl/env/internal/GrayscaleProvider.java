package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.Grayscale;

/** Offers {@link Grayscale} as {@code grayscale}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class GrayscaleProvider implements WrapperProvider<Grayscale> {

  @Override
  public String id() {
    return "grayscale";
  }

  @Override
  public String description() {
    return "turn colours to grey";
  }

  @Override
  public String takes() {
    return "pictures of height x width x 3 (a uint8 Box)";
  }

  @Override
  public String gives() {
    return "pictures of height x width, or x 1";
  }

  @Override
  public OptionSchema<Grayscale> options() {
    return OptionSchema.of(MethodHandles.lookup(), new Grayscale());
  }

  @Override
  public Wrapper create(Grayscale options) {
    return options;
  }
}
