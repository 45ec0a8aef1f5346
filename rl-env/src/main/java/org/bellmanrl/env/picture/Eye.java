package org.bellmanrl.env.picture;

/** Where a camera is and how it is turned, in axes with y upwards. */
final class Eye {
  final double x;
  final double y;
  final double z;
  final double[] forward = new double[3];
  final double[] right = new double[3];
  final double[] up = new double[3];

  Eye(Camera camera) {
    x = camera.eyeX();
    y = camera.eyeY();
    z = camera.eyeZ();
    Solid.unit(camera.targetX() - x, camera.targetY() - y, camera.targetZ() - z, forward);
    boolean vertical = Math.abs(forward[1]) > 0.9999;
    Solid.unit(vertical ? -1 : -forward[2], 0, vertical ? 0 : forward[0], right);
    up[0] = right[1] * forward[2] - right[2] * forward[1];
    up[1] = right[2] * forward[0] - right[0] * forward[2];
    up[2] = right[0] * forward[1] - right[1] * forward[0];
  }

  /** Writes the direction, of length 1, of a place at distance 1 in front of the camera. */
  void aim(double across, double above, double[] ray) {
    Solid.unit(
        forward[0] + across * right[0] + above * up[0],
        forward[1] + across * right[1] + above * up[1],
        forward[2] + across * right[2] + above * up[2],
        ray);
  }
}
