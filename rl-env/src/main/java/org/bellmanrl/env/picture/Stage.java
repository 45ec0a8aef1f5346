package org.bellmanrl.env.picture;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.options.Require;

/**
 * Shapes on flat ground under the sun, to be drawn with depth, light and shadows.
 *
 * <pre>{@code
 * Stage stage = Stage.yUp(Ground.MEADOW);
 * stage.paint(0xC8863C, 0.2).capsule(0, 0.3, 0, 0, 0.3, 0.5, 0.1);
 * stage.draw(new Camera(2, 1, 2, 0, 0.3, 0, 2), argb, width, height);
 * }</pre>
 *
 * <p>Places are in metres; the ground is where the upward axis is 0, and lies under everything.
 * Shapes are placed in the frame that was set last, and painted as was said last. Not thread-safe.
 */
public final class Stage {
  private final Ground ground;
  private final boolean zUp;
  private final List<Solid> solids = new ArrayList<>();

  /** The frame: its origin, and its axes one after the other, in axes with y upwards. */
  private final double[] origin = new double[3];

  private final double[] axes = new double[9];

  private double red;
  private double green;
  private double blue;
  private double gloss;

  private Stage(Ground ground, boolean zUp) {
    this.ground = ground;
    this.zUp = zUp;
    frame(0, 0, 0, 0, 0, 0, 1);
    paint(0xC0C0C0, 0);
  }

  /** An empty stage whose y axis points upwards. */
  public static Stage yUp(Ground ground) {
    return new Stage(ground, false);
  }

  /** An empty stage whose z axis points upwards. */
  public static Stage zUp(Ground ground) {
    return new Stage(ground, true);
  }

  /**
   * Paints the shapes to come.
   *
   * @param rgb the colour as {@code 0xRRGGBB}
   * @param shine how much of the sun is mirrored, in [0, 1]
   */
  public Stage paint(int rgb, double shine) {
    Require.unit("shine", shine);
    red = linear(rgb >> 16);
    green = linear(rgb >> 8);
    blue = linear(rgb);
    gloss = shine;
    return this;
  }

  private static double linear(int component) {
    double value = (component & 0xFF) / 255.0;
    return value * value;
  }

  /** Places the shapes to come in the frame of the stage itself. */
  public Stage frame() {
    return frame(0, 0, 0, 0, 0, 0, 1);
  }

  /**
   * Places the shapes to come in a frame that is moved and turned.
   *
   * @param x the frame's origin
   * @param y the frame's origin
   * @param z the frame's origin
   * @param qx the turn, as a quaternion of length 1
   * @param qy the turn
   * @param qz the turn
   * @param qw the turn; 1 for none
   */
  public Stage frame(double x, double y, double z, double qx, double qy, double qz, double qw) {
    // With z upwards the axes are handed round: x, y, z become z, x, y.
    set(origin, 0, zUp ? y : x, zUp ? z : y, zUp ? x : z);
    double i = zUp ? qy : qx;
    double j = zUp ? qz : qy;
    double k = zUp ? qx : qz;
    set(axes, 0, 1 - 2 * (j * j + k * k), 2 * (i * j + k * qw), 2 * (i * k - j * qw));
    set(axes, 3, 2 * (i * j - k * qw), 1 - 2 * (i * i + k * k), 2 * (j * k + i * qw));
    set(axes, 6, 2 * (i * k + j * qw), 2 * (j * k - i * qw), 1 - 2 * (i * i + j * j));
    return this;
  }

  /** A ball. */
  public Stage sphere(double x, double y, double z, double radius) {
    return taper(x, y, z, radius, x, y, z, radius);
  }

  /** A cylinder with round ends, between the centres of its ends. */
  public Stage capsule(
      double fromX, double fromY, double fromZ, double toX, double toY, double toZ, double radius) {
    return taper(fromX, fromY, fromZ, radius, toX, toY, toZ, radius);
  }

  /** Two balls and all that lies between them: a capsule that grows thinner. */
  public Stage taper(
      double fromX,
      double fromY,
      double fromZ,
      double fromRadius,
      double toX,
      double toY,
      double toZ,
      double toRadius) {
    positive(Math.min(fromRadius, toRadius));
    double[] from = place(fromX, fromY, fromZ);
    double[] to = place(toX, toY, toZ);
    return add(
        new Solid.RoundCone(from[0], from[1], from[2], fromRadius, to[0], to[1], to[2], toRadius));
  }

  /** A box along the axes of the frame, by half its extents. */
  public Stage box(double x, double y, double z, double halfX, double halfY, double halfZ) {
    positive(Math.min(halfX, Math.min(halfY, halfZ)));
    double[] at = place(x, y, z);
    return add(
        new Solid.Block(
            at[0],
            at[1],
            at[2],
            axes.clone(),
            zUp ? halfY : halfX,
            zUp ? halfZ : halfY,
            zUp ? halfX : halfZ));
  }

  /** A ball that is stretched along the axes of the frame. */
  public Stage ellipsoid(
      double x, double y, double z, double radiusX, double radiusY, double radiusZ) {
    positive(Math.min(radiusX, Math.min(radiusY, radiusZ)));
    double[] at = place(x, y, z);
    return add(
        new Solid.Ellipsoid(
            at[0],
            at[1],
            at[2],
            axes.clone(),
            zUp ? radiusY : radiusX,
            zUp ? radiusZ : radiusY,
            zUp ? radiusX : radiusZ));
  }

  /** A cylinder with flat ends, between the centres of its ends, which must differ. */
  public Stage cylinder(
      double fromX, double fromY, double fromZ, double toX, double toY, double toZ, double radius) {
    positive(radius);
    double[] from = place(fromX, fromY, fromZ);
    double[] to = place(toX, toY, toZ);
    double ux = to[0] - from[0];
    double uy = to[1] - from[1];
    double uz = to[2] - from[2];
    double length = Math.sqrt(ux * ux + uy * uy + uz * uz);
    positive(length);
    ux /= length;
    uy /= length;
    uz /= length;
    // Any two axes across will do.
    boolean steep = Math.abs(uy) > 0.7;
    double[] across = new double[3];
    Solid.unit(steep ? 0 : uz, steep ? -uz : 0, steep ? uy : -ux, across);
    double[] own = new double[9];
    set(own, 0, across[0], across[1], across[2]);
    set(own, 3, ux, uy, uz);
    set(
        own,
        6,
        across[1] * uz - across[2] * uy,
        across[2] * ux - across[0] * uz,
        across[0] * uy - across[1] * ux);
    return add(
        new Solid.Drum(
            (from[0] + to[0]) / 2,
            (from[1] + to[1]) / 2,
            (from[2] + to[2]) / 2,
            own,
            length / 2,
            radius));
  }

  private static void positive(double size) {
    if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the sizes of a shape must be above 0, one was " + size);
    }
  }

  private Stage add(Solid solid) {
    solid.red = red;
    solid.green = green;
    solid.blue = blue;
    solid.gloss = gloss;
    solids.add(solid);
    return this;
  }

  /** A place of the frame in axes with y upwards. */
  private double[] place(double x, double y, double z) {
    double i = zUp ? y : x;
    double j = zUp ? z : y;
    double k = zUp ? x : z;
    double[] at = new double[3];
    for (int c = 0; c < 3; c++) {
      at[c] = origin[c] + i * axes[c] + j * axes[3 + c] + k * axes[6 + c];
    }
    return at;
  }

  private static void set(double[] into, int at, double x, double y, double z) {
    into[at] = x;
    into[at + 1] = y;
    into[at + 2] = z;
  }

  /**
   * Draws what the camera sees.
   *
   * @param argb takes the pixels, line by line from the top, as {@code 0xAARRGGBB}, all opaque
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @throws IllegalArgumentException if the size is not positive or the array too short for it
   */
  public void draw(Camera camera, int[] argb, int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > argb.length) {
      throw new IllegalArgumentException(
          "a picture of %d by %d pixels does not fit into an array of %d: width and height must be at least 1, the array at least as long as their product"
              .formatted(width, height, argb.length));
    }
    new Tracer(ground, solids.toArray(Solid[]::new), upright(camera), argb, width, height).draw();
  }

  /**
   * Finds what a place of a picture shows if nothing stands in front of the ground.
   *
   * @param x the place in the picture, from 0 at the left edge to 1 at the right edge
   * @param y the place in the picture, from 0 at the top to 1 at the bottom
   * @param aspect the picture's width as a multiple of its height, above 0
   * @param into takes the two coordinates of the place on the ground, in metres: x and z if y is
   *     upwards, x and y if z is
   * @return whether there is ground at that place
   */
  public boolean ground(Camera camera, double x, double y, double aspect, double[] into) {
    Camera seen = upright(camera);
    Eye eye = new Eye(seen);
    double[] ray = new double[3];
    double unit = Tracer.pixel(seen, aspect, 1);
    eye.aim((x - 0.5) * aspect * unit, (0.5 - y) * unit, ray);
    if (!(ray[1] < 0 && eye.y > 0)) {
      return false;
    }
    double distance = -eye.y / ray[1];
    double placeX = eye.x + distance * ray[0];
    double placeZ = eye.z + distance * ray[2];
    into[0] = zUp ? placeZ : placeX;
    into[1] = zUp ? placeX : placeZ;
    return true;
  }

  /** The camera in axes with y upwards. */
  private Camera upright(Camera camera) {
    return zUp
        ? new Camera(
            camera.eyeY(),
            camera.eyeZ(),
            camera.eyeX(),
            camera.targetY(),
            camera.targetZ(),
            camera.targetX(),
            camera.zoom())
        : camera;
  }
}
