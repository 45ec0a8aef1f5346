package org.bellmanrl.env.box2d;

/** A capability of environments that can say what there is to draw. */
public interface SceneView {

  /**
   * What there is to see now.
   *
   * @throws IllegalStateException before the first reset and after close
   */
  Scene scene();
}
