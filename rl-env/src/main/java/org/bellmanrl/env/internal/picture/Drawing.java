package org.bellmanrl.env.internal.picture;

import java.util.function.Consumer;
import org.bellmanrl.api.render.PictureView;

/**
 * A picture that is painted on a canvas.
 *
 * @param aspect its width as a multiple of its height
 * @param painter paints what there is to see at the moment
 */
public record Drawing(double aspect, Consumer<Canvas> painter) implements PictureView {

  @Override
  public void draw(int[] argb, int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > argb.length) {
      throw new IllegalArgumentException(
          "a picture of %d by %d pixels does not fit into an array of %d: width and height must be at least 1, the array at least as long as their product"
              .formatted(width, height, argb.length));
    }
    Canvas.over(argb, width, height, aspect, painter);
  }
}
