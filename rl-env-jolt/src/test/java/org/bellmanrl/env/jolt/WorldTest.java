package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldTest {
  private static final double TIME_STEP = 1 / 60.0;

  /** A box in the air, too heavy to be moved, that holds a pole by a joint. */
  private static Body.Builder pole() {
    return Body.builder("Pole")
        .box("base", 500, Point.at(0, 0.5, 0), 0.5, 0.5, 0.5)
        .capsule("pole", 0.5, Point.at(0, 1.2, 0), Point.at(0, 1.7, 0), 0.05);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
  void hinge_driven_turnsByTheRightHandRule(double x, double y, double z) {
    Motor motor = Motor.of(-1, 1, 0, 0.5);
    Point axis = Point.at(x, y, z);
    Body body = pole().hinge("base", "pole", Point.at(0, 1.1, 0), axis, motor).build();
    try (World world = new World(body, TIME_STEP)) {
      world.act(0, 1);
      world.step(240);
      assertThat(world.angle[0]).isCloseTo(0.5, within(0.05));
      assertThat(world.speed[0]).isCloseTo(0, within(0.02));
      double[] up = new double[3];
      Quaternions.rotate(world.rotation, 4, 0, 1, 0, up, 0);
      // An axis that turns from y to z by the angle about x, and so on.
      double sin = Math.sin(world.angle[0]);
      assertThat(up[0]).isCloseTo(-z * sin, within(0.01));
      assertThat(up[2]).isCloseTo(x * sin, within(0.01));
    }
  }

  @Test
  void universal_driven_reachesBothAngles() {
    Motor swing = Motor.of(-1, 1, 0.1, 0.4);
    Motor spread = Motor.of(-0.5, 0.5, 0, 0.3);
    Body body =
        pole()
            .universal("base", "pole", Point.at(0, 1.1, 0), Point.X, swing, Point.Z, spread)
            .build();
    try (World world = new World(body, TIME_STEP)) {
      world.act(0, 1);
      world.act(1, -1);
      world.step(240);
      assertThat(world.angle[0]).isCloseTo(0.5, within(0.05));
      assertThat(world.angle[1]).isCloseTo(-0.3, within(0.05));
    }
  }

  @Test
  void speed_whileTurning_isTheChangeOfTheAngle() {
    Motor soft = Motor.of(-1, 1, 0, 1).withStrength(2, 0.4, 20);
    Motor softSpread = Motor.of(-0.8, 0.8, 0, 0.7).withStrength(2, 0.4, 20);
    Body body =
        pole()
            .universal("base", "pole", Point.at(0, 1.1, 0), Point.X, soft, Point.Z, softSpread)
            .build();
    try (World world = new World(body, TIME_STEP)) {
      world.act(0, 1);
      world.act(1, -1);
      for (int i = 0; i < 18; i++) {
        double[] before = world.angle.clone();
        world.step(1);
        for (int motor = 0; motor < 2; motor++) {
          double change = (world.angle[motor] - before[motor]) / TIME_STEP;
          assertThat(world.speed[motor]).isCloseTo(change, within(0.02 + 0.02 * Math.abs(change)));
        }
      }
      assertThat(world.angle[0]).isGreaterThan(0.3);
      assertThat(world.angle[1]).isLessThan(-0.3);
    }
  }

  @Test
  void stand_afterAFall_isTheSameState() {
    try (World world = new World(Huggy.body(), TIME_STEP);
        World other = new World(Huggy.body(), TIME_STEP)) {
      double[] standing = world.position.clone();
      assertThat(other.position).isEqualTo(standing);
      for (int i = 0; i < world.angle.length; i++) {
        world.act(i, 1);
      }
      world.step(300);
      assertThat(world.position).isNotEqualTo(standing);
      world.stand();
      assertThat(world.position).isEqualTo(standing);
      world.step(50);
      other.step(50);
      assertThat(world.position).isEqualTo(other.position);
      assertThat(world.velocity).isEqualTo(other.velocity);
    }
  }

  @Test
  void feet_standing_touchWithoutSlipping() {
    try (World world = new World(Huggy.body(), TIME_STEP)) {
      for (int i = 0; i < world.touches.length; i++) {
        assertThat(world.touches[i]).isEqualTo(Huggy.body().parts().get(i).foot());
        assertThat(world.slip[i]).isLessThan(0.1);
      }
      assertThat(world.position[1]).isCloseTo(0.41, within(0.03));
    }
  }

  /** A world that was kept takes 1 MB for temporary memory alone, once it has been used. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void close_hundredsOfWorlds_keepsLittleMemory() throws IOException {
    makeAndClose(20);
    long before = residentBytes();
    makeAndClose(60);
    assertThat(residentBytes() - before).isLessThan(24_000_000);
  }

  private static void makeAndClose(int worlds) {
    for (int i = 0; i < worlds; i++) {
      new World(Huggy.body(), TIME_STEP).close();
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  @Test
  void natives_ofAnotherPlatform_namedWithTheRemedy() {
    assertThat(Natives.resource("Linux", "amd64"))
        .isEqualTo("/linux/x86-64/com/github/stephengold/libjoltjni.so");
    assertThat(Natives.resource("Windows 11", "amd64"))
        .isEqualTo("/windows/x86-64/com/github/stephengold/joltjni.dll");
    assertThat(Natives.resource("Mac OS X", "aarch64"))
        .isEqualTo("/osx/aarch64/com/github/stephengold/libjoltjni.dylib");
    assertThatThrownBy(() -> Natives.loadFrom(Natives.resource("Plan 9", "mips")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jolt-jni")
        .hasMessageContaining("ReleaseSp")
        .hasMessageContaining("linux/mips");
  }
}
