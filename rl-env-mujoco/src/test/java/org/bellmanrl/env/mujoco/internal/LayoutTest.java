package org.bellmanrl.env.mujoco.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

  @ParameterizedTest
  @CsvSource({"300, 3.0.0", "337, 3.3.7", "3005000, 3.5.0", "3008001, 3.8.1", "3014000, 3.14.0"})
  void name_bothNumberings_asReleased(int version, String name) {
    assertThat(Layout.name(version)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 340, 3005000, 3012000, 3014000})
  void of_knownVersion_offsetsOfPointersAreAligned(int version) {
    Layout layout = Layout.of(version);
    assertThat(layout).isNotNull();
    assertThat(layout.countBytes()).isEqualTo(version < 3005000 ? 4 : 8);
    for (String field : new String[] {"data.xpos", "data.cfrc_ext", "model.body_mass"}) {
      assertThat(layout.offset(field)).isPositive().matches(offset -> offset % 8 == 0);
    }
    assertThat(layout.offset("data.xipos") - layout.offset("data.xpos")).isEqualTo(24);
  }

  @Test
  void of_unknownVersion_null() {
    assertThat(Layout.of(3099000)).isNull();
    assertThat(Layout.known()).startsWith("3.0.0, ").endsWith(", 3.14.0");
  }
}
