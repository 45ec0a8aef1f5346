package org.bellmanrl.env.internal.picture;

import java.util.function.Consumer;
import org.bellmanrl.api.render.PictureView;

/**
 * A picture that is painted on a canvas.
 *
 * @param aspect its width as a multiple of its height
 * @param stepsPerSecond the task's own time
 * @param painter paints what there is to see at the moment
 */
public record Drawing(double aspect, double stepsPerSecond, Consumer<Canvas> painter)
    implements PictureView {

  /** A picture of a task without its own time. */
  public Drawing(double aspect, Consumer<Canvas> painter) {
    this(aspect, 25, painter);
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    Pixels.requireFit(argb, width, height);
    Canvas.over(argb, width, height, aspect, painter);
  }
}
