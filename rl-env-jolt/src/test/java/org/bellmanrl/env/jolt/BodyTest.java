package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void huggy_isTheBodyThatWasSpecified() {
    Body body = Huggy.body();
    assertThat(body.parts()).hasSize(9);
    assertThat(body.joints()).hasSize(8);
    assertThat(body.motorCount()).isEqualTo(12);
    assertThat(body.footCount()).isEqualTo(4);
    assertThat(body.parts().stream().mapToDouble(Part::mass).sum()).isEqualTo(9.2);
    assertThat(body.parts().get(0).solid()).isEqualTo(new Part.Box(0.12, 0.10, 0.28));
    assertThat(body.parts().get(1).solid())
        .isInstanceOfSatisfying(
            Part.Capsule.class,
            thigh -> assertThat(thigh.halfLength()).isBetween(0.0699999, 0.0700001));
  }

  @Test
  void builder_wrongParts_named() {
    Body.Builder builder = Body.builder("Table").box("top", 1, Point.at(0, 1, 0), 1, 1, 1);
    assertThatThrownBy(() -> builder.box("top", 1, Point.at(0, 1, 0), 1, 1, 1))
        .hasMessage("Table has two parts named top");
    Motor motor = Motor.of(-1, 1, 0, 1);
    assertThatThrownBy(() -> builder.hinge("top", "leg", Point.at(0, 0, 0), Point.X, motor))
        .hasMessageContaining("Table has no part named leg");
    assertThatThrownBy(() -> builder.box("leg", 0, Point.at(0, 1, 0), 1, 1, 1))
        .hasMessage("the mass of leg must be above 0 kg, was 0.0");
    assertThatThrownBy(() -> builder.box("leg", 1, Point.at(0, 1, 0), 1, 0, 1))
        .hasMessageContaining("must be above 0 m, was 0.0");
    assertThatThrownBy(() -> Body.builder("Nothing").build())
        .hasMessageContaining("Nothing needs a part");
    assertThatThrownBy(() -> Body.builder("Nothing").foot())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void joint_wrongAxes_named() {
    Motor motor = Motor.of(-1, 1, 0, 1);
    Point anchor = Point.at(0, 0, 0);
    assertThatThrownBy(() -> new Joint.Hinge(0, 1, anchor, Point.at(1, 1, 0), motor))
        .hasMessageContaining("must have length 1");
    assertThatThrownBy(() -> new Joint.Universal(0, 1, anchor, Point.X, motor, Point.X, motor))
        .hasMessageContaining("right angles");
    Motor lopsided = Motor.of(-1, 0.5, 0, 1);
    assertThatThrownBy(() -> new Joint.Universal(0, 1, anchor, Point.X, motor, Point.Z, lopsided))
        .hasMessageContaining("the same to both sides");
  }

  @Test
  void motor_wrongNumbers_named() {
    assertThatThrownBy(() -> Motor.of(-4, 1, 0, 1)).hasMessageContaining("were -4.0 and 1.0");
    assertThatThrownBy(() -> Motor.of(-1, 1, 2, 1))
        .hasMessage("the neutral angle must be in [-1.0, 1.0], was 2.0");
    assertThatThrownBy(() -> Motor.of(-1, 1, 0, 1).withStrength(1, -1, 1))
        .hasMessage("the damping of a motor must be at least 0, was -1.0");
  }
}
