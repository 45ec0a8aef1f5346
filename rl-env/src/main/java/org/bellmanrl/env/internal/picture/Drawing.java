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
    Pixels.requireFit(argb, width, height);
    Canvas.over(argb, width, height, aspect, painter);
  }
}
