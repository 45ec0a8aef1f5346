package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.internal.picture.Pixels;

/**
 * Shows the task's picture instead of its observation, so that any task that draws itself can be
 * learned from pixels.
 *
 * <p>Takes a task with the capability {@link PictureView} and gives a uint8 Box of height × width ×
 * 3, red, green and blue. Put {@link Grayscale} and {@link FrameStack} around it for what networks
 * usually see: one picture does not show speeds. Drawing is no part of a fast loop: most tasks
 * allocate when they are drawn. Gymnasium's {@code AddRenderObservation} with {@code
 * render_only=True} is its counterpart. State saved: none.
 *
 * @param height of the picture in pixels, from 1 to 4096
 * @param width of the picture in pixels, from 1 to 4096
 */
public record Render(
    @Described(value = "height of the picture in pixels", range = "[1, 4096]") int height,
    @Described(value = "width of the picture in pixels", range = "[1, 4096]") int width)
    implements Wrapper {
  private static final int CHANNELS = 3;

  public Render {
    Require.inRange("height", height, "[1, 4096]");
    Require.inRange("width", width, "[1, 4096]");
  }

  /** 84 × 84, as Mnih et al. (2015) use for Atari games. */
  public Render() {
    this(84, 84);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    Pixels.requireRoom("render", inner.rows(), height, width, CHANNELS);
    return new Drawn(this, inner);
  }

  private static PictureView[] views(VectorEnvironment inner) {
    PictureView[] views = new PictureView[inner.rows()];
    for (int row = 0; row < views.length; row++) {
      views[row] =
          inner
              .capability(row, PictureView.class)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "render takes tasks that draw themselves, and %s draws nothing: give it the capability PictureView, or learn from its observations in %s"
                          .formatted(inner.spec().name(), inner.spec().observationSpace())));
    }
    return views;
  }

  private static final class Drawn extends WrappedEnvironments {
    private final PictureView[] views;
    private final int height;
    private final int width;
    private final int[] argb;

    Drawn(Render wrapper, VectorEnvironment inner) {
      super(
          wrapper,
          inner,
          inner
              .spec()
              .withSpaces(
                  Box.pixels(wrapper.height, wrapper.width, CHANNELS), inner.spec().actionSpace()),
          Change.OBSERVATIONS);
      this.views = views(inner);
      this.height = wrapper.height;
      this.width = wrapper.width;
      this.argb = new int[height * width];
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      Observations seen = resetInside(rows, random);
      draw(rows, observations);
      copyMasks(rows, seen, observations);
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      Outcomes inside = stepInside(rows, actions, random);
      draw(rows, outcomes.observations());
      copyMasks(rows, inside.observations(), outcomes.observations());
      copyResults(rows, inside, outcomes);
    }

    private void draw(Rows rows, Observations observations) {
      byte[] bytes = observations.values().bytes();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        views[row].draw(argb, width, height);
        int at = row * argb.length * CHANNELS;
        for (int pixel : argb) {
          bytes[at] = (byte) (pixel >> 16);
          bytes[at + 1] = (byte) (pixel >> 8);
          bytes[at + 2] = (byte) pixel;
          at += CHANNELS;
        }
      }
    }
  }
}
