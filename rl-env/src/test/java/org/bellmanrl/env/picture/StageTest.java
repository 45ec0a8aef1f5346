package org.bellmanrl.env.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 60;
  private static final int RED = 0xE02020;

  /** Every shape fits into a ball of one metre around a point one metre above the ground. */
  enum Shape {
    SPHERE,
    CAPSULE,
    TAPER,
    TAPER_INSIDE,
    BOX,
    ELLIPSOID,
    CYLINDER,
    LYING_CYLINDER;

    void put(Stage stage) {
      switch (this) {
        case SPHERE -> stage.sphere(0, 1, 0, 0.5);
        case CAPSULE -> stage.capsule(0, 0.7, 0, 0, 1.3, 0, 0.4);
        case TAPER -> stage.taper(0, 0.7, 0, 0.45, 0, 1.4, 0.1, 0.2);
        case TAPER_INSIDE -> stage.taper(0, 1, 0, 0.6, 0, 1.1, 0, 0.2);
        case BOX -> stage.frame(0, 1, 0, 0, 0.6, 0, 0.8).box(0, 0, 0, 0.4, 0.5, 0.3);
        case ELLIPSOID -> stage.frame(0, 1, 0, 0.6, 0, 0, 0.8).ellipsoid(0, 0, 0, 0.4, 0.6, 0.3);
        case CYLINDER -> stage.cylinder(-0.1, 0.5, 0, 0.1, 1.5, 0, 0.4);
        case LYING_CYLINDER -> stage.cylinder(-0.5, 1, 0.1, 0.5, 1, 0, 0.4);
      }
    }
  }

  private static int[] draw(Stage stage, Camera camera) {
    int[] argb = new int[WIDTH * HEIGHT];
    stage.draw(camera, argb, WIDTH, HEIGHT);
    return argb;
  }

  private static boolean isRed(int argb) {
    int red = (argb >> 16) & 0xFF;
    return red > 1.5 * ((argb >> 8) & 0xFF) && red > 1.5 * (argb & 0xFF);
  }

  private static int brightness(int argb) {
    return ((argb >> 16) & 0xFF) + ((argb >> 8) & 0xFF) + (argb & 0xFF);
  }

  @ParameterizedTest
  @EnumSource
  void draw_shape_coversTheMiddleAndNotTheRim(Shape shape) {
    for (int side = -1; side <= 1; side += 2) {
      Stage stage = Stage.yUp(Ground.FLOOR).paint(RED, 0.2);
      shape.put(stage);
      int[] argb = draw(stage, new Camera(3 * side, 1.5, 2 * side, 0, 1, 0, 2));
      assertThat(Arrays.stream(argb)).allMatch(pixel -> pixel >>> 24 == 0xFF);
      assertThat(isRed(argb[HEIGHT / 2 * WIDTH + WIDTH / 2])).isTrue();
      for (int x = 0; x < WIDTH; x++) {
        assertThat(isRed(argb[x])).isFalse();
        assertThat(isRed(argb[(HEIGHT - 1) * WIDTH + x])).isFalse();
      }
    }
  }

  /** A shape throws its shadow away from the sun, which stands at positive x and z. */
  @ParameterizedTest
  @EnumSource
  void draw_shape_darkensTheGroundBehindIt(Shape shape) {
    Stage empty = Stage.yUp(Ground.FLOOR);
    Stage stage = Stage.yUp(Ground.FLOOR).paint(RED, 0);
    shape.put(stage);
    // From above, on the place where the line from the sun through the middle meets the ground.
    double x = -Scenery.SUN_X / Scenery.SUN_Y;
    double z = -Scenery.SUN_Z / Scenery.SUN_Y;
    Camera camera = new Camera(x - 2.5, 2, z - 2.5, x, 0, z, 3);
    int middle = HEIGHT / 2 * WIDTH + WIDTH / 2;
    assertThat(brightness(draw(stage, camera)[middle]))
        .isLessThan(brightness(draw(empty, camera)[middle]) * 8 / 10);
  }

  @Test
  void draw_oneBehindTheOther_showsTheNearer() {
    Stage stage = Stage.yUp(Ground.FLOOR);
    stage.paint(RED, 0).sphere(0, 1, 0, 0.5).paint(0x2020E0, 0).box(-2, 1, 0, 0.5, 0.5, 0.5);
    int middle = HEIGHT / 2 * WIDTH + WIDTH / 2;
    assertThat(isRed(draw(stage, new Camera(4, 1, 0, 0, 1, 0, 2))[middle])).isTrue();
    assertThat(isRed(draw(stage, new Camera(-6, 1, 0, 0, 1, 0, 2))[middle])).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void draw_zUpwards_isTheSamePicture(Ground ground) {
    Stage yUp = Stage.yUp(ground).paint(RED, 0.5);
    Stage zUp = Stage.zUp(ground).paint(RED, 0.5);
    yUp.sphere(0.2, 0.5, 0.1, 0.3).capsule(0, 0.2, 0, 0, 0.9, 0.5, 0.1);
    zUp.sphere(0.1, 0.2, 0.5, 0.3).capsule(0, 0, 0.2, 0.5, 0, 0.9, 0.1);
    yUp.frame(0, 1, 0.5, 0.48, 0, 0.64, 0.6).box(0.1, 0, 0, 0.1, 0.2, 0.3);
    zUp.frame(0.5, 0, 1, 0.64, 0.48, 0, 0.6).box(0, 0.1, 0, 0.3, 0.1, 0.2);
    yUp.ellipsoid(0, 0.6, 0, 0.1, 0.2, 0.3).cylinder(0, -1, 0, 0.1, -0.5, 0, 0.2);
    zUp.ellipsoid(0, 0, 0.6, 0.3, 0.1, 0.2).cylinder(0, 0, -1, 0, 0.1, -0.5, 0.2);
    assertThat(draw(zUp, new Camera(2, 3, 1, 0.5, 0, 0.5, 2)))
        .isEqualTo(draw(yUp, new Camera(3, 1, 2, 0, 0.5, 0.5, 2)));
  }

  @Test
  void draw_upright_hasSkyAboveGroundBelow() {
    int[] argb = draw(Stage.yUp(Ground.MEADOW), new Camera(0, 1, 0, 5, 1, 5, 1));
    int sky = argb[WIDTH / 2];
    int grass = argb[(HEIGHT - 1) * WIDTH + WIDTH / 2];
    assertThat(sky & 0xFF).isGreaterThan((sky >> 16) & 0xFF);
    assertThat((grass >> 8) & 0xFF).isGreaterThan(grass & 0xFF).isGreaterThan((grass >> 16) & 0xFF);
  }

  @Test
  void draw_fromBelowAndStraightDown_isWhole() {
    Stage stage = Stage.yUp(Ground.MEADOW).sphere(0, 1, 0, 0.5);
    assertThat(draw(stage, new Camera(0, -1, 0, 0, 5, 1, 1))).doesNotContain(0);
    assertThat(draw(stage, new Camera(0, 5, 0, 0, 0, 0, 1))).doesNotContain(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ground_atAPlaceOfThePicture_isWhereAShapeIsSeenThere(boolean zUp) {
    Camera camera = new Camera(2, 3, 4, 0.5, 0, 0.2, 1.5);
    double[] place = new double[2];
    for (double x : new double[] {0.3, 0.5, 0.8}) {
      for (double y : new double[] {0.4, 0.6, 0.9}) {
        Stage stage = (zUp ? Stage.zUp(Ground.FLOOR) : Stage.yUp(Ground.FLOOR)).paint(RED, 0);
        assertThat(stage.ground(camera, x, y, (double) WIDTH / HEIGHT, place)).isTrue();
        if (zUp) {
          stage.sphere(place[0], place[1], 0, 0.3);
        } else {
          stage.sphere(place[0], 0, place[1], 0.3);
        }
        int[] argb = draw(stage, camera);
        assertThat(isRed(argb[((int) (y * HEIGHT)) * WIDTH + ((int) (x * WIDTH))])).isTrue();
      }
    }
  }

  @Test
  void ground_inTheSky_isNone() {
    Camera level = new Camera(0, 1, 0, 5, 1, 5, 1);
    assertThat(Stage.yUp(Ground.MEADOW).ground(level, 0.5, 0.3, 1.5, new double[2])).isFalse();
    assertThat(Stage.yUp(Ground.MEADOW).ground(level, 0.5, 0.7, 1.5, new double[2])).isTrue();
  }

  @Test
  void arguments_outOfRange_named() {
    Stage stage = Stage.yUp(Ground.FLOOR);
    assertThatThrownBy(() -> stage.sphere(0, 0, 0, 0))
        .hasMessage("the sizes of a shape must be above 0, one was 0.0");
    assertThatThrownBy(() -> stage.cylinder(0, 1, 0, 0, 1, 0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> stage.paint(0, 2)).hasMessage("shine must be in [0, 1], was 2.0");
    assertThatThrownBy(() -> new Camera(0, 0, 0, 1, 1, 1, 0)).hasMessageContaining("zoom");
    assertThatThrownBy(() -> new Camera(1, 1, 1, 1, 1, 1, 1)).hasMessageContaining("look at");
    Camera camera = new Camera(0, 1, 0, 5, 1, 5, 1);
    assertThatThrownBy(() -> stage.draw(camera, new int[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 by 3");
  }
}
