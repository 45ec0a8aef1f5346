package org.bellmanrl.env.raycast;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of every ray-cast task.
 *
 * @param width of the picture in pixels, from 8 to 1024
 * @param height of the picture in pixels, from 8 to 1024
 * @param rgb whether the picture has the channels red, green and blue instead of one of grey values
 * @param frameSkip for how many tics an action is repeated, from 1 to 100
 * @param depth whether a plane of distances follows, 0 at the eye and 255 from 16 cells on
 * @param automap whether a plane follows that shows the map from above
 */
@RecordBuilder
public record RaycastOptions(
    @Described(value = "width of the picture in pixels", range = "[8, 1024]") int width,
    @Described(value = "height of the picture in pixels", range = "[8, 1024]") int height,
    @Described("red, green and blue instead of grey values") boolean rgb,
    @Described(value = "for how many tics an action is repeated", range = "[1, 100]") int frameSkip,
    @Described("add a plane of distances") boolean depth,
    @Described("add a plane that shows the map from above") boolean automap)
    implements RaycastOptionsBuilder.With {
  public RaycastOptions {
    Require.inRange("width", width, "[8, 1024]");
    Require.inRange("height", height, "[8, 1024]");
    Require.inRange("frame_skip", frameSkip, "[1, 100]");
  }

  /** Pictures of 84 × 84 grey values, an action every four tics. */
  public static RaycastOptions defaults() {
    return new RaycastOptions(84, 84, false, 4, false, false);
  }

  /** The same with pictures of another size. */
  public RaycastOptions withSize(int newWidth, int newHeight) {
    return new RaycastOptions(newWidth, newHeight, rgb, frameSkip, depth, automap);
  }

  int channels() {
    return (rgb ? 3 : 1) + (depth ? 1 : 0) + (automap ? 1 : 0);
  }
}
