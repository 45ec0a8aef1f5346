package org.bellmanrl.env.picture;

import java.util.stream.IntStream;

/**
 * Draws solids: each pixel takes the nearest of the shapes that may cover it, and rays to the sun
 * find what lies in shadow. Pixels at an edge are drawn again with more rays.
 */
final class Tracer {
  private static final int GROUND = -1;
  private static final int SKY = -2;
  private static final double NEAR = 0.02;

  /** How far a shadow ray starts from the surface, against shadows of rounding. */
  private static final double OFF_SURFACE = 1e-4;

  /** Rays along one side of a pixel at an edge. */
  private static final int FINE = 3;

  private static final double SUN_RED = 1.42;
  private static final double SUN_GREEN = 1.34;
  private static final double SUN_BLUE = 1.16;

  private final Ground ground;
  private final Solid[] solids;
  private final Eye eye;
  private final int[] argb;
  private final int width;
  private final int height;
  private final double pixel;

  private final double[] depth;
  private final int[] hit;
  private final boolean[] shaded;

  /** The indices of all solids. */
  private final int[] all;

  /** Solids that a pixel and its eight neighbours show. */
  private final int[] candidates = new int[9];

  private final double[] ray = new double[3];
  private final double[] normal = new double[3];
  private final double[] colour = new double[3];

  private final Shade shade;

  /** Whether the colour that was found last lies in shadow. */
  private boolean inShadow;

  Tracer(Ground ground, Solid[] solids, Camera camera, int[] argb, int width, int height) {
    this.ground = ground;
    this.solids = solids;
    this.eye = new Eye(camera);
    this.argb = argb;
    this.width = width;
    this.height = height;
    this.pixel = pixel(camera, width, height);
    this.depth = new double[width * height];
    this.hit = new int[width * height];
    this.shaded = new boolean[width * height];
    this.all = IntStream.range(0, solids.length).toArray();
    this.shade = new Shade(solids);
  }

  private static double square(double x) {
    return x * x;
  }

  /**
   * The size of a pixel at distance 1: the shorter side of the picture shows what the zoom says.
   */
  static double pixel(Camera camera, double width, double height) {
    return 2 / (camera.zoom() * Math.min(height, width));
  }

  void draw() {
    double horizon = eye.y;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        aim(x + 0.5, y + 0.5);
        boolean down = ray[1] < 0 && horizon > 0;
        depth[at] = down ? -horizon / ray[1] : Solid.MISS;
        hit[at] = down ? GROUND : SKY;
      }
    }
    for (int i = 0; i < solids.length; i++) {
      cover(i);
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        aim(x + 0.5, y + 0.5);
        light(hit[at], depth[at]);
        argb[at] = pack(colour[0], colour[1], colour[2]);
        shaded[at] = inShadow;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (isEdge(x, y)) {
          refine(x, y);
        }
      }
    }
  }

  /** Points the ray at a place of the picture. */
  private void aim(double x, double y) {
    eye.aim((x - width / 2.0) * pixel, (height / 2.0 - y) * pixel, ray);
  }

  /** Puts a solid into the pixels where it is the nearest. */
  private void cover(int i) {
    Solid solid = solids[i];
    double wx = solid.x - eye.x;
    double wy = solid.y - eye.y;
    double wz = solid.z - eye.z;
    double away = wx * eye.forward[0] + wy * eye.forward[1] + wz * eye.forward[2];
    if (away + solid.bound < NEAR) {
      return;
    }
    double across = wx * eye.right[0] + wy * eye.right[1] + wz * eye.right[2];
    double above = wx * eye.up[0] + wy * eye.up[1] + wz * eye.up[2];
    int left = 0;
    int end = width;
    int top = 0;
    int bottom = height;
    double nearest = away - solid.bound;
    if (nearest > NEAR) {
      double farthest = away + solid.bound;
      double west = across - solid.bound;
      double east = across + solid.bound;
      double south = above - solid.bound;
      double north = above + solid.bound;
      left = column(west / (west < 0 ? nearest : farthest));
      end = column(east / (east > 0 ? nearest : farthest)) + 1;
      top = line(north / (north > 0 ? nearest : farthest));
      bottom = line(south / (south < 0 ? nearest : farthest)) + 1;
    }
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, end); x++) {
        int at = y * width + x;
        aim(x + 0.5, y + 0.5);
        double t = solid.hit(eye.x, eye.y, eye.z, ray[0], ray[1], ray[2]);
        if (t < depth[at]) {
          depth[at] = t;
          hit[at] = i;
        }
      }
    }
  }

  private int column(double slope) {
    return (int) Math.floor(slope / pixel + width / 2.0);
  }

  private int line(double slope) {
    return (int) Math.floor(height / 2.0 - slope / pixel);
  }

  /** Finds the colour of what the ray has hit. */
  private void light(int what, double distance) {
    inShadow = false;
    if (what == SKY) {
      Scenery.sky(ground, ray[0], ray[1], ray[2], colour);
      return;
    }
    double x = eye.x + distance * ray[0];
    double y = eye.y + distance * ray[1];
    double z = eye.z + distance * ray[2];
    if (what == GROUND) {
      lightGround(x, z, distance);
    } else {
      lightSolid(what, x, y, z);
    }
    Scenery.fade(ground, distance, colour);
  }

  private void lightGround(double x, double z, double distance) {
    Scenery.ground(ground, x, z, distance, colour);
    int[] near = shade.at(x, z);
    inShadow = shadow(near, GROUND, x, 0, z);
    double open = open(near, GROUND, x, 0, z, 0, 1, 0);
    double sun = inShadow ? 0 : Scenery.SUN_Y;
    colour[0] *= SUN_RED * sun + 0.42 * open;
    colour[1] *= SUN_GREEN * sun + 0.50 * open;
    colour[2] *= SUN_BLUE * sun + 0.64 * open;
  }

  private void lightSolid(int i, double x, double y, double z) {
    Solid solid = solids[i];
    solid.normal(x, y, z, normal);
    double nx = normal[0];
    double ny = normal[1];
    double nz = normal[2];
    double facing = nx * Scenery.SUN_X + ny * Scenery.SUN_Y + nz * Scenery.SUN_Z;
    double fromX = x + OFF_SURFACE * nx;
    double fromY = y + OFF_SURFACE * ny;
    double fromZ = z + OFF_SURFACE * nz;
    inShadow = facing > 0 && shadow(all, i, fromX, fromY, fromZ);
    double sun = facing > 0 && !inShadow ? facing : 0;
    double open = open(all, i, fromX, fromY, fromZ, nx, ny, nz);
    // Light from the sky above, and from the ground below.
    double above = 0.5 + 0.5 * ny;
    boolean meadow = ground == Ground.MEADOW;
    double skyRed = 0.42 * above + (meadow ? 0.13 : 0.26) * (1 - above);
    double skyGreen = 0.50 * above + (meadow ? 0.22 : 0.28) * (1 - above);
    double skyBlue = 0.62 * above + (meadow ? 0.09 : 0.31) * (1 - above);
    // A rim where the surface turns away, as fur and skin have.
    double turned = 1 + (nx * ray[0] + ny * ray[1] + nz * ray[2]);
    double rim = 0.16 * square(turned) * above * open;
    double mirrored = 0;
    if (sun > 0 && solid.gloss > 0) {
      double hx = Scenery.SUN_X - ray[0];
      double hy = Scenery.SUN_Y - ray[1];
      double hz = Scenery.SUN_Z - ray[2];
      double straight =
          Math.max(0, nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz);
      double p2 = straight * straight;
      double p8 = p2 * p2 * p2 * p2;
      double p32 = p8 * p8 * p8 * p8;
      mirrored = solid.gloss * (0.25 * p8 + p32);
    }
    colour[0] = solid.red * (SUN_RED * sun + skyRed * open) + rim + mirrored;
    colour[1] = solid.green * (SUN_GREEN * sun + skyGreen * open) + rim + mirrored;
    colour[2] = solid.blue * (SUN_BLUE * sun + skyBlue * open) + rim + mirrored;
  }

  /** Whether one of some solids stands between a place and the sun. */
  private boolean shadow(int[] some, int from, double x, double y, double z) {
    for (int i : some) {
      Solid solid = solids[i];
      if (i != from
          && solid.near(x, y, z, Scenery.SUN_X, Scenery.SUN_Y, Scenery.SUN_Z)
          && solid.hit(x, y, z, Scenery.SUN_X, Scenery.SUN_Y, Scenery.SUN_Z) < Solid.MISS) {
        return true;
      }
    }
    return false;
  }

  /** How much of the sky a place sees, from 0 to 1, with the solids around it taken as balls. */
  private double open(
      int[] some, int from, double x, double y, double z, double nx, double ny, double nz) {
    double open = 1;
    for (int i : some) {
      Solid solid = solids[i];
      double wx = solid.x - x;
      double wy = solid.y - y;
      double wz = solid.z - z;
      double squared = wx * wx + wy * wy + wz * wz;
      double size = solid.bulk;
      // Parts of one body reach into each other's balls, which must not blacken them.
      if (i == from || squared > Shade.FAR * size || (squared < size && from != GROUND)) {
        continue;
      }
      double height = (wx * nx + wy * ny + wz * nz) / Math.sqrt(squared);
      if (height > 0) {
        open *= 1 - height * (Math.min(1, size / squared) - 1 / Shade.FAR);
      }
    }
    return 0.25 + 0.75 * open;
  }

  private boolean isEdge(int x, int y) {
    int at = y * width + x;
    return (x > 0 && differs(at, at - 1))
        || (x < width - 1 && differs(at, at + 1))
        || (y > 0 && differs(at, at - width))
        || (y < height - 1 && differs(at, at + width));
  }

  private boolean differs(int a, int b) {
    return hit[a] != hit[b] || shaded[a] != shaded[b];
  }

  /** Draws a pixel with many rays, which may hit what its neighbours show. */
  private void refine(int x, int y) {
    int count = 0;
    for (int j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
      for (int i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
        count = addCandidate(hit[j * width + i], count);
      }
    }
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int j = 0; j < FINE; j++) {
      for (int i = 0; i < FINE; i++) {
        aim(x + (i + 0.5) / FINE, y + (j + 0.5) / FINE);
        boolean down = ray[1] < 0 && eye.y > 0;
        double nearest = down ? -eye.y / ray[1] : Solid.MISS;
        int what = down ? GROUND : SKY;
        for (int k = 0; k < count; k++) {
          double t = solids[candidates[k]].hit(eye.x, eye.y, eye.z, ray[0], ray[1], ray[2]);
          if (t < nearest) {
            nearest = t;
            what = candidates[k];
          }
        }
        light(what, nearest);
        red += Math.min(colour[0], 1);
        green += Math.min(colour[1], 1);
        blue += Math.min(colour[2], 1);
      }
    }
    double share = 1.0 / (FINE * FINE);
    argb[y * width + x] = pack(red * share, green * share, blue * share);
  }

  private int addCandidate(int solid, int count) {
    if (solid < 0) {
      return count;
    }
    for (int k = 0; k < count; k++) {
      if (candidates[k] == solid) {
        return count;
      }
    }
    candidates[count] = solid;
    return count + 1;
  }

  /** Linear light as a pixel; the square root stands for the screen's curve. */
  private static int pack(double red, double green, double blue) {
    return 0xFF000000 | component(red) << 16 | component(green) << 8 | component(blue);
  }

  private static int component(double light) {
    return (int) (255 * Math.sqrt(Math.clamp(light, 0.0, 1.0)) + 0.5);
  }
}
