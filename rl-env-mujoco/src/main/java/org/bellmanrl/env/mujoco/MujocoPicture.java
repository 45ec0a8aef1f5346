package org.bellmanrl.env.mujoco;

import java.util.Arrays;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.picture.Camera;
import org.bellmanrl.env.picture.Ground;
import org.bellmanrl.env.picture.Stage;

/**
 * Draws the geoms of a simulation, with a camera that moves along with what moves.
 *
 * <p>Planes are the floor, of which there is one, where the lowest plane is. Geoms that MuJoCo's
 * own viewers hide (groups 3 to 5) are left out; a mesh or a height field is drawn as the box that
 * MuJoCo keeps around it.
 */
final class MujocoPicture implements PictureView {
  private static final int PLANE = 0;
  private static final int SPHERE = 2;
  private static final int CAPSULE = 3;
  private static final int ELLIPSOID = 4;
  private static final int CYLINDER = 5;
  private static final int LAST_SHOWN_GROUP = 2;
  private static final int WORLD = 0;

  /** The colour of geoms without one, by which MuJoCo knows that the material's counts. */
  private static final float DEFAULT_GREY = 0.5f;

  private static final double SHINE = 0.3;
  private static final double ZOOM = 2;

  /** How many times as far as what moves reaches the camera is away. */
  private static final double AWAY = 2.6;

  private static final double LEAST_REACH = 0.01;

  /** Flatter than this no shape can be drawn, in metres. */
  private static final double THINNEST = 1e-4;

  private final int count;
  private final int[] type;
  private final int[] body;
  private final int[] group;
  private final int[] rgb;
  private final boolean[] clear;
  private final DoubleView size;
  private final DoubleView position;
  private final DoubleView rotation;
  private final double[] turn = new double[4];
  private final double[] middle = new double[3];
  private final double floor;

  /** How high above the floor the camera looks, and how far away it is, in metres. */
  private final double height;

  private final double away;

  /**
   * Draws a simulation, which is reset: from how far away it is seen depends on how its model
   * begins alone.
   */
  MujocoPicture(MujocoSimulation simulation) {
    count = simulation.count("ngeom");
    type = simulation.modelInts("geom_type", count);
    body = simulation.modelInts("geom_bodyid", count);
    group = simulation.modelInts("geom_group", count);
    size = simulation.model("geom_size", 3L * count);
    position = simulation.data("geom_xpos", 3L * count);
    rotation = simulation.data("geom_xmat", 9L * count);
    rgb = new int[count];
    clear = new boolean[count];
    float[] colours = simulation.modelFloats("geom_rgba", 4 * count);
    float[] ofMaterials = simulation.modelFloats("mat_rgba", 4 * simulation.count("nmat"));
    int[] material = simulation.modelInts("geom_matid", count);
    for (int i = 0; i < count; i++) {
      boolean own = material[i] < 0 || !isDefault(colours, i);
      paint(i, own ? colours : ofMaterials, own ? i : material[i]);
    }
    // Places of geoms are not known before the first step.
    simulation.forward();
    findMiddle();
    floor = floor();
    height = middle[2] - floor;
    double reach = 0;
    for (int i = 0; i < count; i++) {
      if (moves(i)) {
        double x = position.get(3 * i) - middle[0];
        double y = position.get(3 * i + 1) - middle[1];
        double z = position.get(3 * i + 2) - middle[2];
        reach = Math.max(reach, Math.sqrt(x * x + y * y + z * z) + longest(i));
      }
    }
    away = AWAY * Math.max(reach, LEAST_REACH);
    simulation.reset();
  }

  private boolean moves(int geom) {
    return isSeen(geom) && body[geom] != WORLD;
  }

  private boolean isSeen(int geom) {
    return type[geom] != PLANE && group[geom] <= LAST_SHOWN_GROUP && !clear[geom];
  }

  /** How far a geom's surface is from its middle at most, or a little less than that. */
  private double longest(int geom) {
    double a = size.get(3 * geom);
    double b = size.get(3 * geom + 1);
    return switch (type[geom]) {
      case SPHERE -> a;
      case CAPSULE, CYLINDER -> a + b;
      default -> Math.max(a, Math.max(b, size.get(3 * geom + 2)));
    };
  }

  /** Finds the mean place of what moves. */
  private void findMiddle() {
    int moving = 0;
    Arrays.fill(middle, 0);
    for (int i = 0; i < count; i++) {
      if (moves(i)) {
        moving++;
        for (int axis = 0; axis < 3; axis++) {
          middle[axis] += position.get(3 * i + axis);
        }
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      middle[axis] /= Math.max(1, moving);
    }
  }

  /** How high the floor is: the lowest plane, or a little below what doesn't move. */
  private double floor() {
    double lowest = middle[2];
    double plane = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double z = position.get(3 * i + 2);
      if (type[i] == PLANE) {
        plane = Math.min(plane, z);
      } else if (isSeen(i)) {
        lowest = Math.min(lowest, z - longest(i));
      }
    }
    return Double.isFinite(plane) ? plane : lowest;
  }

  private static boolean isDefault(float[] colours, int i) {
    return colours[4 * i] == DEFAULT_GREY
        && colours[4 * i + 1] == DEFAULT_GREY
        && colours[4 * i + 2] == DEFAULT_GREY
        && colours[4 * i + 3] == 1;
  }

  private void paint(int geom, float[] colours, int at) {
    for (int i = 0; i < 3; i++) {
      rgb[geom] = rgb[geom] << 8 | Math.round(255 * Math.clamp(colours[4 * at + i], 0f, 1f));
    }
    clear[geom] = colours[4 * at + 3] < 0.1f;
  }

  @Override
  public double aspect() {
    return 1.5;
  }

  @Override
  public void draw(int[] argb, int width, int pixelsHigh) {
    findMiddle();
    Stage stage = Stage.zUp(Ground.FLOOR);
    for (int i = 0; i < count; i++) {
      if (isSeen(i)) {
        draw(stage, i);
      }
    }
    Camera camera =
        new Camera(
            middle[0] + 0.32 * away,
            middle[1] - 0.86 * away,
            height + 0.38 * away,
            middle[0],
            middle[1],
            height,
            ZOOM);
    stage.draw(camera, argb, width, pixelsHigh);
  }

  private void draw(Stage stage, int i) {
    turn(9 * i);
    stage.paint(rgb[i], SHINE);
    stage.frame(
        position.get(3 * i),
        position.get(3 * i + 1),
        position.get(3 * i + 2) - floor,
        turn[0],
        turn[1],
        turn[2],
        turn[3]);
    double a = Math.max(THINNEST, size.get(3 * i));
    double b = Math.max(THINNEST, size.get(3 * i + 1));
    double c = Math.max(THINNEST, size.get(3 * i + 2));
    switch (type[i]) {
      case SPHERE -> stage.sphere(0, 0, 0, a);
      case CAPSULE -> stage.capsule(0, 0, -b, 0, 0, b, a);
      case ELLIPSOID -> stage.ellipsoid(0, 0, 0, a, b, c);
      case CYLINDER -> stage.cylinder(0, 0, -b, 0, 0, b, a);
      default -> stage.box(0, 0, 0, a, b, c);
    }
  }

  /** Turns a matrix, line by line, into a quaternion of length 1: by its largest component. */
  private void turn(int at) {
    double xx = rotation.get(at);
    double yy = rotation.get(at + 4);
    double zz = rotation.get(at + 8);
    double[] squares = {1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz, 1 + xx + yy + zz};
    int largest = 0;
    for (int i = 1; i < 4; i++) {
      largest = squares[i] > squares[largest] ? i : largest;
    }
    double zy = rotation.get(at + 7) - rotation.get(at + 5);
    double xz = rotation.get(at + 2) - rotation.get(at + 6);
    double yx = rotation.get(at + 3) - rotation.get(at + 1);
    double xy = rotation.get(at + 1) + rotation.get(at + 3);
    double zx = rotation.get(at + 2) + rotation.get(at + 6);
    double yz = rotation.get(at + 5) + rotation.get(at + 7);
    double own = squares[largest];
    switch (largest) {
      case 0 -> set(own, xy, zx, zy);
      case 1 -> set(xy, own, yz, xz);
      case 2 -> set(zx, yz, own, yx);
      default -> set(zy, xz, yx, own);
    }
  }

  private void set(double x, double y, double z, double w) {
    double scale = 1 / Math.sqrt(x * x + y * y + z * z + w * w);
    turn[0] = x * scale;
    turn[1] = y * scale;
    turn[2] = z * scale;
    turn[3] = w * scale;
  }
}
