package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.TileCoded;

/** Offers {@link TileCoded} as {@code tile-coded}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class TileCodedProvider implements WrapperProvider<TileCoded> {

  @Override
  public String id() {
    return "tile-coded";
  }

  @Override
  public String description() {
    return "sort real observations into several shifted grids of tiles";
  }

  @Override
  public String takes() {
    return "real observations (a float32 Box)";
  }

  @Override
  public String gives() {
    return "the active tile of each tiling (MultiDiscrete)";
  }

  @Override
  public OptionSchema<TileCoded> options() {
    return OptionSchema.of(MethodHandles.lookup(), new TileCoded());
  }

  @Override
  public Wrapper create(TileCoded options) {
    return options;
  }
}
