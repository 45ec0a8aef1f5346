package org.bellmanrl.env.box2d;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;

/** The way of one episode: 200 places, {@link #STEP} metres apart, and what stands between them. */
final class WalkerTerrain {
  static final int LENGTH = 200;
  static final double STEP = 14 / WorldFactory.SCALE;
  static final double HEIGHT = WorldFactory.HEIGHT / 4;

  /** Places at the start without unevenness. */
  static final int START = 20;

  /** Longest even stretch between obstacles, in places. */
  static final int GRASS = 10;

  private static final int CLOUDS = LENGTH / 20;
  private static final int CLOUD_POINTS = 5;

  /** In the order of Gymnasium's numbers. */
  private enum Section {
    GRASS,
    STUMP,
    STAIRS,
    PIT
  }

  private static final Section[] SECTIONS = Section.values();

  private final double[] heights = new double[LENGTH];
  private final List<double[]> obstacles = new ArrayList<>();

  WalkerTerrain(boolean hardcore, RandomStream random) {
    Section section = Section.GRASS;
    boolean begins = false;
    double slope = 0;
    double y = HEIGHT;
    double levelBefore = 0;
    int left = START;
    int stairs = 0;
    int stairWidth = 0;
    int stairHeight = 0;
    for (int i = 0; i < LENGTH; i++) {
      double x = x(i);
      switch (section) {
        case GRASS -> {
          if (!begins) {
            slope = 0.8 * slope + 0.01 * Math.signum(HEIGHT - y);
            if (i > START) {
              slope += random.uniform(-1, 1) / WorldFactory.SCALE;
            }
            y += slope;
          }
        }
        case PIT -> {
          if (begins) {
            left = random.integers(3, 5);
            addPitWall(x, y, 0);
            addPitWall(x, y, STEP * left);
            left += 2;
            levelBefore = y;
          } else {
            y = levelBefore;
            if (left > 1) {
              y -= 4 * STEP;
            }
          }
        }
        case STUMP -> {
          if (begins) {
            left = random.integers(1, 3);
            double size = left * STEP;
            obstacles.add(new double[] {x, y, x + size, y, x + size, y + size, x, y + size});
          }
        }
        case STAIRS -> {
          if (begins) {
            stairHeight = random.random() > 0.5 ? 1 : -1;
            stairWidth = random.integers(4, 5);
            stairs = random.integers(3, 5);
            levelBefore = y;
            for (int stair = 0; stair < stairs; stair++) {
              addStair(x, y, stair, stairWidth, stairHeight);
            }
            left = stairs * stairWidth;
          } else {
            double done = stairs * stairWidth - left - stairHeight;
            y = levelBefore + done / stairWidth * stairHeight * STEP;
          }
        }
      }
      begins = false;
      heights[i] = y;
      left--;
      if (left == 0) {
        left = random.integers(GRASS / 2, GRASS);
        section =
            section == Section.GRASS && hardcore
                ? SECTIONS[random.integers(1, SECTIONS.length)]
                : Section.GRASS;
        begins = true;
      }
    }
    drawClouds(random);
  }

  private void addPitWall(double x, double y, double shift) {
    double depth = y - 4 * STEP;
    double from = x + shift;
    double to = x + STEP + shift;
    obstacles.add(new double[] {from, y, to, y, to, depth, from, depth});
  }

  private void addStair(double x, double y, int stair, int width, int height) {
    double from = x + stair * width * STEP;
    double to = x + (1 + stair) * width * STEP;
    double above = y + stair * height * STEP;
    double below = y + (-1 + stair * height) * STEP;
    obstacles.add(new double[] {from, above, to, above, to, below, from, below});
  }

  /** Gymnasium draws the clouds of its picture here; the stream must move on as there. */
  private static void drawClouds(RandomStream random) {
    for (int i = 0; i < CLOUDS * (1 + 2 * CLOUD_POINTS); i++) {
      random.random();
    }
  }

  static double x(int place) {
    return place * STEP;
  }

  double y(int place) {
    return heights[place];
  }

  /** Polygons of x and y in turn, in the order in which they are met. */
  List<double[]> obstacles() {
    return obstacles;
  }
}
