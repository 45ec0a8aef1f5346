package org.bellmanrl.env.picture;

import org.bellmanrl.api.options.Require;

/**
 * From where a {@link Stage} is seen, in the stage's own axes. The picture's vertical is the
 * stage's upward direction.
 *
 * @param eyeX where the camera is
 * @param eyeY where the camera is
 * @param eyeZ where the camera is
 * @param targetX what is in the middle of the picture
 * @param targetY what is in the middle of the picture
 * @param targetZ what is in the middle of the picture
 * @param zoom the focal length as a multiple of half the picture's height, above 0: 1 sees 90
 *     degrees from the top to the bottom, 2 sees 53
 */
public record Camera(
    double eyeX,
    double eyeY,
    double eyeZ,
    double targetX,
    double targetY,
    double targetZ,
    double zoom) {
  public Camera {
    Require.positive("zoom", zoom);
    double x = targetX - eyeX;
    double y = targetY - eyeY;
    double z = targetZ - eyeZ;
    double squared = x * x + y * y + z * z;
    if (!(squared > 1e-12 && squared < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a camera must look at a point other than its own, both finite: was at %s, %s, %s and looked at %s, %s, %s"
              .formatted(eyeX, eyeY, eyeZ, targetX, targetY, targetZ));
    }
  }
}
