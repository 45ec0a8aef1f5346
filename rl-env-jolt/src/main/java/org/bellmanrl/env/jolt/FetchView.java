package org.bellmanrl.env.jolt;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.env.math.Trig;
import org.bellmanrl.env.picture.Camera;
import org.bellmanrl.env.picture.Ground;
import org.bellmanrl.env.picture.Stage;

/**
 * Shows a body on its way to the stick, as a picture and as a map. A click on the picture throws
 * the stick to that place.
 */
final class FetchView implements PictureView, TextView, PictureView.Clickable {
  private static final int COLUMNS = 61;
  private static final int LINES = 21;
  private static final double METRES_PER_LINE = 1;
  private static final int BARK = 0x7A4E2A;
  private static final double HALF_STICK = 0.19;

  /** Bodies whose trunk is higher, in metres, are seen from further away. */
  private static final double KNEE_HIGH = 0.5;

  private final Supplier<World> world;
  private final Stick stick;
  private final BodyPainter painter;
  private final Point mouth;

  /**
   * Shows a world and a stick.
   *
   * @param mouth where a stick is carried, from the trunk's centre
   */
  FetchView(Supplier<World> world, Stick stick, BodyPainter painter, Point mouth) {
    this.world = world;
    this.stick = stick;
    this.painter = painter;
    this.mouth = mouth;
  }

  @Override
  public double stepsPerSecond() {
    return 15;
  }

  @Override
  public double aspect() {
    return 1.5;
  }

  @Override
  public void draw(int[] argb, int width, int height) {
    World now = world.get();
    Stage stage = Stage.yUp(Ground.MEADOW);
    drawStick(stage, now);
    painter.dress(stage, now, stick, stick.carried());
    stage.draw(camera(now), argb, width, height);
  }

  @Override
  public boolean click(double x, double y, double aspect) {
    double[] place = new double[2];
    if (!Stage.yUp(Ground.MEADOW).ground(camera(world.get()), x, y, aspect, place)) {
      return false;
    }
    stick.flyTo(place[0], place[1]);
    return true;
  }

  private void drawStick(Stage stage, World now) {
    stage.paint(BARK, 0.1);
    double dx = 1;
    double dy = 0;
    if (stick.carried()) {
      BodyPainter.frame(stage, now, 0);
      stage.capsule(
          mouth.x() - HALF_STICK,
          mouth.y(),
          mouth.z(),
          mouth.x() + HALF_STICK,
          mouth.y(),
          mouth.z(),
          0.021);
      stage.capsule(
          mouth.x() + 0.08,
          mouth.y(),
          mouth.z(),
          mouth.x() + 0.13,
          mouth.y() + 0.02,
          mouth.z() + 0.05,
          0.012);
      return;
    }
    double[] at = new double[3];
    stick.seen(at);
    double flown = stick.flown();
    if (flown < 1) {
      double turned = 14 * (1 - flown);
      dx = Trig.cosWithin(turned);
      dy = Trig.sinWithin(turned);
    }
    stage.frame();
    double x = HALF_STICK * dx;
    double y = HALF_STICK * dy;
    double z = 0.4 * x;
    stage.capsule(at[0] - x, at[1] - y, at[2] - z, at[0] + x, at[1] + y, at[2] + z, 0.021);
    stage.capsule(
        at[0] + 0.45 * x,
        at[1] + 0.45 * y,
        at[2] + 0.45 * z,
        at[0] + 0.7 * x,
        at[1] + 0.7 * y + 0.02,
        at[2] + 0.7 * z - 0.05,
        0.012);
  }

  /** Looks from behind and aside of the way to the stick, at both, and moves with them. */
  private Camera camera(World now) {
    double[] goal = new double[4];
    stick.followed(goal);
    double dx = goal[0] - now.position[0];
    double dz = goal[1] - now.position[2];
    double away = Math.sqrt(dx * dx + dz * dz);
    double share = 0.40 / (1 + 0.03 * away);
    double x = now.position[0] + share * dx;
    double z = now.position[2] + share * dz;
    double tall = Math.max(1, now.body.height() / KNEE_HIGH);
    double back = 1.5 * tall + 0.34 * away;
    double alongX = -0.50 * goal[2] + 0.87 * goal[3];
    double alongZ = -0.50 * goal[3] - 0.87 * goal[2];
    double height = 0.34 + 0.36 * back;
    return new Camera(x + back * alongX, height, z + back * alongZ, x, 0.28 * tall, z, 1.75);
  }

  @Override
  public String text(boolean colour) {
    World now = world.get();
    char[][] map = new char[LINES][COLUMNS];
    for (char[] line : map) {
      Arrays.fill(line, '.');
    }
    double x = now.position[0];
    double z = now.position[2];
    double[] ahead = new double[3];
    Quaternions.rotate(now.rotation, 0, 0, 0, 1, ahead, 0);
    mark(map, 0, 0, '@');
    mark(map, 1.3 * ahead[0], 1.3 * ahead[2], 'o');
    mark(map, stick.x() - x, stick.z() - z, '/');
    StringBuilder text = new StringBuilder();
    for (char[] line : map) {
      text.append(line).append('\n');
    }
    double dx = stick.x() - x;
    double dz = stick.z() - z;
    return text.append(
            String.format(
                Locale.ROOT,
                "stick %.1f m away, trunk %.2f m high, %d fetched%n",
                Math.sqrt(dx * dx + dz * dz),
                now.position[1],
                stick.fetches()))
        .toString();
  }

  /** Marks a place, in metres from the middle: x to the left, z upwards. */
  private static void mark(char[][] map, double x, double z, char mark) {
    int line = (int) Math.floor(LINES / 2.0 - z / METRES_PER_LINE);
    int column = (int) Math.floor(COLUMNS / 2.0 - 2 * x / METRES_PER_LINE);
    if (line >= 0 && line < LINES && column >= 0 && column < COLUMNS) {
      map[line][column] = mark;
    }
  }
}
